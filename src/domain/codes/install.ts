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
    title: 'The managed block is broken',
    says: ({ path, line, fault }) => `Line ${line} of ${path} ${FAULTS[fault]}, so it is not clear which lines are cxw's.`,
    commands: () => ['cxw init --dry-run'],
    cause: 'cxw owns exactly the lines between `<!-- cxw:begin -->` and `<!-- cxw:end -->`, once in the file. With a marker missing or doubled it cannot tell them from yours.',
    fix: 'Take the marker out, or put its twin back, by hand; or take out all of them, and `cxw init` adds a new block.',
    example: { path: 'AGENTS.md', line: 12, fault: 'begin-without-end' },
  }),
  'scaffold-blocked': entry<{ path: string; found: string }>({
    title: 'Something else stands where a file must go',
    says: ({ path, found }) => `${path} cannot be written: ${found}.`,
    commands: () => ['cxw init --dry-run'],
    cause: 'A directory, a device, a symbolic link that leaves the repository, or a file where a directory is needed stands in the way. cxw replaces none of them and follows no link out.',
    fix: 'Move it aside or rename it, then run `cxw init` again.',
    example: { path: 'AGENTS.md', found: 'it is a symbolic link that leaves the repository' },
  }),
  'manifest-broken': entry<{ path: string }>({
    title: 'The manifest cannot be read',
    says: ({ path }) => `${path} is not a manifest that this cxw can read.`,
    commands: ({ path }) => [`git log --oneline -- ${path}`],
    cause: 'It was edited or merged by hand, or written by a newer cxw. It is the only record of what was laid down, so nothing is written or removed without it.',
    fix: 'Bring back its last committed version, or install the cxw that wrote it. Without any copy, remove it: `cxw init` then writes a new one and keeps every file that stands.',
    example: { path: '.cxw/manifest.json' },
  }),
  'pack-unknown': entry<{ pack: string; known: string[] }>({
    title: 'No such pack',
    says: ({ pack, known }) => `There is no pack ${pack}; there is ${known.join(', ')}.`,
    commands: ({ known }) => [`cxw init --with ${known[0]}`],
    cause: 'A pack is a set of files that `init` lays down beside the core.',
    fix: 'Name one that exists, or leave `--with` out.',
    example: { pack: 'team', known: ['core'] },
  }),
  'init-value-invalid': entry<{ flag: string; given: string; why: string }>({
    title: 'A flag of init cannot be used',
    says: ({ flag, given, why }) => `${flag} ${given} cannot be used: ${why}.`,
    commands: () => ['cxw init --help'],
    cause: 'The value would make a policy that cxw itself refuses to read, or one that names something that is not there.',
    fix: 'Give another value, or leave the flag out: what can be seen is detected.',
    example: { flag: '--remote', given: 'orign', why: 'this repository has no such remote; it has origin' },
  }),
  'stack-unknown': entry<{ unknown: { what: string; why: string }[] }>({
    title: 'Something was not found and is recorded as unknown',
    says: ({ unknown }) => `Recorded as unknown, not guessed: ${listed(unknown.map(({ what, why }) => `${what} (${why})`), 8)}.`,
    commands: () => [],
    cause: 'init reads files and git settings; what they do not say, or say twice differently, it leaves open.',
    fix: 'Write what you know into .cxw/policy.yaml, or give the command with `--prove` when you make a ticket.',
    example: { unknown: [{ what: 'test', why: 'no test command was found' }] },
  }),
  'scaffold-ignored': entry<{ paths: string[] }>({
    title: 'Ignore rules keep scaffolded files out of git',
    says: ({ paths }) => `${count(paths.length, 'file')} will not be committed, because ignore rules name ${paths.length === 1 ? 'it' : 'them'}: ${listed(paths)}.`,
    commands: ({ paths }) => [`git check-ignore --verbose -- ${paths[0]}`],
    cause: 'A .gitignore, or an exclude file of your own, matches these paths. Fresh clones would lack them.',
    fix: 'Narrow the ignore rule, then commit the files.',
    example: { paths: ['agent/STATE.md'] },
  }),
  'scaffold-mixed': entry<{ paths: string[] }>({
    title: 'A file holds uncommitted work of yours beside our block',
    says: ({ paths }) => `Left out of the git commands, because your own changes are in the same file: ${listed(paths)}.`,
    commands: ({ paths }) => [`git diff -- ${paths[0]}`],
    cause: 'The file had changes before init added its block; a commit by path would take both.',
    fix: 'Commit the file yourself when your changes are ready.',
    example: { paths: ['AGENTS.md'] },
  }),
  'scaffold-behind-own-commits': entry<{ commits: number }>({
    title: 'Commits of yours wait to be pushed',
    says: ({ commits }) => `${count(commits, 'commit')} of yours ${commits === 1 ? 'is' : 'are'} not on the remote yet; a push now would take ${commits === 1 ? 'it' : 'them'} along, so none is shown.`,
    commands: () => ['git log --oneline @{upstream}..HEAD'],
    cause: 'A push sends a branch with all that it holds. cxw shows only commands that send the scaffold alone.',
    fix: 'Push your commits when they are ready. Delivery of a ticket asks for that too.',
    example: { commits: 2 },
  }),
  'not-installed': entry<{ path: string }>({
    title: 'Nothing to uninstall',
    says: ({ path }) => `There is no ${path}: nothing here came from cxw.`,
    commands: () => [],
    cause: '`cxw uninstall` removes what the manifest lists, and nothing else.',
    fix: 'Nothing needs to be done.',
    example: { path: '.cxw/manifest.json' },
  }),
};
