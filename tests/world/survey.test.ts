import { chmod, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import { openRepositoryView } from '../../src/world/git/repositoryView.js';
import { openRunner } from '../../src/world/git/runner.js';
import { openPlaces } from '../../src/world/places.js';
import { emptyWorkshop, workshop, type Workshop } from '../support/workshop.js';

async function viewOf(bench: Workshop, env: Record<string, string> = {}) {
  return openRepositoryView(openRunner(bench.root, { ...bench.env, ...env }), await openPlaces(bench.root, bench.env));
}

const pathsIn = (survey: { dirty: { path: string }[] }): string[] => survey.dirty.map((dirty) => dirty.path);

describe('survey', () => {
  test('names branch, HEAD, upstream and distance', async () => {
    const bench = await workshop();
    await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Second');
    expect(await (await viewOf(bench)).survey()).toEqual({
      head: await bench.git('rev-parse', 'HEAD'), branch: 'refs/heads/main', upstream: 'origin/main', ahead: 1, behind: 0, dirty: [],
    });
  });

  test('knows an unborn branch and a detached HEAD', async () => {
    const empty = await emptyWorkshop();
    await empty.write('a', 'x');
    await empty.git('add', 'a');
    const unborn = await (await viewOf(empty)).survey();
    expect([unborn.head, unborn.branch]).toEqual([undefined, 'refs/heads/main']);
    expect((await (await viewOf(empty)).identify(['a' as RepoPath]))[0]).toMatchObject({ staged: true, untracked: false });
    const bench = await workshop();
    await bench.git('checkout', '--quiet', '--detach');
    expect((await (await viewOf(bench)).survey()).branch).toBeUndefined();
  });

  test('sees everything that settings would hide, with names exact', async () => {
    const bench = await workshop({ 'moved-from': 'a text that is long enough to be found again\n', 'changed': 'x' });
    for (const [key, value] of [['status.showUntrackedFiles', 'no'], ['status.renames', 'copies'], ['status.relativePaths', 'true'], ['status.branch', 'false'], ['core.quotePath', 'true'], ['status.short', 'true']] as const) await bench.git('config', key, value);
    await bench.git('mv', 'moved-from', 'moved-to');
    await bench.write('changed', 'y');
    await bench.write('new/deep/file', 'z');
    const odd = Buffer.concat([Buffer.from(`${bench.root}/`), Buffer.from([0xff, 0x0a, 0x41])]);
    await writeFile(odd, 'z');
    const survey = await (await viewOf(bench)).survey();
    expect(pathsIn(survey)).toEqual(['changed', 'moved-from', 'moved-to', 'new/deep/file', pathFromBytes(Uint8Array.from([0xff, 0x0a, 0x41]))]);
  });

  test.each([
    ['core.trustctime', 'false'],
    ['core.checkStat', 'minimal'],
  ])('sees another text of equal size and time, whatever %s says', async (key, value) => {
    const bench = await workshop({ 'greet.test.mjs': 'asserts' });
    const file = join(bench.root, 'greet.test.mjs');
    const longAgo = new Date('2020-01-01T00:00:00Z');
    await utimes(file, longAgo, longAgo);
    await bench.git('update-index', '--refresh');
    // Most gits compare whole seconds.
    await setTimeout(1100);
    await bench.git('config', 'core.trustctime', 'false');
    await bench.git('config', key, value);
    await writeFile(file, 'passes!');
    await utimes(file, longAgo, longAgo);
    expect(await bench.git('status', '--porcelain')).toBe('');
    expect(pathsIn(await (await viewOf(bench)).survey())).toEqual(['greet.test.mjs']);
  });

  test('runs no program that the repository plants in its configuration', async () => {
    const bench = await workshop();
    await bench.write('spy', '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n');
    await bench.executable('spy');
    await bench.git('config', 'core.fsmonitor', join(bench.root, 'spy'));
    await (await viewOf(bench)).fullSurvey();
    expect(pathsIn(await (await viewOf(bench)).survey())).toEqual(['spy']);
  });
});

describe('fullSurvey', () => {
  test('finds changes behind index bits, and only changes', async () => {
    const bench = await workshop({ assumed: 'x', skipped: 'x', still: 'x', gone: 'x' });
    await bench.git('update-index', '--assume-unchanged', 'assumed', 'still', 'gone');
    await bench.git('update-index', '--skip-worktree', 'skipped');
    await bench.write('assumed', 'y');
    await bench.write('skipped', 'y');
    await bench.remove('gone');
    const view = await viewOf(bench);
    expect(pathsIn(await view.survey())).toEqual([]);
    expect((await view.fullSurvey()).dirty.map(({ path, kind }) => [path, kind])).toEqual([['assumed', 'hidden'], ['gone', 'hidden'], ['skipped', 'hidden']]);
    const baseline = await view.baseline(await view.fullSurvey(), 'salt');
    expect(baseline.paths.map(({ path, hidden, kind }) => [path, hidden, kind])).toEqual([['assumed', 'assume-unchanged', 'file'], ['gone', 'assume-unchanged', 'absent'], ['skipped', 'skip-worktree', 'file']]);
  });

  test('does not take a sparse checkout for deletions', async () => {
    const bench = await workshop({ 'in/a': 'x', 'out/b': 'x' });
    await bench.git('sparse-checkout', 'set', 'in');
    expect(pathsIn(await (await viewOf(bench)).fullSurvey())).toEqual([]);
  });

  test('compares modes itself where git was told not to', async () => {
    const bench = await workshop({ plain: 'x', other: 'x' });
    await bench.git('config', 'core.fileMode', 'false');
    await chmod(join(bench.root, 'plain'), 0o755);
    const view = await viewOf(bench);
    expect(pathsIn(await view.survey())).toEqual([]);
    expect(pathsIn(await view.fullSurvey())).toEqual(['plain']);
  });

  test.each([['every file executable', 0o755], ['none', 0o644]])('and not where a file system calls %s', async (_, mode) => {
    const bench = await workshop({ plain: 'x', tool: 'x' });
    await bench.git('config', 'core.fileMode', 'false');
    await bench.git('update-index', '--chmod=+x', 'tool');
    for (const name of ['plain', 'tool']) await chmod(join(bench.root, name), mode);
    await bench.git('commit', '--quiet', '--message', 'A tool');
    expect(pathsIn(await (await viewOf(bench)).fullSurvey())).toEqual([]);
  });
});

describe('conditions', () => {
  test('operations under way', async () => {
    const bench = await workshop({ file: 'base\n' });
    const view = await viewOf(bench);
    expect(await view.operation()).toBeUndefined();
    await bench.git('checkout', '--quiet', '-b', 'topic');
    await bench.write('file', 'topic\n');
    await bench.git('commit', '--quiet', '--all', '--message', 'Topic');
    await bench.git('checkout', '--quiet', 'main');
    await bench.write('file', 'main\n');
    await bench.git('commit', '--quiet', '--all', '--message', 'Main');
    for (const [operation, start] of [['merge', ['merge', 'topic']], ['cherry-pick', ['cherry-pick', 'topic']], ['rebase', ['rebase', 'topic']]] as const) {
      await expect(bench.git(...start)).rejects.toThrow();
      expect(await view.operation()).toBe(operation);
      await bench.git(operation, '--abort');
    }
    await bench.git('bisect', 'start');
    expect(await view.operation()).toBe('bisect');
  });

  test('locks, replacements, formats', async () => {
    const bench = await workshop();
    const view = await viewOf(bench);
    expect([await view.locks(), await view.replacements(), await view.objectFormat(), await view.shallow()]).toEqual([[], [], 'sha1', false]);
    expect(await view.gitVersion()).toMatch(/^\d+\.\d+/);
    await bench.write('.git/index.lock', '');
    await bench.write('.git/refs/heads/deep/main.lock', '');
    await bench.write('.git/info/grafts', '');
    await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Second').catch(() => undefined);
    await bench.git('update-ref', `refs/replace/${'1'.repeat(40)}`, 'HEAD');
    expect(await view.locks()).toEqual(['index.lock', 'refs/heads/deep/main.lock']);
    expect(await view.replacements()).toEqual([`refs/replace/${'1'.repeat(40)}`, 'info/grafts']);
  });

  test('ignored paths, by exact names', async () => {
    const bench = await workshop({ '.gitignore': '*.log\nbuild/\n', 'kept.log.txt': 'x' });
    const odd = [':(top)x', '-A', '*', 'a.log', 'build/x', 'kept.log.txt', 'new\nline.log'] as RepoPath[];
    expect(await (await viewOf(bench)).ignored(odd)).toEqual(['a.log', 'build/x', 'new\nline.log']);
    expect(await (await viewOf(bench)).ignored([])).toEqual([]);
  });

  test('attributes of paths change their digest, and only theirs', async () => {
    const bench = await workshop();
    const view = await viewOf(bench);
    const before = await Promise.all([view.attributesOf(['a.txt' as RepoPath]), view.attributesOf(['b.md' as RepoPath])]);
    await bench.write('.gitattributes', '*.txt eol=crlf\n');
    const after = await Promise.all([view.attributesOf(['a.txt' as RepoPath]), view.attributesOf(['b.md' as RepoPath])]);
    expect(after.map((digest, at) => digest === before[at])).toEqual([false, true]);
  });

  test('ticket ids of other branches and sibling checkouts', async () => {
    const bench = await workshop({ 'tickets/TKT-a.yaml': 'x' });
    await bench.git('worktree', 'add', '--quiet', '-b', 'other', '../sibling');
    await bench.git('checkout', '--quiet', '-b', 'topic');
    await bench.write('tickets/TKT-b.yaml', 'x');
    await bench.write('tickets/deep/TKT-no.yaml', 'x');
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'Ticket');
    await bench.git('checkout', '--quiet', 'main');
    await bench.write('../sibling/tickets/TKT-c.yaml', 'x');
    expect(await (await viewOf(bench)).ticketIdsElsewhere()).toEqual(['TKT-a', 'TKT-b', 'TKT-c']);
  });
});

describe('who commits', () => {
  test('nobody is guessed when git was not told who commits', async () => {
    const bench = await emptyWorkshop();
    await writeFile(join(bench.folder, 'home/.gitconfig'), '');
    expect(await (await viewOf(bench)).identity('committer')).toBeUndefined();
  });

  test('and whom a commit names as its author is git\'s to say: by the environment, by settings of its own, or who commits', async () => {
    const bench = await emptyWorkshop();
    const author = async (env: Record<string, string>) => (await viewOf(bench, env)).identity('author');
    expect(await author({})).toEqual(await (await viewOf(bench)).identity('committer'));
    await bench.git('config', 'author.name', 'Grace');
    expect(await author({})).toMatchObject({ name: 'Grace' });
    expect(await author({ GIT_AUTHOR_NAME: 'Hedy', GIT_AUTHOR_EMAIL: 'hedy@example.org' })).toEqual({ name: 'Hedy', email: 'hedy@example.org' });
  });
});
