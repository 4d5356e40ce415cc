import type { Ending } from '../domain/outcome.js';

const EXITS = { done: 0, invalid: 3, refused: 4, waiting: 5 } as const satisfies Record<Ending, number>;

/** The exit code of an answer. */
export const exitOf = (ending: Ending): number => EXITS[ending];

/** Every exit code and what it means, for the reference page. */
export const EXIT_MEANINGS: readonly { exit: number; name: string; meaning: string }[] = [
  { exit: 0, name: 'done', meaning: 'It is done.' },
  { exit: 1, name: 'bug', meaning: 'A bug in cxw. The stack is on stderr.' },
  { exit: 2, name: 'usage', meaning: 'Wrong usage: an unknown command or option, or a missing value.' },
  { exit: 3, name: 'invalid', meaning: 'A document is invalid: ticket, policy, record or ledger. Each problem has its file, line and column.' },
  { exit: 4, name: 'refused', meaning: 'A gate or the policy said no. Every reason is listed, each with the command that clears it.' },
  { exit: 5, name: 'waiting', meaning: 'A person must act first: the ticket is held, a draft must be taken in, or a push is not confirmed yet.' },
  { exit: 6, name: 'world', meaning: 'The world failed: git, the network, the disk, a missing program, or this is not a repository.' },
  { exit: 7, name: 'busy', meaning: 'Another run is at work here; its command and age are shown.' },
  { exit: 130, name: 'interrupted', meaning: 'Interrupted with Ctrl-C. State saved; run the same command again.' },
  { exit: 143, name: 'terminated', meaning: 'Ended by the system (SIGTERM or SIGHUP). State saved; run the same command again.' },
];
