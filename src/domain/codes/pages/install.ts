import type { RepoPath } from '../../paths.js';
import type { installCodes } from '../install.js';
import type { PagesOf } from './page.js';

export const installPages: PagesOf<typeof installCodes> = {
  'agents-block-broken': {
    title: 'The managed block is broken',
    cause: 'cxw owns exactly the lines between `<!-- cxw:begin -->` and `<!-- cxw:end -->`, once in the file. With a marker missing or doubled it cannot tell them from yours.',
    fix: 'Take the marker out, or put its twin back, by hand; or take out all of them, and `cxw init` adds a new block.',
    example: { path: 'AGENTS.md', line: 12, fault: 'begin-without-end' },
  },
  'scaffold-blocked': {
    title: 'Something else stands where a file must go',
    cause: 'A directory, a device, a symbolic link that leaves the repository, or a file where a directory is needed stands in the way. cxw replaces none of them and follows no link out.',
    fix: 'Move it aside or rename it, then run `cxw init` again.',
    example: { path: 'AGENTS.md' as RepoPath, found: 'it is a symbolic link that leaves the repository' },
  },
  'manifest-broken': {
    title: 'The manifest cannot be read',
    cause: 'It was edited or merged by hand, or written by a newer cxw. It is the only record of what was laid down, so nothing is written or removed without it.',
    fix: 'Bring back its last committed version, or install the cxw that wrote it. Without any copy, remove it: `cxw init` then writes a new one and keeps every file that stands.',
    example: { path: '.cxw/manifest.json' },
  },
  'init-value-invalid': {
    title: 'A flag of init cannot be used',
    cause: 'The value would make a policy that cxw itself refuses to read, or one that names something that is not there.',
    fix: 'Give another value, or leave the flag out: what can be seen is detected.',
    example: { flag: '--remote', given: 'orign', why: 'this repository has no such remote; it has origin' },
  },
  'policy-stands': {
    title: 'The policy stands already, and says otherwise',
    cause: 'init writes the policy once. From then on it is yours: init never edits it, so a flag that differs from it would be lost without a word.',
    fix: 'Edit `.cxw/policy.yaml`, look at it with `cxw validate .cxw/policy.yaml`, and commit it; or leave the flag out.',
    example: { flag: '--delivery', wanted: 'none', key: 'delivery.mode', stands: 'commit' },
  },
  'stack-unknown': {
    title: 'Something was not found and is recorded as unknown',
    cause: 'init reads files and git settings; what they do not say, or say twice differently, it leaves open.',
    fix: 'Write what you know into .cxw/policy.yaml, or give the command with `--prove` when you make a ticket.',
    example: { unknown: [{ what: 'test', why: 'no test command was found' }] },
  },
  'pack-file-theirs': {
    title: 'A file of yours stands where a pack has one',
    cause: 'A pack never overwrites what was there before, and puts nothing into a file whose format has no place for a block of its own.',
    fix: 'Take over by hand what you want: the pack as a whole can be seen in an empty repository, with `cxw init --with PACK`.',
    example: { paths: ['.codex/config.toml'] },
  },
  'scaffold-ignored': {
    title: 'Ignore rules keep scaffolded files out of git',
    cause: 'A .gitignore, or an exclude file of your own, matches these paths. Fresh clones would lack them.',
    fix: 'Narrow the ignore rule, then commit the files.',
    example: { paths: ['agent/STATE.md' as RepoPath] },
  },
  'scaffold-mixed': {
    title: 'A file holds uncommitted work of yours beside our block',
    cause: 'The file had changes before init added its block; a commit by path would take both.',
    fix: 'Commit the file yourself when your changes are ready.',
    example: { paths: ['AGENTS.md' as RepoPath] },
  },
  'scaffold-behind-own-commits': {
    title: 'Commits of yours wait to be pushed',
    cause: 'A push sends a branch with all that it holds. cxw shows only commands that send the scaffold alone.',
    fix: 'Push your commits when they are ready. Delivery of a ticket asks for that too.',
    example: { commits: 2 },
  },
  'upgrade-waiting': {
    title: 'Scaffolded files have newer templates',
    cause: '`cxw upgrade --check` compares what was laid down with what this cxw would lay down, and changes nothing.',
    fix: 'Look at the plan, then upgrade. Your edits stay.',
    example: { version: '0.2.0', paths: ['AGENTS.md'] },
  },
  'upgrade-conflicts': {
    title: 'You and a template changed the same lines',
    cause: 'An upgrade puts your edits and the new template together. Where both changed the same lines, nobody but you can say what is meant, so the file was left alone.',
    fix: 'Take over from the copy what you want, then remove it. The next upgrade takes the file as you leave it.',
    example: { conflicts: [{ path: 'AGENTS.md' as RepoPath, copy: 'AGENTS.md.cxw-merge' as RepoPath }] },
  },
  'merge-copies-left': {
    title: 'Copies of an earlier upgrade are left',
    cause: 'An upgrade could not put a file and its template together, and wrote both into a copy beside it. Nothing reads that copy but you.',
    fix: 'Take over what you want from it, then remove it.',
    example: { copies: ['AGENTS.md.cxw-merge' as RepoPath] },
  },
  'manifest-newer': {
    title: 'The files are of a newer cxw',
    cause: 'Somebody upgraded this repository with a newer version. An older one knows only older templates.',
    fix: 'Install the version that the manifest names, or a newer one, and upgrade with that.',
    example: { path: '.cxw/manifest.json', laidBy: '0.2.0', version: '0.1.0' },
  },
  'not-set-up': {
    title: 'Nothing to upgrade',
    cause: '`cxw upgrade` works on what the manifest lists, and there is none here.',
    fix: 'Set cxw up with `cxw init`.',
    example: { path: '.cxw/manifest.json' },
  },
  'not-installed': {
    title: 'Nothing to uninstall',
    cause: '`cxw uninstall` removes what the manifest lists, and nothing else.',
    fix: 'Nothing needs to be done.',
    example: { path: '.cxw/manifest.json' },
  },
  'notes-stay': {
    title: 'Delivery notes stay',
    cause: '`cxw uninstall` removes files that it laid down. The notes are part of the history of your work, and may be on a remote as well.',
    fix: 'Nothing; or remove them here with the command, and on a remote with `git push REMOTE --delete refs/notes/cxw`.',
    example: { ref: 'refs/notes/cxw' },
  },
  'unfit': {
    title: 'Machine or repository are not fit',
    cause: '`cxw doctor` found something that would stop a ticket later.',
    fix: 'Run the command that it names. Where the file system is at fault, move the repository to another one: a network or removable drive often has no hard links.',
    example: { what: 'The delivery of TKT-2026-11-21-fix-the-greeting was begun and not finished', fix: 'cxw deliver TKT-2026-11-21-fix-the-greeting' },
  },
  'canary-survived': {
    title: 'A gate let a violation pass',
    cause: '`cxw doctor` planted a known violation in a throw-away repository, and it was not refused as it must be. Evidence that this installation gathers cannot be trusted.',
    fix: 'Install cxw anew. If it stays, please report it with what `cxw doctor --json` says.',
    example: { violation: 'a proof that runs no test', expects: 'proof-vacuous', answered: [] },
  },
};
