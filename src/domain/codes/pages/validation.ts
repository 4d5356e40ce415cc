import type { RepoPath } from '../../paths.js';
import type { validationCodes } from '../validation.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const validationPages: PagesOf<typeof validationCodes> = {
  'not-a-document': {
    title: 'Nothing to validate there',
    cause: 'cxw validates tickets, policy, records, specs, decisions, guidance packs, pages below agent and docs, and every file that it laid down itself (.cxw/manifest.json lists those).',
    fix: 'Name one of these, or name nothing to validate everything.',
    example: { written: 'src/index.ts' },
  },
  'spec-missing': {
    title: 'A spec is missing',
    cause: 'A ticket in full_sdd carries out specs; they are locked by their digests when it begins.',
    fix: 'Write the spec, mend the path, or give the reason for `mode: no_spec`.',
    example: { key: 'design', path: 'specs/login/design.md' },
  },
  'record-unlisted': {
    title: 'A file among the records was never listed',
    cause: 'The sealed ledger names every record with its digest. What it does not name was put there by somebody else.',
    fix: 'Do not take it for a record; move it elsewhere.',
    example: { ticket: ID, path: `tickets/records/${ID}/note.md` as RepoPath },
  },
  'draft-unknown': {
    title: 'A draft of no known kind',
    cause: 'A draft is called after its record, as review-20261121T120000Z.yaml.',
    fix: 'Rename it, or remove it.',
    example: { path: `tickets/records/${ID}/drafts/notes.txt` as RepoPath, kinds: ['plan', 'changes', 'self-review', 'review', 'curation'] },
  },
};
