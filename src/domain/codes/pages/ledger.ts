import type { ledgerCodes } from '../ledger.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const ledgerPages: PagesOf<typeof ledgerCodes> = {
  'ledger-damaged': {
    title: 'The ledger cannot be trusted',
    cause: 'Every fact names the digest of the one before it. Here the chain is broken: a fact was edited, removed or put in another place.',
    fix: 'Nothing is repaired by guessing. Put the files below the git directory back as they were (from a backup); or end the ticket, which sets its ledger aside, and write a new one for the work. Where it is the ledger of the worktree, which only says whose changes lie here, `cxw unlock` sets that aside, and no ticket ends.',
    example: { ledger: ID, seq: 4, fault: 'edited', detail: 'fact 5 names another predecessor' },
  },
  'ledger-edited': {
    title: 'A fact was edited',
    cause: 'A fact is never changed. Its bytes do not have the digest that the next fact, or the remembered head, names.',
    fix: 'Put the file back as it was, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 4, detail: 'fact 5 names another predecessor' },
  },
  'ledger-removed': {
    title: 'A fact was removed',
    cause: 'Facts are numbered without gaps, and the last number is remembered apart from them.',
    fix: 'Put the file back, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 7, detail: 'the remembered head is fact 7' },
  },
  'ledger-reordered': {
    title: 'Facts stand in another order',
    cause: 'Each fact carries its own number and that of its ticket.',
    fix: 'Put the files back in their places, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 3, detail: 'the file holds fact 5' },
  },
  'ledger-unreadable': {
    title: 'A fact cannot be read',
    cause: 'The file is not one line of JSON with the fields of a fact.',
    fix: 'Put the file back as it was, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 2, detail: 'it is not JSON' },
  },
  'ledger-vanished': {
    title: 'The ledger is gone',
    cause: 'What cxw remembers lies in `cxw` below the git directory. It was there when the command began, and was not when the next fact was to be written. What was done before that stands: nothing of a commit or a push is undone.',
    fix: 'Find what removes it (a hook, a proof, a script that cleans up) and stop that. Whether the ticket was delivered, git alone tells: `cxw verify` asks its commit. If there is none, the ticket begins anew, and its change still lies in your files.',
    example: { ledger: ID, command: 'cxw deliver' },
  },
  'ledger-newer': {
    title: 'The ledger is of a newer cxw',
    cause: 'A newer program wrote facts in a form that this one does not know.',
    fix: 'Use that newer version here.',
    example: { ledger: ID, seq: 9, detail: 'its format is 2' },
  },
};
