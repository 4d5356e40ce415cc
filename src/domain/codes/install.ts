import { showPath, type RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { count, entry, listed, pathWords, fileWords } from './entry.js';

const FAULTS = {
  'begin-without-end': 'opens a block that is never closed',
  'end-without-begin': 'closes a block that was never opened',
  doubled: 'opens a second block',
  nested: 'opens a block inside the block',
};

/** Setting up, bringing up to date, examining and taking away: `init`, `upgrade`, `doctor` and `uninstall`. */
export const installCodes = () => ({
  'agents-block-broken': entry<{ path: string; line: number; fault: keyof typeof FAULTS }>({
    says: ({ path, line, fault }) => `Line ${line} of ${path} ${FAULTS[fault]}, so it is not clear which lines are cxw's.`,
    commands: () => ['cxw init --dry-run'],
  }),
  'scaffold-blocked': entry<{ path: RepoPath; found: string }>({
    says: ({ path, found }) => `${showPath(path)} cannot be written: ${found}.`,
    commands: ({ path }) => [sh`ls -ld ${path}`, 'cxw init --dry-run'],
  }),
  'manifest-broken': entry<{ path: string }>({
    says: ({ path }) => `${path} is not a manifest that this cxw can read.`,
    commands: ({ path }) => [sh`git log --oneline -- ${path}`],
  }),
  'manifest-newer': entry<{ path: string; laidBy: string; version: string }>({
    says: ({ path, laidBy, version }) => `${path} lists files of cxw ${laidBy}, and this is cxw ${version}: it would bring back what that one replaced.`,
    commands: ({ laidBy }) => [sh`npm install --save-dev ${`cxw@${laidBy}`}`],
  }),
  'init-value-invalid': entry<{ flag: string; given: string; why: string }>({
    says: ({ flag, given, why }) => `${flag} ${given} cannot be used: ${why}.`,
    commands: () => ['cxw init --help'],
  }),
  'policy-stands': entry<{ flag: string; wanted: string; key: string; stands: string }>({
    says: ({ flag, wanted, key, stands }) => `${flag} ${wanted} would change nothing: .cxw/policy.yaml stands, and its ${key} is ${stands}. What you want otherwise is edited there.`,
    commands: () => ['cxw schema policy', `cxw validate .cxw/policy.yaml`],
  }),
  'stack-unknown': entry<{ unknown: { what: string; why: string }[] }>({
    says: ({ unknown }) => `Recorded as unknown, not guessed: ${listed(unknown.map(({ what, why }) => `${what} (${why})`), 8)}.`,
    commands: () => [],
  }),
  'pack-file-theirs': entry<{ paths: string[] }>({
    says: ({ paths }) => `${count(paths.length, 'file')} of a pack ${paths.length === 1 ? 'was' : 'were'} not laid down, because one of yours stands there and stays as it is: ${listed(paths)}.`,
    commands: () => [],
  }),
  'scaffold-ignored': entry<{ paths: RepoPath[] }>({
    says: ({ paths }) => `${count(paths.length, 'file')} will not be committed, because ignore rules name ${paths.length === 1 ? 'it' : 'them'}: ${listed(paths.map(showPath))}.`,
    commands: ({ paths }) => [sh`git check-ignore --verbose -- ${fileWords(paths.slice(0, 1))}`],
  }),
  'scaffold-mixed': entry<{ paths: RepoPath[] }>({
    says: ({ paths }) => `Left out of the git commands, because your own changes are in the same file: ${listed(paths.map(showPath))}.`,
    commands: ({ paths }) => [sh`git diff -- ${pathWords(paths.slice(0, 1))}`],
  }),
  'scaffold-behind-own-commits': entry<{ commits: number }>({
    says: ({ commits }) => `${count(commits, 'commit')} of yours ${commits === 1 ? 'is' : 'are'} not on the remote yet; a push now would take ${commits === 1 ? 'it' : 'them'} along, so none is shown.`,
    commands: () => ['git log --oneline @{upstream}..HEAD'],
  }),
  'upgrade-waiting': entry<{ version: string; paths: string[] }>({
    says: ({ version, paths }) => `cxw ${version} brings changes to ${count(paths.length, 'file')} that it laid down: ${listed(paths)}.`,
    commands: () => ['cxw upgrade --dry-run', 'cxw upgrade'],
  }),
  'upgrade-conflicts': entry<{ conflicts: { path: RepoPath; copy: RepoPath }[] }>({
    says: ({ conflicts }) => `${count(conflicts.length, 'file')} changed on both sides in the same lines and ${conflicts.length === 1 ? 'stays as it is' : 'stay as they are'}; a copy beside shows both: ${listed(conflicts.map(({ copy }) => showPath(copy)))}.`,
    commands: ({ conflicts }) => conflicts.map(({ path, copy }) => sh`git diff --no-index -- ${path} ${copy}`),
  }),
  'merge-copies-left': entry<{ copies: RepoPath[] }>({
    says: ({ copies }) => `Copies of an earlier upgrade still wait to be taken over and removed: ${listed(copies.map(showPath))}.`,
    commands: ({ copies }) => copies.map((copy) => sh`rm -- ${copy}`),
  }),
  'not-set-up': entry<{ path: string }>({
    says: ({ path }) => `There is no ${path}: cxw was not set up here, so there is nothing to upgrade.`,
    commands: () => ['cxw init'],
  }),
  'not-installed': entry<{ path: string }>({
    says: ({ path }) => `There is no ${path}: nothing here came from cxw.`,
    commands: () => [],
  }),
  'notes-stay': entry<{ ref: string }>({
    says: ({ ref }) => `The notes of deliveries under ${ref} stay, as commits and records do.`,
    commands: ({ ref }) => [sh`git update-ref -d ${ref}`],
  }),
  'unfit': entry<{ what: string; fix: string }>({
    says: ({ what }) => `${what}.`,
    commands: ({ fix }) => [fix],
  }),
  'canary-survived': entry<{ violation: string; expects: string; answered: string[] }>({
    says: ({ violation, expects, answered }) => `A gate is broken: ${violation} must be refused as ${expects}, and was answered ${answered.length === 0 ? 'as done' : `with ${listed(answered, 5)}`}.`,
    commands: () => ['cxw doctor --json'],
  }),
});
