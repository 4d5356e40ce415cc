import { count, entry, listed } from './entry.js';

const FAULTS = {
  'begin-without-end': 'opens a block that is never closed',
  'end-without-begin': 'closes a block that was never opened',
  doubled: 'opens a second block',
  nested: 'opens a block inside the block',
};

/** Setting up and taking away: `init` and `uninstall`. */
export const installCodes = {
  'agents-block-broken': entry<{ path: string; line: number; fault: keyof typeof FAULTS }>({
    says: ({ path, line, fault }) => `Line ${line} of ${path} ${FAULTS[fault]}, so it is not clear which lines are cxw's.`,
    commands: () => ['cxw init --dry-run'],
  }),
  'scaffold-blocked': entry<{ path: string; found: string }>({
    says: ({ path, found }) => `${path} cannot be written: ${found}.`,
    commands: () => ['cxw init --dry-run'],
  }),
  'manifest-broken': entry<{ path: string }>({
    says: ({ path }) => `${path} is not a manifest that this cxw can read.`,
    commands: ({ path }) => [`git log --oneline -- ${path}`],
  }),
  'pack-unknown': entry<{ pack: string; known: string[] }>({
    says: ({ pack, known }) => `There is no pack ${pack}; there is ${known.join(', ')}.`,
    commands: ({ known }) => [`cxw init --with ${known[0]}`],
  }),
  'init-value-invalid': entry<{ flag: string; given: string; why: string }>({
    says: ({ flag, given, why }) => `${flag} ${given} cannot be used: ${why}.`,
    commands: () => ['cxw init --help'],
  }),
  'stack-unknown': entry<{ unknown: { what: string; why: string }[] }>({
    says: ({ unknown }) => `Recorded as unknown, not guessed: ${listed(unknown.map(({ what, why }) => `${what} (${why})`), 8)}.`,
    commands: () => [],
  }),
  'scaffold-ignored': entry<{ paths: string[] }>({
    says: ({ paths }) => `${count(paths.length, 'file')} will not be committed, because ignore rules name ${paths.length === 1 ? 'it' : 'them'}: ${listed(paths)}.`,
    commands: ({ paths }) => [`git check-ignore --verbose -- ${paths[0]}`],
  }),
  'scaffold-mixed': entry<{ paths: string[] }>({
    says: ({ paths }) => `Left out of the git commands, because your own changes are in the same file: ${listed(paths)}.`,
    commands: ({ paths }) => [`git diff -- ${paths[0]}`],
  }),
  'scaffold-behind-own-commits': entry<{ commits: number }>({
    says: ({ commits }) => `${count(commits, 'commit')} of yours ${commits === 1 ? 'is' : 'are'} not on the remote yet; a push now would take ${commits === 1 ? 'it' : 'them'} along, so none is shown.`,
    commands: () => ['git log --oneline @{upstream}..HEAD'],
  }),
  'not-installed': entry<{ path: string }>({
    says: ({ path }) => `There is no ${path}: nothing here came from cxw.`,
    commands: () => [],
  }),
};
