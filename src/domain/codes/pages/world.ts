import type { worldCodes } from '../world.js';
import { OTHER } from './examples.js';
import type { PagesOf } from './page.js';

export const worldPages: PagesOf<typeof worldCodes> = {
  'not-a-repository': {
    title: 'Not in a git repository',
    cause: 'cxw works inside the worktree of a git repository; a bare repository or an ordinary folder has none.',
    fix: 'Go to your repository, or name its folder with `-C`; or make one with `git init`.',
    example: { folder: 'this folder' },
  },
  'repository-broken': {
    title: 'A repository that git does not know as one',
    cause: 'A `.git` stands here or above, and a part of it is missing, cut off or moved: `HEAD` after a power cut, the folder that a worktree or a submodule points to. Nothing was read or written there.',
    fix: 'Do not run `git init` over it before you have looked. `HEAD` holds `ref: refs/heads/BRANCH`, and the last line of `logs/HEAD` beside it tells where it was: write it back. After a folder was moved, run `git worktree repair` in the main worktree. If nothing of it is worth keeping, take the `.git` away and clone again.',
    example: { git: '/work/project/.git', why: 'its HEAD names neither a branch nor a commit' },
  },
  'repository-called-bare': {
    title: 'A worktree whose repository is called bare',
    cause: '`core.bare` is true. That is right for a repository without files of its own, to which worktrees may belong elsewhere; somebody may also have set it by mistake, and then git works in none of its folders.',
    fix: 'Go to one of its worktrees; or, where files lie beside `.git`, set `core.bare` to false.',
    example: {},
  },
  'repository-of-another': {
    title: 'The repository of another user',
    cause: 'What a repository configures can run programs as you, so git works in one of another owner only when you have said that it is safe. Containers and CI often check out as another user.',
    fix: 'If you trust it, say so in your own configuration with the command shown; git reads that from no repository.',
    example: { folder: '/work/project' },
  },
  'git-missing': {
    title: 'git is not installed',
    cause: 'cxw reads and delivers with the git that is installed.',
    fix: 'Install git 2.36 or newer and make sure that it is on PATH.',
    example: {},
  },
  'git-too-old': {
    title: 'git is too old',
    cause: 'Delivery runs commit hooks with `git hook run` and asks git to flush objects and refs; git has had both since 2.36.',
    fix: 'Install a newer git.',
    example: { found: '2.34.1', needed: '2.36' },
  },
  'git-failed': {
    title: 'git failed',
    cause: 'A git command ended with an error that is not one of the cases with a name of their own.',
    fix: 'Read what git said; mend that, and run the same command again. Nothing was left half done.',
    example: { doing: 'reading the status', said: 'fatal: index file corrupt' },
  },
  'objects-not-fetched': {
    title: 'A partial clone lacks what is needed',
    cause: 'The clone was made with `--filter`, so git fetches files when it first needs them. cxw lets no git of its own do that: a look must not go to the network. A delivery and what leads to it do without files that were never fetched; a hook that is tried on a copy, a proof that is run again and a verification need them.',
    fix: 'Fetch what was left out, once, and run the same command again. The clone stays a partial one: what others push from then on is left out as before.',
    example: { doing: 'exporting files', remote: 'origin', object: OTHER },
  },
  'git-timed-out': {
    title: 'git did not answer in time',
    cause: 'A remote, a credential helper, or a hook or filter that git itself ran did not answer. cxw never waits for ever.',
    fix: 'Check the network and the remote, and what `git config --get-regexp ^filter` and the hooks folder name; then run the same command again; `delivery.timeout` in .cxw/policy.yaml allows more time.',
    example: { doing: 'asking the remote', seconds: 120 },
  },
  'input-unreadable': {
    title: 'What was named cannot be read',
    cause: 'A command was to read a document that you named, a file or `-` for standard input. There is none, it is a folder, access is denied, or there is more than 8 MiB of it.',
    fix: 'Name a file as it is called from where you stand, or write its text to standard input and name `-`.',
    example: { name: 'drafts/review.yaml', why: 'no such file or directory' },
  },
  'disk-failed': {
    title: 'The disk refused',
    cause: 'A file could not be read or written: the disk is full, read-only, or denies access. Below the git directory the place that refused is named, with its owner when that is another user, as after one run as root.',
    fix: 'Mend that and run the same command again: make room, or give the place back to the user who works here, with `chown` or `chmod`. Old content stays in place until the new content is safely on disk.',
    example: { doing: 'writing the ledger', said: 'no space left on device' },
  },
  'clock-out-of-range': {
    title: 'The clock is far off',
    cause: 'Facts and the delivered commit carry the time, and none of them is ever changed. A time that git cannot read would stay in the delivery, and no attempt could finish it.',
    fix: 'Set the clock, then run the same command again. Nothing was written.',
    example: { says: '2110-11-13T10:38:51.000Z', first: 1970, last: 2099 },
  },
  'state-read-only': {
    title: 'The git directory is read-only here',
    cause: 'Evidence is kept where a sandboxed agent cannot reach it. Commands that only read work there, and `cxw record` leaves a draft; the others need a person or a driver outside the sandbox.',
    fix: 'Run the command outside the sandbox.',
    example: { command: 'cxw advance' },
  },
  'locked': {
    title: 'Another run is at work',
    cause: 'Commands that write take turns in one worktree. The lock of a process that ended is taken over without asking.',
    fix: 'Wait for the other run to end, then run the command again.',
    example: { pid: 4711, command: 'cxw advance', seconds: 12, stopped: false },
  },
  'lock-foreign': {
    title: 'The lock belongs to another machine or container',
    cause: 'A process id means nothing across machines or containers, so cxw does not guess.',
    fix: 'Make sure that the other run has ended, then clear its lock with `cxw unlock`.',
    example: { pid: 17, command: 'cxw deliver', seconds: 3600 },
  },
  'inside-a-hook': {
    title: 'Started from inside a git command',
    cause: 'Within a hook the index is locked and paths are redirected; what cxw saw there would not be the repository.',
    fix: 'Run cxw from a shell of its own.',
    example: { variable: 'GIT_INDEX_FILE' },
  },
  'unsupported-platform': {
    title: 'Untested platform',
    cause: 'Locks, process groups and file names work differently there, and nothing was proved about them.',
    fix: 'Use Linux, macOS or WSL; or set CXW_UNTESTED_PLATFORM=1 to go on all the same.',
    example: { platform: 'win32' },
  },
};
