import type { RepoPath } from '../../paths.js';
import type { steeringCodes } from '../steering.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

const SIDES = ['docs/steering/security.md says strict', 'docs/steering/testing.md says lax'];

export const steeringPages: PagesOf<typeof steeringCodes> = {
  'front-matter-missing': {
    title: 'No front matter',
    cause: 'What a document is, stands between two lines of three dashes at its beginning.',
    fix: 'Begin the document with ---, its fields, and --- again.',
    example: { fault: 'missing' },
  },
  'steering-name': {
    title: 'The pack and its file have different names',
    cause: 'A pack is found by its file, and named by its id.',
    fix: 'Rename the file, or change the id.',
    example: { id: 'security', file: 'safety.md' },
  },
  'steering-mode': {
    title: 'The pack can never be loaded',
    cause: 'fileMatch needs patterns, and auto needs a description whose words a ticket may speak.',
    fix: 'Add what is missing, or choose the mode manual.',
    example: { mode: 'fileMatch', need: 'fileMatch' },
  },
  'steering-rule-twice': {
    title: 'A rule is set twice',
    cause: 'Of two values for one rule, nobody knows which holds.',
    fix: 'Take one of them out.',
    example: { key: 'errors.style' },
  },
  'steering-conflict': {
    title: 'Guidance packs disagree',
    cause: 'Two packs set one rule differently. They are never merged: whoever loads both could follow only one.',
    fix: 'Change one of the packs. Packs that are never loaded together may stay as they are; then this is a warning.',
    example: { key: 'errors.style', sides: SIDES },
  },
  'steering-undecided': {
    title: 'Guidance of this ticket disagrees',
    cause: 'Two packs that are loaded for this ticket set one rule differently, and nobody has decided which holds.',
    fix: 'Change one of the packs; or write a locked decision that names the rule into the ticket, and lock it again with a refresh.',
    example: { ticket: ID, key: 'errors.style', sides: SIDES },
  },
  'steering-unreadable': {
    title: 'A guidance pack cannot be read',
    cause: 'A pack that is not valid, or that lies behind a symbolic link, may hold a rule that this ticket must follow.',
    fix: 'Let `cxw validate` show what is wrong, and mend it.',
    example: { paths: ['docs/steering/security.md' as RepoPath] },
  },
};
