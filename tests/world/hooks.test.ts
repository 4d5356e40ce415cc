import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import { worldOf } from '../support/given.js';
import { workshop, type Workshop } from '../support/workshop.js';

async function hook(bench: Workshop, name: string, script: string, folder = '.git/hooks'): Promise<void> {
  await mkdir(join(bench.root, folder), { recursive: true });
  await writeFile(join(bench.root, folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

async function changed() {
  const bench = await workshop({ 'a.js': 'a\n', 'b.js': 'b\n' });
  await bench.write('a.js', 'a  ;\n');
  await bench.write('private.txt', 'p\n');
  const { git } = await worldOf(bench);
  const head = await bench.git('rev-parse', 'HEAD');
  const change = await git.changes.of(head, ['a.js' as RepoPath], 'repository');
  return { bench, git, head, change, tree: await git.trees.build(head, change.entries) };
}

test('a hook sees the tree as staged and nothing else; the real index is not touched', async () => {
  const { bench, git, tree } = await changed();
  expect(await git.hooks.run('pre-commit', tree, [], 20)).toEqual({ ran: false, ok: true, tree, changed: [], said: '' });
  await hook(bench, 'pre-commit', 'git diff --cached --name-only; git diff --name-only; env | grep -c GIT_CONFIG_PARAMETERS');
  const index = await bench.git('ls-files', '--stage', '-v');
  const report = await git.hooks.run('pre-commit', tree, [], 20);
  expect(report.said).toBe('a.js\n0');
  expect(await bench.git('ls-files', '--stage', '-v')).toBe(index);
});

test('what a hook puts into the tree is told by path', async () => {
  const { bench, git, tree } = await changed();
  await hook(bench, 'pre-commit', 'git add --all', '.husky');
  await bench.git('config', 'core.hooksPath', '.husky');
  const report = await git.hooks.run('pre-commit', tree, [], 20);
  expect(report).toMatchObject({ ran: true, ok: true, timedOut: false });
  expect(report.changed).toEqual(['.husky/pre-commit', 'private.txt']);
});

test('a rehearsal runs on a copy: whatever the hook does stays in it', async () => {
  const { bench, git, head, change } = await changed();
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ran: false });
  await hook(bench, 'pre-commit', 'test "$(git diff --cached --name-only)" = a.js || exit 9; echo "a;" > a.js; git add a.js; git commit --quiet --no-verify --message sneaky');
  const before = [await bench.git('rev-parse', 'HEAD'), await bench.git('status', '--porcelain=v2'), await bench.read('a.js'), await bench.git('count-objects')].join();
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ran: true, ok: true, changed: ['a.js'] });
  expect([await bench.git('rev-parse', 'HEAD'), await bench.git('status', '--porcelain=v2'), await bench.read('a.js'), await bench.git('count-objects')].join()).toBe(before);
  await hook(bench, 'pre-commit', 'echo "cannot"; exit 1');
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ran: true, ok: false, said: 'cannot' });
  await hook(bench, 'pre-commit', 'env | grep -c GIT_CONFIG_PARAMETERS; git rev-parse --git-path hooks');
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ said: '0\n<repository>/.git/hooks' });
});

test('message hooks may add to a message, and the one that says no is named', async () => {
  const { bench, git, tree } = await changed();
  expect(await git.hooks.message('Subject\n', tree, 20)).toMatchObject({ ok: true, message: 'Subject\n' });
  await hook(bench, 'prepare-commit-msg', 'test "$2" = message && echo "Added" >> "$1"');
  await hook(bench, 'commit-msg', 'grep -q Added "$1" && echo no && exit 1');
  expect(await git.hooks.message('Subject\n', tree, 20)).toMatchObject({ ok: false, message: 'Subject\nAdded\n', hook: 'commit-msg', said: 'no' });
});

test('a hook that hangs is ended with everything that it started', async () => {
  const { bench, git, tree } = await changed();
  await hook(bench, 'pre-commit', 'sleep 30 & sleep 30');
  const began = Date.now();
  expect(await git.hooks.run('pre-commit', tree, [], 1)).toMatchObject({ ok: false, timedOut: true });
  expect(Date.now() - began).toBeLessThan(15_000);
});

