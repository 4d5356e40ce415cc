import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandOf, recordGit } from '../support/recordingGit.js';
import { hook } from '../support/running.js';
import { FIXED, story } from '../support/story.js';

const always = (): boolean => true;
const without = (pattern: RegExp) => (args: readonly string[]): boolean => !args.some((arg) => pattern.test(arg));
const words = (args: readonly string[]): string[] => args.filter((arg) => !arg.startsWith('-'));

/** Every command that git may hear from the program, and what must hold of its arguments. All others are forbidden. */
const ALLOWED: Record<string, (args: readonly string[]) => boolean> = {
  // They only read.
  'cat-file': always, 'check-ignore': always, 'diff-files': always, 'diff-index': always, 'diff-tree': always, 'for-each-ref': always, 'log': always, 'ls-files': always,
  'ls-remote': always, 'ls-tree': always, 'merge-base': always, 'rev-parse': always, 'show-ref': always, 'status': always, 'version': always,
  'config': (args) => args.some((arg) => /^--(get|get-regexp|list)$/.test(arg)),
  'symbolic-ref': (args) => words(args).length === 1,
  // They make objects, and indexes that are filled from standard input.
  'commit-tree': always, 'write-tree': always,
  'read-tree': without(/^(-u|-m|--reset|--merge|--prefix)/),
  'update-index': (args) => args.includes('--stdin') || args.includes('--index-info') || args.includes('--refresh'),
  // Files, only outside the worktree; a repository, only as the copy on which a hook is tried.
  'checkout-index': (args) => args.some((arg) => /^--prefix=\/.*\/cxw-/.test(arg)),
  'init': (args) => /\/cxw-/.test(words(args)[0]!),
  'hook': (args) => args[0] === 'run',
  // One branch, from what it was to what it shall be; and one commit to one ref, never by force.
  'update-ref': (args) => args.includes('-m') ? words(args).length === 4 && words(args)[1]!.startsWith('refs/heads/') : words(args).length === 2,
  'push': (args) => args.includes('--no-follow-tags') && without(/^(-[a-zA-Z]*[fd]|--force|--mirror|--delete|--tags|--follow-tags|--prune|--all|\+)/)(args) && /^[0-9a-f]{40}:refs\/heads\/main$/.test(args.at(-1)!),
};

const isAllowed = (vector: readonly string[]): boolean => {
  const { command, args } = commandOf(vector);
  return ALLOWED[command]?.(args) === true;
};

test('a whole job with every detour never says a word to git that could lose work', { timeout: 120_000 }, async () => {
  const told = await story();
  const vectors = await recordGit(told);
  await told.write('their own.txt', 'untracked\n');
  await hook(told, join(told.root, '.git'), 'pre-commit');
  await told.ok('init');
  const { data: { id } } = await told.ok('ticket', 'new', '--quick', 'Say more', '--file', 'README.md', '--prove', 'npm test');
  const mine = told.ticket;

  await told.ok('advance', mine, '--until-blocked');
  await told.refused('writer-busy', 'advance', id, '--until-blocked');
  await told.refused('no-change', 'advance');
  await told.write('README.md', '# Greeter, edited outside scope\n');
  await told.fix();
  await told.refused('outside-scope', 'advance');
  await told.git('checkout', '--', 'README.md');
  await told.selfReview();
  await told.ok('advance', '--until-blocked');
  await told.ok('rework');
  await told.ok('rework', '--refresh', '--as', 'human:ada');
  await told.ok('advance', '--until-blocked');
  await told.ok('block', '--reason', 'Lunch.', '--release', 'Coffee.');
  await told.ok('unblock');
  await told.selfReview();
  await told.review();
  await told.curate();
  await told.write('greet.js', `${FIXED}// stale\n`);
  await told.refused('stale-evidence', 'deliver');
  await told.fix();
  for (const command of ['status', 'brief', 'validate', 'log']) await told.ok(command);

  await hook(told, told.remote, 'pre-receive');
  await told.write('../pre-receive.sh', 'exit 1\n');
  await told.refused('push-rejected', 'deliver');
  await told.git('switch', '--quiet', '--create', 'aside');
  await told.refused('branch-switched', 'deliver');
  await told.git('switch', '--quiet', 'main');
  await told.ok('abort');
  await told.write('../pre-receive.sh', 'exit 0\n');
  await told.ok('deliver');
  await told.ok('verify', mine, '--rerun', '--delivered');
  await told.ok('abandon', id, '--reason', 'Said enough.');
  await told.ok('uninstall');

  const all = await vectors();
  expect(all.length).toBeGreaterThan(150);
  expect(all.filter((vector) => !isAllowed(vector))).toEqual([]);
  // Names go over standard input; one that is an argument could be taken for an option or a pattern.
  expect(all.filter((vector) => vector.some((word) => /greet\.js|README|their own/.test(word)))).toEqual([]);
  // Nothing was left out by chance: every kind of call was heard.
  expect(Object.keys(ALLOWED).filter((command) => !all.some((vector) => commandOf(vector).command === command))).toEqual([]);
});
