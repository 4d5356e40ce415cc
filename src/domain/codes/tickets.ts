import { argumentPath, showPath, type RepoPath } from '../paths.js';
import { asWritten, sh } from '../shellLine.js';
import { count, entry, listed, pathWords, paths, argumentWords } from './entry.js';

/** Making, finding and rewriting tickets. */
export const ticketCodes = () => ({
  'ticket-unknown': entry<{ given: string; near: string[] }>({
    says: ({ given, near }) => `No ticket in tickets/ is called ${given}${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: ({ near }) => [...near.map((id) => sh`cxw ticket show ${id}`), 'cxw ticket list'],
  }),
  'ticket-ambiguous': entry<{ given: string; ids: string[] }>({
    says: ({ given, ids }) => `${given} fits ${count(ids.length, 'ticket')}: ${listed(ids)}.`,
    commands: ({ ids }) => ids.slice(0, 3).map((id) => sh`cxw ticket show ${id}`),
  }),
  'ticket-value-invalid': entry<{ flag: string; given: string; why: string }>({
    says: ({ flag, given, why }) => `${flag} ${given} cannot be used: ${why}.`,
    commands: () => ['cxw ticket new --help'],
  }),
  'ticket-scope-missing': entry<{ quick: boolean; command: string }>({
    says: ({ quick }) => (quick ? 'A quick ticket names its files, at most three.' : 'A ticket names what it may change, as files or patterns.'),
    commands: ({ quick, command }) => [quick ? sh`${asWritten(command)} --file PATH` : sh`${asWritten(command)} --allow GLOB`],
  }),
  'ticket-path-directory': entry<{ path: RepoPath; below: string }>({
    says: ({ path }) => `${showPath(path)} is a directory; a ticket names files, or patterns for a larger one.`,
    commands: ({ path, below }) => [sh`git ls-files -- ${pathWords([path])}`, sh`cxw ticket new TITLE --allow ${below}`],
  }),
  'ticket-file-pattern': entry<{ file: RepoPath; matches: RepoPath[] }>({
    says: ({ file, matches }) => `There is no file of the name ${showPath(file)}, and --file takes names: as a pattern it would match ${paths(matches)}.`,
    commands: ({ file, matches }) => [sh`cxw ticket new --quick TITLE ${asWritten(matches.slice(0, 3).map((path) => `--file ${argumentPath(path)}`).join(' '))}`, sh`cxw ticket new TITLE --allow ${file}`],
  }),
  'ticket-path-elsewhere': entry<{ written: RepoPath; meant: RepoPath }>({
    says: ({ written, meant }) => `There is no ${showPath(written)} at the root of the repository; from this folder it may be ${showPath(meant)}.`,
    commands: ({ meant }) => [sh`cxw ticket new --quick TITLE --file ${argumentWords([meant])}`],
  }),
  'ticket-not-quick': entry<{ findings: string[]; command: string }>({
    says: ({ findings }) => `It is not quick: ${listed(findings, 10)}.`,
    commands: ({ command }) => [command],
  }),
  'ticket-wants-spec': entry<{ findings: string[]; command: string }>({
    says: ({ findings }) => `A spec must describe this work: ${listed(findings, 10)}.`,
    commands: ({ command }) => ['cxw spec new NAME', sh`${asWritten(command)} --spec FOLDER`],
  }),
  'ticket-wants-reason': entry<{ reason: string; command: string }>({
    says: ({ reason }) => `A standard ticket without a spec says why it needs none, and "${reason}" gives no reason for that.`,
    commands: ({ command }) => [sh`${asWritten(command)} --why TEXT`, sh`${asWritten(command)} --spec FOLDER`],
  }),
  'ticket-without-proof': entry<{ command: string }>({
    says: () => 'No command is known that proves this work: --prove was not given, and the policy does not know how to test.',
    commands: ({ command }) => [sh`${asWritten(command)} --prove COMMAND`],
  }),
  'ticket-id-taken': entry<{ id: string; where: string }>({
    says: ({ id, where }) => `${id} is taken ${where}; no id is given twice.`,
    // The list knows files. A ticket whose file went with a reverted delivery is known to its ledger.
    commands: ({ id, where }) => [where === 'here' ? sh`cxw status ${id}` : 'cxw ticket list', 'cxw ticket new --help'],
  }),
  'ticket-wants-words': entry<{ path: string; lines: number[] }>({
    says: ({ path, lines }) => `${path} is valid, but ${lines.length === 1 ? `line ${lines[0]} wants` : `lines ${lines.join(', ')} want`} your words: only the title was known.`,
    commands: ({ path }) => [sh`cxw validate ${path}`],
  }),
  'spec-not-committed': entry<{ folder: RepoPath }>({
    says: ({ folder }) => `${showPath(folder)} is not committed as it is, and the ticket does not deliver it: nobody else would have the spec that the work carries out.`,
    commands: ({ folder }) => [sh`git add -- ${pathWords([folder])}`, sh`git commit --only -m 'Say what is wanted' -- ${pathWords([folder])}`],
  }),
  'ticket-already-standard': entry<{ id: string; class: string }>({
    says: ({ id, class: has }) => `${id} is ${has} already; only a quick ticket can be escalated.`,
    commands: ({ id }) => [sh`cxw ticket show ${id}`],
  }),
});