test('a rehearsed hook finds the installed tools, and its changes are seen even when it fails over them', async () => {
  const { bench, git, head, change } = await changed();
  await bench.write('.gitignore', 'node_modules/\n');
  await bench.write('node_modules/tool/run.sh', 'sed -i "s/ *;/;/" a.js; exit 1\n');
  await hook(bench, 'pre-commit', 'git add -A && sh node_modules/tool/run.sh');
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ran: true, ok: false, changed: ['a.js'] });
  expect(await bench.read('a.js')).toBe('a  ;\n');
});

/** Settings of this clone by which files are other bytes than their blobs. */
const READ_OTHERWISE: [string, (bench: Workshop) => Promise<unknown>][] = [
  ['core.autocrlf', (bench) => bench.git('config', 'core.autocrlf', 'true')],
  ['core.autocrlf, included from elsewhere', async (bench) => {
    await bench.write('../more', '[core]\n\tautocrlf = true\n');
    await bench.git('config', 'include.path', join(bench.folder, 'more'));
  }],
  ['a filter', async (bench) => {
    for (const way of ['clean', 'smudge']) await bench.git('config', `filter.rot "13\\".x.${way}`, 'tr "a-z" "n-za-m"; # \\ ;\n\t:');
    await bench.git('config', 'filter.rot "13\\".x.required', 'true');
    await bench.git('config', 'filter.plain.clean', 'tr a-z n-za-m');
    await bench.git('config', 'filter.plain.smudge', 'tr a-z n-za-m');
    await bench.write('.git/info/attributes', '*.js filter=plain\n');
  }],
];

test.each(READ_OTHERWISE)('a copy reads files as the repository does: %s', async (_, set) => {
  const { bench, git, head, change } = await changed();
  await set(bench);
  await hook(bench, 'pre-commit', 'git diff --exit-code --name-only');
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ran: true, ok: true, changed: [], said: '' });
  const before = (await bench.git('config', '--get-regexp', '^filter').catch(() => '')).trim();
  await hook(bench, 'pre-commit', 'git config --get-regexp ^filter; echo; git config --local --name-only --list; sed -i "s/ *;/;/" a.js; git add a.js');
  const report = await git.hooks.rehearse(head, change, 20);
  expect(report).toMatchObject({ ok: true, changed: ['a.js'] });
  expect(report.said.startsWith(before)).toBe(true);
  expect(report.said).not.toMatch(/^(remote|branch|include)\./m);
});

test('what differs in a copy before the hook runs is not its work, and what it writes there is', async () => {
  const { bench, git, head, change } = await changed();
  await bench.write('../only-here', '');
  await bench.git('config', 'filter.here.clean', 'if [ -e ../only-here ]; then tr a-z A-Z; else cat; fi');
  await bench.git('config', 'filter.here.smudge', 'if [ -e ../only-here ]; then tr a-z b-za; fi');
  await bench.write('.git/info/attributes', '*.js filter=here\n');
  await hook(bench, 'pre-commit', 'git diff --exit-code --name-only');
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ok: false, changed: [], said: 'a.js\nb.js' });
  await hook(bench, 'pre-commit', 'git add --update');
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ok: true, changed: [] });
  await hook(bench, 'pre-commit', 'echo more >> b.js; git add --update');
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ok: true, changed: ['b.js'] });
});

test('nothing but the pre-commit hook runs in a copy, unless it starts it', async () => {
  const { bench, git, head, change } = await changed();
  await hook(bench, 'pre-commit', 'exit 0');
  for (const name of ['post-index-change', 'reference-transaction']) await hook(bench, name, `echo ${name} >> '${join(bench.folder, 'ran')}'`);
  await git.hooks.rehearse(head, change, 20);
  await expect(bench.read('../ran')).rejects.toThrow('ENOENT');
});

