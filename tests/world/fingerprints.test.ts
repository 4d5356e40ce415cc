import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FingerprintDetails } from '../../src/domain/repository.js';
import type { RepositoryView } from '../../src/world/git/index.js';
import { openRepositoryView } from '../../src/world/git/repositoryView.js';
import { openRunner } from '../../src/world/git/runner.js';
import { openPlaces } from '../../src/world/places.js';
import { workshop, type Workshop } from '../support/workshop.js';

const viewOf = async (bench: Workshop): Promise<RepositoryView> => openRepositoryView(openRunner(bench.root, bench.env), await openPlaces(bench.root, bench.env));
const take = async (bench: Workshop, salt = 'salt'): Promise<FingerprintDetails> => (await viewOf(bench)).fingerprints(salt);
/** What can be told before git compares a file. */
const takeEarly = async (bench: Workshop): Promise<FingerprintDetails> => (await viewOf(bench)).earlyFingerprints('salt');

/** Which kinds, and which names in them, differ after the deed. */
async function changedBy(bench: Workshop, deed: () => Promise<unknown>): Promise<Partial<Record<keyof FingerprintDetails, string[]>>> {
  const before = await take(bench);
  await deed();
  const after = await take(bench);
  const kinds = (Object.keys(before) as (keyof FingerprintDetails)[]).map((kind) => {
    const names = new Set([...Object.keys(before[kind]), ...Object.keys(after[kind])]);
    return [kind, [...names].filter((name) => before[kind][name] !== after[kind][name]).sort()] as const;
  });
  return Object.fromEntries(kinds.filter(([, names]) => names.length > 0));
}

describe('what executes or redirects shows', () => {
  test('hooks: new, edited, made executable, in the hooks directory that applies', async () => {
    const bench = await workshop();
    expect(await changedBy(bench, () => bench.write('.git/hooks/pre-commit', 'exit 1'))).toEqual({ hooks: ['hooks/pre-commit'] });
    expect(await changedBy(bench, () => chmod(join(bench.root, '.git/hooks/pre-commit'), 0o755))).toEqual({ hooks: ['hooks/pre-commit'] });
    await bench.write('.husky/_/pre-push', 'x');
    await bench.write('script', 'x');
    await bench.link('.husky/commit-msg', '../script');
    await bench.git('config', 'core.hooksPath', '.husky');
    expect(await changedBy(bench, () => bench.write('.husky/_/pre-push', 'y'))).toEqual({ hooks: ['hooks/_/pre-push'] });
    expect(await changedBy(bench, () => bench.write('script', 'y'))).toEqual({ hooks: ['hooks/commit-msg'] });
  });

  test('ignore rules that no commit shows: in the git directory, of the user', async () => {
    const bench = await workshop();
    expect(await changedBy(bench, () => bench.write('.git/info/exclude', 'helper.mjs\n'))).toEqual({ attributes: ['info/exclude'] });
    expect(await changedBy(bench, () => bench.write('../home/.config/git/ignore', 'helper.mjs\n'))).toEqual({ attributes: ['core.excludesFile'] });
    await bench.git('config', 'core.excludesFile', '~/mine');
    expect(await changedBy(bench, () => bench.write('../home/mine', 'helper.mjs\n'))).toEqual({ attributes: ['core.excludesFile'] });
  });

  test('filters and drivers', async () => {
    const bench = await workshop();
    for (const key of ['filter.x.clean', 'filter.X y.smudge', 'filter.x.process', 'diff.x.textconv', 'diff.x.command', 'diff.external', 'merge.x.driver']) {
      expect(await changedBy(bench, () => bench.git('config', key, 'evil'))).toEqual({ filters: [key] });
    }
  });

  test('attributes: tracked, untracked, in a new folder, in the index alone, in the git directory, of the user', async () => {
    const bench = await workshop({ 'a/file': 'x', '.gitattributes': '* text\n' });
    expect(await changedBy(bench, () => bench.write('a/.gitattributes', '* filter=x\n'))).toEqual({ attributes: ['a/.gitattributes'] });
    expect(await changedBy(bench, () => bench.write('.gitattributes', '* -text\n'))).toEqual({ attributes: ['.gitattributes'] });
    await bench.write('.gitignore', 'a/.gitattributes\n');
    expect(await changedBy(bench, () => bench.write('a/.gitattributes', '* filter=y\n'))).toEqual({ attributes: ['a/.gitattributes'] });
    expect(await changedBy(bench, () => bench.write('new/.gitattributes', '*.png binary\n'))).toEqual({ attributes: ['new/.gitattributes'] });
    expect(await changedBy(bench, () => bench.write('.git/info/attributes', '* filter=x\n'))).toEqual({ attributes: ['info/attributes'] });
    expect(await changedBy(bench, () => bench.write('../home/.config/git/attributes', '* filter=x\n'))).toEqual({ attributes: ['core.attributesFile'] });
    await bench.git('config', 'core.attributesFile', join(bench.folder, 'home/mine'));
    expect(await changedBy(bench, () => bench.write('../home/mine', '* filter=y\n'))).toEqual({ attributes: ['core.attributesFile'] });
    await bench.remove('.gitattributes');
    expect(await changedBy(bench, async () => {
      await bench.write('.gitattributes', '* filter=z\n');
      await bench.git('add', '.gitattributes');
      await bench.remove('.gitattributes');
    })).toEqual({ attributes: ['.gitattributes'] });
  });

  test("agents' configuration, behind links too", async () => {
    const bench = await workshop();
    const files = ['.claude/settings.json', '.claude/settings.local.json', '.claude/hooks/deep/run.sh', '.codex/config.toml', '.codex/hooks.json', '.codex/rules/a.rules', '.codex/agents/b.toml', '.mcp.json', '.cursor/mcp.json', '.vscode/tasks.json', '.agents/c'];
    for (const file of files) expect(await changedBy(bench, () => bench.write(file, 'x'))).toEqual({ agents: [file] });
    expect(await changedBy(bench, () => bench.write('.claude/memory.md', 'x'))).toEqual({});
    await bench.write('../shared/agent', 'x');
    await bench.remove('.agents');
    await bench.link('.agents', '../shared');
    expect(await changedBy(bench, () => bench.write('../shared/agent', 'y'))).toEqual({ agents: ['.agents/agent'] });
  });

  test('config keys, and never a password in their names', async () => {
    const bench = await workshop();
    const keys = ['core.fsmonitor', 'core.hookspath', 'core.sshcommand', 'core.gitproxy', 'core.editor', 'core.pager', 'core.askpass', 'core.attributesfile', 'core.excludesfile', 'credential.helper', 'credential.https://example.org.helper', 'gpg.program', 'gpg.ssh.program', 'remote.origin.url', 'remote.origin.pushurl', 'remote.origin.receivepack', 'remote.origin.uploadpack', 'remote.origin.proxy', 'alias.st', 'protocol.ext.allow', 'http.proxy', 'http.https://example.org.proxy', 'http.curloptresolve', 'http.https://example.org.sslcapath', 'http.proxysslcainfo', 'http.pinnedpubkey', 'remote.origin.proxyauthmethod', 'lfs.extension.x.clean', 'hook.x.command', 'ssh.variant', 'user.signingkey'];
    for (const key of keys) expect((await changedBy(bench, () => bench.git('config', key, '/nowhere'))).config).toEqual([key]);
    expect(await changedBy(bench, () => bench.git('config', 'url.https://ada:secret@example.org/.insteadOf', 'x:'))).toEqual({ config: ['url.https://example.org/.insteadof'] });
    expect(await changedBy(bench, () => bench.git('config', '--global', 'credential.helper', '!evil'))).toEqual({ config: ['credential.helper'] });
    expect(Object.keys(await changedBy(bench, async () => {
      await bench.write('.git/more', '[gpg]\n\tformat = ssh\n');
      await bench.git('config', 'include.path', 'more');
    }).then((changed) => Object.fromEntries((changed.config ?? []).map((name) => [name, true]))))).toEqual(['gpg.format', 'include.path']);
  });
});

