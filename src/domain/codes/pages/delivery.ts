import type { RepoPath } from '../../paths.js';
import type { deliveryCodes } from '../delivery.js';
import { ID, README, NOTES, MAIN, COMMIT, OTHER } from './examples.js';
import type { PagesOf } from './page.js';

export const deliveryPages: PagesOf<typeof deliveryCodes> = {
  'nothing-to-deliver': {
    title: 'There is nothing to deliver',
    cause: 'cxw makes no empty commits.',
    fix: 'If the work needs no change, end the ticket with `cxw abandon --no-change`.',
    example: { ticket: ID },
  },
  'hidden-paths': {
    title: 'Index bits hide paths of the delivery',
    cause: 'With these bits git shows a path as clean whatever is in it, and a delivery of it could not be seen by anyone.',
    fix: 'Take the bits away (in a sparse checkout, add the path to it).',
    example: { ticket: ID, paths: [README] },
  },
  'ignored-path': {
    title: 'Ignore rules keep a path out',
    cause: 'An ignored file is not meant to be committed, and may hold secrets.',
    fix: 'Change the ignore rule that the command shows, or take the path out of the work.',
    example: { ticket: ID, paths: ['dist/app.js' as RepoPath] },
  },
  'submodule-path': {
    title: 'A path belongs to another repository',
    cause: 'A commit here could name a commit there that nobody else has.',
    fix: 'Deliver the inner repository by itself, and leave it out of this ticket.',
    example: { ticket: ID, paths: ['vendor/library' as RepoPath] },
  },
  'records-changed': {
    title: 'Closing records were edited',
    cause: 'The records are delivered with the work and listed by digest, so that nobody can change them afterwards.',
    fix: 'Undo the edit; or take the ticket back, which writes the records anew from the ledger.',
    example: { ticket: ID, paths: [`tickets/records/${ID}/result.yaml` as RepoPath] },
  },
  'evidence-rewritten': {
    title: 'Evidence would not be committed as it is',
    cause: "Ticket, records and sealed ledger are verified byte for byte. A filter (as for encryption or large files) or another of git's attributes would make other bytes of them, or the file is executable; the commit could never be verified. Nothing was committed.",
    fix: 'Leave these files out of it. A line `/tickets/** -filter -ident -working-tree-encoding` at the end of `info/attributes` in the git directory wins over every other file; for all clones, commit the line `** -filter -ident -working-tree-encoding` in `tickets/.gitattributes`, and take out of `info/attributes` whatever reaches `tickets/records`. Then let a person refresh; evidence for the same change still counts. What must stay secret does not belong into a ticket: the ledger repeats its text.',
    example: { ticket: ID, paths: [`tickets/${ID}.yaml` as RepoPath], sources: ['.gitattributes'] },
  },
  'memory-changed': {
    title: 'Memory changed after curation',
    cause: 'Curation names the exact content of the memory files that are delivered.',
    fix: 'Undo the edit, or curate again.',
    example: { ticket: ID, paths: ['agent/memory.md' as RepoPath] },
  },
  'index-changed': {
    title: 'Somebody staged something else in a delivered path',
    cause: 'Writing the delivered entry over it would lose what was staged.',
    fix: 'If the file on disk is still the proved one, stage it as it is and deliver again. Otherwise abort the delivery and take the ticket back.',
    example: { ticket: ID, paths: [README] },
  },
  'tree-differs': {
    title: 'The tree is not the three sets',
    cause: 'Two sets name the same path, or git put another path aside (a file where a directory was).',
    fix: 'Take the ticket back and leave each path to one of product, memory and records.',
    example: { ticket: ID, paths: [README] },
  },
  'commit-differs': {
    title: 'git made another commit than it was asked for',
    cause: 'The commit that git answered has another tree or parent, or does not exist: a wrapper stands before git, or the object store is damaged. No branch names it.',
    fix: 'See which git is found first, and deliver again.',
    example: { ticket: ID, commit: COMMIT },
  },
  'hooks-with-dirty-work': {
    title: 'Hooks would run over unfinished work',
    cause: 'Hook managers that put unstaged work aside can lose it when they are killed. delivery.hooks is refuse-if-dirty.',
    fix: 'Commit or finish the other work first; or let the policy say `run` or `skip`.',
    example: { ticket: ID, hooks: ['pre-commit'], paths: 3 },
  },
  'hook-rejected': {
    title: 'A commit hook said no',
    cause: "The repository's own hook ended with an error. No commit was made, and neither the branch nor the index was touched.",
    fix: 'Read what it said. If what it misses lies elsewhere, mend that and deliver again. If the work must change, abort the delivery, take the ticket back with `cxw rework`, and prove the change again. If a hook wants another message, give the ticket another title, or set `hooks: skip` under `delivery` in the policy; then, as after mending the hook itself, `cxw abort` and `cxw rework --refresh`.',
    example: { ticket: ID, hook: 'pre-commit', said: 'lint: 1 error' },
  },
  'hook-changed-tree': {
    title: 'A hook rewrote delivered files',
    cause: 'A formatter in the hook rewrites what it is given.',
    fix: 'Abort, take the ticket back, keep what the formatter wrote (or run it again), and gather the evidence for that.',
    example: { ticket: ID, hook: 'pre-commit', paths: [README] },
  },
  'hook-swept': {
    title: 'A hook added files that are not delivered',
    cause: 'The hook stages everything (git add -A) or files of its own. It was caught before any commit was made.',
    fix: 'Mend the hook so that it adds only files that were staged already; or let the policy say `delivery.hooks: skip`. Either is for a person to agree to: abort, then refresh.',
    example: { ticket: ID, hook: 'pre-commit', paths: [NOTES] },
  },
  'hook-changed-message': {
    title: 'A hook took the trailers out of the message',
    cause: 'The trailers tie the commit to its evidence; without them nobody could verify it.',
    fix: 'Mend the hook so that it leaves the last paragraph of a message alone, or adds trailers to it. A mended hook is for a person to agree to: abort, then refresh.',
    example: { ticket: ID, trailers: ['Cxw-Ticket', 'Cxw-Evidence'] },
  },
  'hook-timed-out': {
    title: 'A hook did not end in time',
    cause: 'It waits for input that will not come, or needs longer than delivery.timeout of the policy allows.',
    fix: 'If it only took long this once, deliver again. Else mend the hook, or allow more time in the policy; then `cxw abort` and `cxw rework --refresh`.',
    example: { ticket: ID, hook: 'pre-commit', seconds: 120 },
  },
  'hook-touched-work': {
    title: 'A hook changed your other work',
    cause: 'The hook rewrites files that are not part of the commit; or somebody edited them at that moment. A hook that runs before the commit has kept it from being made.',
    fix: 'Look at the files. All that was not committed had been copied before the hook ran; the copies that are named here stay until somebody removes them. Delivering again goes on from there. A hook that writes such a file every time is mended, or the file is named under `authorized` in the policy; a person agrees to either: abort, then refresh.',
    example: { ticket: ID, hook: 'pre-commit', paths: [NOTES], copies: ['notes.txt: .git/cxw/set-aside/copies/3f9c'] },
  },
  'post-commit-failed': {
    title: 'The post-commit hook failed',
    cause: 'That hook runs after the commit and cannot stop it.',
    fix: 'The delivery went on without it. If it stopped later, leave the hook as it is until it is through: a hook that changes under way is refused.',
    example: { said: 'notify: connection refused' },
  },
  'signing-failed': {
    title: 'The commit could not be signed',
    cause: 'commit.gpgsign asks for signed commits, and the signing program failed or did not answer. An unsigned commit is never made instead.',
    fix: 'Make signing work (unlock the key, start the agent), then deliver again: it resumes. Whether to sign was fixed when the delivery began; to deliver unsigned after all, switch commit.gpgsign off, undo the delivery with `cxw abort`, refresh the ticket, since a setting that runs programs is another one now, and deliver.',
    example: { said: 'error: gpg failed to sign the data', ticket: ID },
  },
  'branch-held': {
    title: 'A hook did not let the branch move',
    cause: 'The reference-transaction hook said no when git was to move the branch. The commit is made, and what it delivers is staged: a commit made by hand now would take it without its evidence.',
    fix: 'Read what the hook said and mend that, then deliver again: it resumes with the branch. Or put the index back with `cxw abort`; your files stay as they are.',
    example: { ticket: ID, branch: MAIN, said: 'fatal: ref updates aborted by hook' },
  },
  'push-rejected': {
    title: 'The remote refused the push',
    cause: 'The server protects the branch, a hook of its own or of yours (pre-push) said no, or the credentials may not push. The commit stays local.',
    fix: 'Mend what it names and deliver again: it resumes with the push. Or undo the local commit with `cxw abort`; so too where a hook of yours was mended, which a person then agrees to with `cxw rework --refresh`.',
    example: { ticket: ID, remote: 'origin', ref: MAIN, said: 'protected branch hook declined' },
  },
  'remote-unknown': {
    title: 'The remote has a commit that is unknown here',
    cause: 'Somebody pushed meanwhile: on top of the delivered commit, or beside it. cxw does not fetch by itself.',
    fix: 'Fetch, and run `cxw deliver` again: it finds the commit on the remote, or says that the remote moved.',
    example: { ticket: ID, remote: 'origin', ref: MAIN, tip: OTHER, pushed: false },
  },
  'remote-cut-off': {
    title: 'The history of this clone is cut off',
    cause: 'A shallow clone, or a fetch with --depth, leaves out the commits below some others. The delivered commit may be among them.',
    fix: 'Fetch the rest of the history (`git fetch --deepen` with a number brings some of it), and run `cxw deliver` again.',
    example: { ticket: ID, remote: 'origin', ref: MAIN, tip: OTHER },
  },
  'pushed-unconfirmed': {
    title: 'Pushed, but not confirmed',
    cause: "Delivered means that the remote itself names the commit. Until it answers, nobody knows; the local idea of the remote's branch is not asked.",
    fix: 'Run `cxw deliver` again when the remote can be reached: it asks, and finishes or repeats the push.',
    example: { ticket: ID, commit: COMMIT, remote: 'origin', said: 'fatal: Could not read from remote repository.' },
  },
  'delivered-superseded': {
    title: 'Delivered, and built upon since',
    cause: 'Somebody pushed on top of the delivered commit before it was confirmed.',
    fix: 'Nothing: the work is delivered.',
    example: { commit: COMMIT, by: OTHER, ref: MAIN },
  },
  'local-elsewhere': {
    title: 'The local branch has moved on',
    cause: 'Commits were made, taken away or rewritten here after the delivered commit reached the remote.',
    fix: 'Nothing for this ticket: it is delivered. Bring the branch together with the remote in your own way.',
    example: { branch: MAIN, commit: COMMIT, now: OTHER },
  },
  'note-not-written': {
    title: 'The delivery is not noted',
    cause: 'The policy wants a git note about each delivery, and git could not write it. The delivery itself stands: the remote confirmed it before.',
    fix: 'Remove what stands in the way, then deliver once more: only the note is made up for.',
    example: { ticket: ID, commit: COMMIT, said: "git's own lock is held: refs/notes/cxw.lock.", ways: ['rm "$(git rev-parse --git-path refs/notes/cxw.lock)"'] },
  },
  'note-not-pushed': {
    title: 'The note is not on the remote',
    cause: 'The policy wants the note pushed, and the remote did not take it, or could not be asked. The delivery itself stands: the remote confirmed it before.',
    fix: 'Deliver once more when the remote can be reached and takes notes: only the note is made up for.',
    example: { ticket: ID, remote: 'origin', said: '[remote rejected] (hook declined)', ways: [] },
  },
  'integrate-next': {
    title: 'Delivered to a branch of its own',
    cause: 'Teams with a protected main branch deliver to feature branches.',
    fix: 'Open a pull request. After it was merged, `cxw verify` finds the work there.',
    example: { branch: 'refs/heads/feature', remote: 'origin' },
  },
  'already-on-remote': {
    title: 'The commit is on the remote already',
    cause: '`cxw abort` undoes only what nobody else can have seen.',
    fix: 'Finish the delivery; to take the change back, make a new ticket that reverts it.',
    example: { ticket: ID, commit: COMMIT, remote: 'origin' },
  },
  'nothing-to-abort': {
    title: 'No delivery is under way',
    cause: '`cxw abort` undoes a delivery that was begun and is not on the remote.',
    fix: 'Nothing is to be undone.',
    example: { ticket: ID },
  },
  'built-upon': {
    title: 'Other commits stand on the delivered one',
    cause: 'Taking the delivered commit away would take those away too.',
    fix: 'Finish the delivery: `cxw deliver` says whether the branch is to be pushed first. Or rewrite those commits in your own way, then abort.',
    example: { ticket: ID, branch: MAIN, commit: COMMIT, commits: ['81d2e7aa81d2 Bump version'] },
  },
};
