import { shellWord } from '../paths.js';
import { count, entry, listed } from './entry.js';

const example = 'TKT-2026-11-21-fix-typo';

/** Making, finding and rewriting tickets. */
export const ticketCodes = {
  'ticket-unknown': entry<{ given: string; near: string[] }>({
    title: 'No such ticket',
    says: ({ given, near }) => `No ticket in tickets/ is called ${given}${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: ({ near }) => [...near.map((id) => `cxw ticket show ${id}`), 'cxw ticket list'],
    cause: 'A ticket is named by its id, by the beginning of it, or by any part of the words after the date that only one ticket has.',
    fix: 'Look it up with `cxw ticket list`.',
    example: { given: 'fix-tpyo', near: [example] },
  }),
  'ticket-ambiguous': entry<{ given: string; ids: string[] }>({
    title: 'More than one ticket is meant',
    says: ({ given, ids }) => `${given} fits ${count(ids.length, 'ticket')}: ${listed(ids)}.`,
    commands: ({ ids }) => ids.slice(0, 3).map((id) => `cxw ticket show ${id}`),
    cause: 'A part of an id is enough only where it names one ticket.',
    fix: 'Give more of the id.',
    example: { given: 'fix', ids: [example, 'TKT-2026-11-21-fix-link'] },
  }),
  'ticket-value-invalid': entry<{ flag: string; given: string; why: string }>({
    title: 'A ticket cannot be made from this value',
    says: ({ flag, given, why }) => `${flag} ${given} cannot be used: ${why}.`,
    commands: () => ['cxw ticket new --help'],
    cause: 'The value would make a ticket that cxw itself refuses to read.',
    fix: 'Give another value.',
    example: { flag: '--kind', given: 'feture', why: 'perhaps feature was meant' },
  }),
  'ticket-scope-missing': entry<{ title: string; quick: boolean }>({
    title: 'The ticket says nowhere what may change',
    says: ({ quick }) => (quick ? 'A quick ticket names its files, at most three.' : 'A ticket names what it may change, as files or patterns.'),
    commands: ({ title, quick }) => [quick ? `cxw ticket new --quick ${title} --file PATH` : `cxw ticket new ${title} --allow GLOB`],
    cause: 'Scope is what delivery is checked against: without it everything, or nothing, would be in scope.',
    fix: 'Add `--file PATH` for every file, or for a larger ticket `--allow GLOB`.',
    example: { title: "'Fix typo'", quick: true },
  }),
  'ticket-path-directory': entry<{ path: string }>({
    title: 'A quick ticket names files',
    says: ({ path }) => `${path} is a directory; a ticket names files, or patterns for a larger one.`,
    commands: ({ path }) => [`git ls-files -- ${path}`, `cxw ticket new TITLE --allow '${path}/**'`],
    cause: 'The scope of a quick ticket is exact, so that a reader knows what may change before it does.',
    fix: 'Name the files, or make a standard ticket with `--allow`.',
    example: { path: 'src' },
  }),
  'ticket-path-elsewhere': entry<{ written: string; meant: string }>({
    title: 'Paths are relative to the root of the repository',
    says: ({ written, meant }) => `There is no ${written} at the root of the repository; from this folder it may be ${meant}.`,
    commands: ({ meant }) => [`cxw ticket new --quick TITLE --file ${shellWord(meant)}`],
    cause: 'A ticket is read from anywhere, so its paths do not depend on where it was written.',
    fix: 'Give the path from the root.',
    example: { written: 'index.ts', meant: 'src/index.ts' },
  }),
  'ticket-not-quick': entry<{ findings: string[]; command: string }>({
    title: 'This is more than a quick ticket',
    says: ({ findings }) => `It is not quick: ${listed(findings, 10)}.`,
    commands: ({ command }) => [command],
    cause: 'A quick ticket is one bounded change: at most three files in one module, with a local proof and none of the ten triggers. The class is computed from the paths and what was declared; it is not a matter of wishing.',
    fix: 'Make it a standard ticket, or split it into quick ones.',
    example: { findings: ['dependencies: package.json'], command: "cxw ticket new 'Bump the parser' --allow package.json" },
  }),
  'ticket-without-proof': entry<{ command: string }>({
    title: 'Nothing would prove the ticket',
    says: () => 'No command is known that proves this work: --prove was not given, and the policy does not know how to test.',
    commands: ({ command }) => [`${command} --prove COMMAND`],
    cause: 'A ticket is done when its proofs have passed; cxw runs them itself. Only documentation may be proved by inspection.',
    fix: 'Give the command with `--prove`, or write it once into .cxw/policy.yaml as `stack.test`.',
    example: { command: "cxw ticket new --quick 'Fix typo' --file src/a.ts" },
  }),
  'ticket-id-taken': entry<{ id: string; where: string }>({
    title: 'The id is taken',
    says: ({ id, where }) => `${id} is taken ${where}.`,
    commands: () => ['cxw ticket list'],
    cause: 'An id names one ticket for ever, in all branches and worktrees: records and commits are found by it.',
    fix: 'Leave `--id` out to get a free one, or give another.',
    example: { id: example, where: 'here' },
  }),
  'ticket-wants-words': entry<{ path: string; lines: number[] }>({
    title: 'The ticket waits for your words',
    says: ({ path, lines }) => `${path} is valid, but ${lines.length === 1 ? `line ${lines[0]} wants` : `lines ${lines.join(', ')} want`} your words: only the title was known.`,
    commands: ({ path }) => [`cxw validate ${path}`],
    cause: 'What was not given was written from the title, so that the ticket is valid. A criterion that only repeats the title tells a reviewer little.',
    fix: 'Edit these lines before the ticket begins, or give `--accept`, `--plan` and `--why` next time.',
    example: { path: `tickets/${example}.yaml`, lines: [7, 11] },
  }),
  'ticket-already-standard': entry<{ id: string; class: string }>({
    title: 'The ticket is not a quick one',
    says: ({ id, class: has }) => `${id} is ${has} already; only a quick ticket can be escalated.`,
    commands: ({ id }) => [`cxw ticket show ${id}`],
    cause: 'Escalating rewrites a quick ticket as a standard one.',
    fix: 'Edit the ticket itself; `cxw rework --refresh` takes the edit into a run that has begun.',
    example: { id: example, class: 'standard' },
  }),
};
