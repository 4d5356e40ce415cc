import { pathspecWord, shellWord, showPath, type RepoPath } from '../paths.js';
import { count, entry, listed } from './entry.js';

/** Making, finding and rewriting tickets. */
export const ticketCodes = () => ({
  'ticket-unknown': entry<{ given: string; near: string[] }>({
    says: ({ given, near }) => `No ticket in tickets/ is called ${given}${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: ({ near }) => [...near.map((id) => `cxw ticket show ${id}`), 'cxw ticket list'],
  }),
  'ticket-ambiguous': entry<{ given: string; ids: string[] }>({
    says: ({ given, ids }) => `${given} fits ${count(ids.length, 'ticket')}: ${listed(ids)}.`,
    commands: ({ ids }) => ids.slice(0, 3).map((id) => `cxw ticket show ${id}`),
  }),
  'ticket-value-invalid': entry<{ flag: string; given: string; why: string }>({
    says: ({ flag, given, why }) => `${flag} ${given} cannot be used: ${why}.`,
    commands: () => ['cxw ticket new --help'],
  }),
  'ticket-scope-missing': entry<{ title: string; quick: boolean }>({
    says: ({ quick }) => (quick ? 'A quick ticket names its files, at most three.' : 'A ticket names what it may change, as files or patterns.'),
    commands: ({ title, quick }) => [quick ? `cxw ticket new --quick ${title} --file PATH` : `cxw ticket new ${title} --allow GLOB`],
  }),
  'ticket-path-directory': entry<{ path: string }>({
    says: ({ path }) => `${path} is a directory; a ticket names files, or patterns for a larger one.`,
    commands: ({ path }) => [`git ls-files -- ${path}`, `cxw ticket new TITLE --allow '${path}/**'`],
  }),
  'ticket-path-elsewhere': entry<{ written: string; meant: string }>({
    says: ({ written, meant }) => `There is no ${written} at the root of the repository; from this folder it may be ${meant}.`,
    commands: ({ meant }) => [`cxw ticket new --quick TITLE --file ${shellWord(meant)}`],
  }),
  'ticket-not-quick': entry<{ findings: string[]; command: string }>({
    says: ({ findings }) => `It is not quick: ${listed(findings, 10)}.`,
    commands: ({ command }) => [command],
  }),
  'ticket-wants-spec': entry<{ findings: string[]; command: string }>({
    says: ({ findings }) => `A spec must describe this work: ${listed(findings, 10)}.`,
    commands: ({ command }) => ['cxw spec new NAME', `${command} --spec FOLDER`],
  }),
  'ticket-without-proof': entry<{ command: string }>({
    says: () => 'No command is known that proves this work: --prove was not given, and the policy does not know how to test.',
    commands: ({ command }) => [`${command} --prove COMMAND`],
  }),
  'ticket-id-taken': entry<{ id: string; where: string }>({
    says: ({ id, where }) => `${id} is taken ${where}; no id is given twice.`,
    // The list knows files. A ticket whose file went with a reverted delivery is known to its ledger.
    commands: ({ id, where }) => [where === 'here' ? `cxw status ${id}` : 'cxw ticket list', 'cxw ticket new --help'],
  }),
  'ticket-wants-words': entry<{ path: string; lines: number[] }>({
    says: ({ path, lines }) => `${path} is valid, but ${lines.length === 1 ? `line ${lines[0]} wants` : `lines ${lines.join(', ')} want`} your words: only the title was known.`,
    commands: ({ path }) => [`cxw validate ${path}`],
  }),
  'spec-not-committed': entry<{ folder: RepoPath }>({
    says: ({ folder }) => `${showPath(folder)} is not committed as it is, and the ticket does not deliver it: nobody else would have the spec that the work carries out.`,
    commands: ({ folder }) => [`git add -- ${pathspecWord(folder)}`, `git commit --only -m 'Say what is wanted' -- ${pathspecWord(folder)}`],
  }),
  'ticket-already-standard': entry<{ id: string; class: string }>({
    says: ({ id, class: has }) => `${id} is ${has} already; only a quick ticket can be escalated.`,
    commands: ({ id }) => [`cxw ticket show ${id}`],
  }),
});
