import { entry } from './entry.js';

const ID = 'TKT-2026-11-21-fix-typo';

/** The way on where nothing can be put back: the ticket ends, or what the worktree remembers goes. */
const outOf = (ledger: string): string => (ledger === 'worktree' ? 'cxw uninstall --purge' : `cxw abandon ${ledger} --reason TEXT`);

/** What can be wrong with remembered facts. */
export const ledgerCodes = {
  'ledger-damaged': entry<{ ledger: string; seq: number; fault: string; detail: string }>({
    title: 'The ledger cannot be trusted',
    says: ({ ledger, seq, fault, detail }) => `The ledger of ${ledger} is damaged at fact ${seq} (${fault}): ${detail}`,
    commands: ({ ledger }) => ['cxw validate', outOf(ledger)],
    cause: 'Every fact names the digest of the one before it. Here the chain is broken: a fact was edited, removed or put in another place.',
    fix: 'Nothing is repaired by guessing. Put the files below the git directory back as they were (from a backup); or end the ticket, which sets its ledger aside, and write a new one for the work.',
    example: { ledger: ID, seq: 4, fault: 'edited', detail: 'fact 5 names another predecessor' },
  }),
  'ledger-edited': entry<{ ledger: string; seq: number; detail: string }>({
    title: 'A fact was edited',
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} was edited: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
    cause: 'A fact is never changed. Its bytes do not have the digest that the next fact, or the remembered head, names.',
    fix: 'Put the file back as it was, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 4, detail: 'fact 5 names another predecessor' },
  }),
  'ledger-removed': entry<{ ledger: string; seq: number; detail: string }>({
    title: 'A fact was removed',
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} is missing: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
    cause: 'Facts are numbered without gaps, and the last number is remembered apart from them.',
    fix: 'Put the file back, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 7, detail: 'the remembered head is fact 7' },
  }),
  'ledger-reordered': entry<{ ledger: string; seq: number; detail: string }>({
    title: 'Facts stand in another order',
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} stands in the wrong place: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
    cause: 'Each fact carries its own number and that of its ticket.',
    fix: 'Put the files back in their places, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 3, detail: 'the file holds fact 5' },
  }),
  'ledger-unreadable': entry<{ ledger: string; seq: number; detail: string }>({
    title: 'A fact cannot be read',
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} is no fact: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
    cause: 'The file is not one line of JSON with the fields of a fact.',
    fix: 'Put the file back as it was, or end the ticket and write a new one for the work.',
    example: { ledger: ID, seq: 2, detail: 'it is not JSON' },
  }),
  'ledger-newer': entry<{ ledger: string; seq: number; detail: string }>({
    title: 'The ledger is of a newer cxw',
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} was written by a newer cxw: ${detail}`,
    commands: () => ['npm install --save-dev cxw@latest'],
    cause: 'A newer program wrote facts in a form that this one does not know.',
    fix: 'Use that newer version here.',
    example: { ledger: ID, seq: 9, detail: 'its format is 2' },
  }),
};