describe('programs of the worktree that a setting starts show', () => {
  test('as the file that they are, tracked or ignored, named as a word of any kind', async () => {
    const bench = await workshop({ 'tools/clean.sh': 'cat\n', '.gitignore': 'hidden/\n', 'other/tool.sh': 'cat\n' });
    await bench.write('hidden/ssh.sh', 'exec ssh "$@"\n');
    await bench.git('config', 'filter.own.clean', './tools/clean.sh %f');
    await bench.git('config', 'core.sshCommand', `FLAG=1 '${join(bench.root, 'hidden/ssh.sh')}' -x`);
    await bench.git('config', 'credential.helper', '!sh other/tool.sh;true');
    expect(await changedBy(bench, () => bench.write('tools/clean.sh', 'evil; cat\n'))).toEqual({ filters: ['./tools/clean.sh'] });
    expect(await changedBy(bench, () => chmod(join(bench.root, 'tools/clean.sh'), 0o755))).toEqual({ filters: ['./tools/clean.sh'] });
    expect(await changedBy(bench, () => bench.write('hidden/ssh.sh', 'evil\n'))).toEqual({ config: ['./hidden/ssh.sh'] });
    expect(await changedBy(bench, () => bench.write('other/tool.sh', 'evil\n'))).toEqual({ config: ['./other/tool.sh'] });
    expect(await changedBy(bench, () => bench.write('tools/other.sh', 'new\n'))).toEqual({});
  });
});

