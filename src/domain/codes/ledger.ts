import { sh } from '../shellLine.js';
import { entry } from './entry.js';

/** The way on where nothing can be put back: the ticket ends, or what the worktree remembers of its owners is set aside. */
const outOf = (ledger: string): string => (ledger === 'worktree' ? 'cxw unlock' : sh`cxw abandon ${ledger} --reason TEXT`);

/** What can be wrong with remembered facts. */
export const ledgerCodes = () => ({
  'ledger-damaged': entry<{ ledger: string; seq: number; fault: string; detail: string }>({
    says: ({ ledger, seq, fault, detail }) => `The ledger of ${ledger} is damaged at fact ${seq} (${fault}): ${detail}`,
    commands: ({ ledger }) => ['cxw validate', outOf(ledger)],
  }),
  'ledger-edited': entry<{ ledger: string; seq: number; detail: string }>({
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} was edited: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
  }),
  'ledger-removed': entry<{ ledger: string; seq: number; detail: string }>({
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} is missing: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
  }),
  'ledger-reordered': entry<{ ledger: string; seq: number; detail: string }>({
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} stands in the wrong place: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
  }),
  'ledger-unreadable': entry<{ ledger: string; seq: number; detail: string }>({
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} is no fact: ${detail}`,
    commands: ({ ledger }) => [outOf(ledger)],
  }),
  'ledger-vanished': entry<{ ledger: string; command: string }>({
    says: ({ ledger, command }) => `The ledger of ${ledger} vanished while ${command} ran: somebody removed it below the git directory, or a program that was started did, as a hook can.`,
    commands: ({ ledger }) => (ledger === 'worktree' ? ['cxw status'] : [sh`cxw verify ${ledger}`, sh`cxw advance ${ledger} --until-blocked`]),
  }),
  'ledger-newer': entry<{ ledger: string; seq: number; detail: string }>({
    says: ({ ledger, seq, detail }) => `Fact ${seq} of ${ledger} was written by a newer cxw: ${detail}`,
    commands: () => ['npm install --save-dev cxw@latest'],
  }),
});