test.each(['untracked', 'only staged', 'of a repository of its own'])('a rehearsed hook cannot reach what is not ignored in a folder of tools: %s', async (how) => {
  const { bench, git, head, change } = await changed();
  await bench.write('.gitignore', 'vendor/lib/\n');
  await bench.write('vendor/lib/tool.sh', 'exit 0\n');
  await bench.write('vendor/own/patch.txt', 'half written\n');
  if (how === 'only staged') await bench.git('add', 'vendor/own/patch.txt');
  if (how === 'of a repository of its own') await bench.git('init', '--quiet', 'vendor/own');
  await hook(bench, 'pre-commit', 'for file in vendor/own/*; do echo gone > "$file"; done\nexit 0');
  await git.hooks.rehearse(head, change, 20);
  expect(await bench.read('vendor/own/patch.txt')).toBe('half written\n');
});

/** Ways in which a person's or a machine's configuration lies elsewhere. */
const ELSEWHERE: [string, (bench: Workshop, file: string) => Promise<void>][] = [
  ['GIT_CONFIG_GLOBAL', async ({ env }, file) => { env['GIT_CONFIG_GLOBAL'] = file; }],
  ['GIT_CONFIG_SYSTEM', async ({ env }, file) => { delete env['GIT_CONFIG_NOSYSTEM']; env['GIT_CONFIG_SYSTEM'] = file; }],
  ['XDG_CONFIG_HOME', async ({ folder, env }, file) => {
    env['XDG_CONFIG_HOME'] = join(folder, 'xdg');
    await mkdir(join(folder, 'xdg/git'), { recursive: true });
    await rename(file, join(folder, 'xdg/git/config'));
  }],
];

test.each(ELSEWHERE)('hooks that are found by a configuration to which %s leads are those that run', async (_, lead) => {
  const { bench, head, change, tree } = await changed();
  const file = join(bench.folder, 'configuration');
  await writeFile(file, `[core]\n\thooksPath = ${join(bench.folder, 'hooks')}\n`);
  await lead(bench, file);
  for (const name of ['pre-commit', 'commit-msg']) await hook(bench, name, `echo "no, says ${name}"; exit 1`, '../hooks');
  const { git } = await worldOf(bench);
  expect(await git.hooks.run('pre-commit', tree, [], 20)).toMatchObject({ ran: true, ok: false, said: 'no, says pre-commit' });
  expect(await git.hooks.rehearse(head, change, 20)).toMatchObject({ ran: true, ok: false, said: 'no, says pre-commit' });
  expect(await git.hooks.message('Subject\n', tree, 20)).toMatchObject({ ok: false, hook: 'commit-msg', said: 'no, says commit-msg' });
});

test('a hook that was found and has gone by the time it is to run has not passed', async () => {
  const { bench, git, tree } = await changed();
  await hook(bench, 'pre-commit', 'exit 0');
  await hook(bench, 'commit-msg', 'echo no; exit 1');
  await hook(bench, 'prepare-commit-msg', 'rm .git/hooks/commit-msg');
  expect(await git.hooks.existing(['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'])).toEqual(['pre-commit', 'prepare-commit-msg', 'commit-msg']);
  await rm(join(bench.root, '.git/hooks/pre-commit'));
  expect(await git.hooks.run('pre-commit', tree, [], 20)).toMatchObject({ ran: true, ok: false, said: expect.stringContaining('pre-commit') });
  expect(await git.hooks.message('Subject\n', tree, 20)).toMatchObject({ ok: false, hook: 'commit-msg', said: expect.stringContaining('commit-msg') });
});

test('a hook that moves the folder does not choose the next one', async () => {
  const { bench, git, tree } = await changed();
  await hook(bench, 'commit-msg', 'exit 0', '../planted');
  await hook(bench, 'commit-msg', 'echo no; exit 1');
  await hook(bench, 'pre-commit', 'git config core.hooksPath ../planted');
  expect(await git.hooks.run('pre-commit', tree, [], 20)).toMatchObject({ ran: true, ok: true });
  expect(await git.hooks.message('Subject\n', tree, 20)).toMatchObject({ ok: false, hook: 'commit-msg', said: 'it was not started: git looks for hooks in another folder by now' });
});