/** A repository with a submodule at `lib`, which has one of its own at `lib/deep`. */
async function withSubmodules(): Promise<Workshop> {
  const bench = await workshop({ file: 'x' });
  const commit = ['-c', 'protocol.file.allow=always'];
  for (const name of ['deep', 'lib']) {
    await bench.write(`../${name}/f.txt`, 'x\n');
    await bench.git('-C', `../${name}`, 'init', '--quiet');
    if (name === 'lib') await bench.git('-C', '../lib', ...commit, 'submodule', '--quiet', 'add', join(bench.folder, 'deep'), 'deep');
    await bench.git('-C', `../${name}`, 'add', '--all');
    await bench.git('-C', `../${name}`, 'commit', '--quiet', '--message', 'One');
  }
  await bench.git(...commit, 'submodule', '--quiet', 'add', join(bench.folder, 'lib'), 'lib');
  await bench.git(...commit, 'submodule', '--quiet', 'update', '--init', '--recursive');
  await bench.git('commit', '--quiet', '--message', 'Add lib');
  return bench;
}

describe('what git would start in a submodule shows', () => {
  test('its settings, its attributes, and those of the submodules within', async () => {
    const bench = await withSubmodules();
    for (const [path, directory] of [['lib', '.git/modules/lib'], ['lib/deep', '.git/modules/lib/modules/deep']] as const) {
      const git = (...args: string[]): Promise<string> => bench.git('--git-dir', directory, ...args);
      expect(await changedBy(bench, () => git('config', 'filter.evil.clean', 'evil'))).toEqual({ filters: [`${path}: filter.evil.clean`] });
      expect(await changedBy(bench, () => bench.write(`${directory}/info/attributes`, '*.txt filter=evil\n'))).toEqual({ attributes: [`${path}: info/attributes`] });
      expect(await changedBy(bench, () => git('config', 'core.sshCommand', 'evil'))).toEqual({ config: [`${path}: core.sshcommand`] });
      expect(await changedBy(bench, async () => {
        await bench.write(`${path}/own.sh`, 'cat\n');
        await git('config', 'filter.evil.clean', './own.sh');
      })).toEqual({ filters: [`./${path}/own.sh`, `${path}: filter.evil.clean`] });
    }
  });

  test('a git directory that lies elsewhere by now, and a submodule that is none any more', async () => {
    const bench = await withSubmodules();
    await cp(join(bench.root, '.git/modules/lib'), join(bench.root, 'build/g'), { recursive: true });
    await bench.git('--git-dir', 'build/g', 'config', 'core.worktree', '../../lib');
    expect(await changedBy(bench, () => bench.write('lib/.git', 'gitdir: ../build/g\n'))).toMatchObject({ config: expect.arrayContaining(['lib: git directory']) });
    expect(await changedBy(bench, () => bench.write('build/g/info/attributes', '*.txt filter=evil\n'))).toEqual({ attributes: ['lib: info/attributes'] });
    await bench.write('lib/.git', 'gitdir: ../nowhere\n');
    expect(Object.keys((await takeEarly(bench)).config)).toContain('lib: git directory');
    await bench.remove('lib');
    expect(Object.keys((await takeEarly(bench)).config)).not.toContain('lib: git directory');
  });

  test('but for what a person does in it every day', async () => {
    const bench = await withSubmodules();
    expect(await changedBy(bench, async () => {
      await bench.git('-C', 'lib', 'checkout', '--quiet', '-b', 'topic');
      await bench.git('-C', 'lib', 'commit', '--quiet', '--allow-empty', '--message', 'Work');
      await bench.git('-C', 'lib', 'config', 'branch.topic.remote', 'origin');
      await bench.write('lib/f.txt', 'edited\n');
    })).toEqual({});
  });
});

describe('what a person does every day does not', () => {
  test('settings of how much is sent, and how fast', async () => {
    const bench = await workshop();
    for (const key of ['http.postBuffer', 'http.version', 'http.https://example.org.lowSpeedTime']) expect(await changedBy(bench, () => bench.git('config', key, '1'))).toEqual({});
  });


  test('fetch, push -u, branches, commits, staging, untracked files', async () => {
    const bench = await workshop({ file: 'x' });
    expect(await changedBy(bench, async () => {
      await bench.git('fetch', '--quiet', 'origin');
      await bench.git('checkout', '--quiet', '-b', 'topic');
      await bench.write('file', 'y');
      await bench.git('add', 'file');
      await bench.git('commit', '--quiet', '--message', 'Work');
      await bench.git('push', '--quiet', '--set-upstream', 'origin', 'topic');
      await bench.write('new/file', 'y');
    })).toEqual({});
  });
});

test('another salt makes every digest another', async () => {
  const bench = await workshop();
  await mkdir(join(bench.root, '.vscode'));
  await writeFile(join(bench.root, '.vscode/tasks.json'), '{}');
  const [one, two] = [await take(bench, 'one'), await take(bench, 'two')];
  expect(Object.keys(one.agents)).toEqual(['.vscode/tasks.json']);
  expect(one.agents['.vscode/tasks.json']).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(one.agents['.vscode/tasks.json']).not.toBe(two.agents['.vscode/tasks.json']);
});
