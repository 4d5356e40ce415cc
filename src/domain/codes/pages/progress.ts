import type { RepoPath } from '../../paths.js';
import type { progressCodes } from '../progress.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const progressPages: PagesOf<typeof progressCodes> = {
  'progress-too-long': {
    title: 'The index of progress is too long',
    cause: 'It was edited by hand. The index is read by every fresh session, so it stays short.',
    fix: 'Let `cxw progress update` move the oldest rows to the archive.',
    example: { rows: 11, most: 10 },
  },
  'progress-unproved': {
    title: 'A ticket is called completed that was never delivered',
    cause: 'What is completed has its sealed ledger below tickets/records. This row has none: it was written by hand, or the records are not in this branch.',
    fix: 'Deliver the ticket, or take the row out.',
    example: { ticket: ID },
  },
  'progress-twice': {
    title: 'A ticket is in progress and completed',
    cause: 'Branches were merged in which the index said different things.',
    fix: 'Let `cxw progress update` read the ledgers; a row of another machine is taken out by hand.',
    example: { ticket: ID },
  },
  'progress-behind': {
    title: 'A delivered ticket is not in the index',
    cause: 'It was delivered since the index was last brought up to date.',
    fix: 'Bring it up to date.',
    example: { tickets: [ID] },
  },
  'feature-status-unknown': {
    title: 'The status of a feature is not known',
    cause: 'A record is frozen from the commit on that says Merged. Another word freezes nothing, and nobody would notice.',
    fix: 'Write In Progress or Merged.',
    example: { found: 'merged', near: ['Merged'] },
  },
  'progress-frozen': {
    title: 'The record of a merged feature was edited',
    cause: 'A record that says Merged tells what was true then. What changed since belongs in a record of its own.',
    fix: 'Take the edit back, and write a new record.',
    example: { path: 'docs/progress/greeting.md' as RepoPath, commit: '1f2e3d4c5b6a' },
  },
};
