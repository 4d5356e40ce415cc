import { chmod, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { init } from '../../src/verbs/init.js';
import { uninstall } from '../../src/verbs/uninstall.js';
import { upgrade, type UpgradeRequest } from '../../src/verbs/upgrade.js';
import { openTexts } from '../../src/world/git/texts.js';
import { openRunner } from '../../src/world/git/runner.js';
import { setting } from '../support/setting.js';
import { workshop, type Workshop } from '../support/workshop.js';

type Version = '0.0.1' | '0.0.2' | 'now';

const RELEASES = resolve(import.meta.dirname, '../fixtures/templates');

/** The world with the templates of a release that was, or of now. */
async function at(bench: Workshop, version: Version) {
  const world = await setting(bench);
  const git = { ...world.git, texts: openTexts(openRunner(bench.root, bench.env), world.places) };
  const ledger = { tickets: async () => [], claims: async () => ({ facts: [], head: '' }) } as never;
  return { ...world, git, ledger, assets: version === 'now' ? world.assets : { ...world.assets, version, templates: () => templatesOf(version) } };
}

async function templatesOf(version: Version) {
  const folder = join(RELEASES, version);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(files.map(async (file) => ({ path: relative(folder, file), content: await readFile(file) })));
}

/** A repository that `version` was set up in and that committed it. */
async function setUp(version: Version, files: Record<string, string> = {}, packs: string[] = []): Promise<Workshop> {
  const bench = await workshop({ 'README.md': '# Workshop\n', ...files });
  await init(await at(bench, version), { dryRun: false, packs, prove: 'npm test' });
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'Set up');
  return bench;
}

const run = async (bench: Workshop, version: Version, request: Partial<UpgradeRequest> = {}) =>
  upgrade(await at(bench, version), { dryRun: false, check: false, ...request });

const actionsOf = ({ data }: Awaited<ReturnType<typeof run>>): Record<string, string> =>
  Object.fromEntries(data.files.map(({ path, action }) => [path, action]));

const kept = async (bench: Workshop): Promise<Record<string, string>> => Object.fromEntries(
  await Promise.all((await bench.git('ls-files', '--cached', '--others', '--exclude-standard')).split('\n').map(async (path) => [path, await bench.read(path).catch(() => 'gone')] as const)));

describe('from 0.0.1 to 0.0.2', () => {
  test('what nobody edited is replaced, a new file comes, one without a template goes, and the choices made then stay', async () => {
    const bench = await setUp('0.0.1');
    const outcome = await run(bench, '0.0.2');
    expect(actionsOf(outcome)).toMatchObject({ 'AGENTS.md': 'update', '.cxw/policy.yaml': 'update', 'agent/STATE.md': 'update', 'docs/steering.md': 'create', 'docs/habits.md': 'remove' });
    expect(await bench.read('.cxw/policy.yaml')).toContain('test: npm test');
    expect(await bench.read('docs/steering.md')).toContain('What to load first');
    expect(await bench.git('log', '--format=%s')).not.toContain('Upgrade');
    expect(outcome.next.at(-1)).toContain("commit --only -m 'Upgrade cxw'");
  });

  test('of packs, only what belongs to one that is there comes', async () => {
    const bench = await setUp('0.0.1', {}, ['sdd']);
    const actions = actionsOf(await run(bench, '0.0.2'));
    expect(actions).toMatchObject({ 'docs/architecture.md': 'update', 'docs/domain-model.md': 'create' });
    expect(actions).not.toHaveProperty('docs/review.md');
    expect(actionsOf(await run(await setUp('0.0.1'), '0.0.2'))).not.toHaveProperty('docs/domain-model.md');
  });

  test('the commands that it names commit exactly what it wrote', async () => {
    const bench = await setUp('0.0.1');
    await bench.write('mine.txt', 'my own\n');
    const { next } = await run(bench, '0.0.2');
    for (const command of next) await bench.git(...command.replace(/^git /, '').replace("'Upgrade cxw'", 'Upgrade').split(' '));
    expect(await bench.git('status', '--porcelain')).toBe('?? mine.txt');
  });

  test('a second run finds nothing to do, and writes nothing', async () => {
    const bench = await setUp('0.0.1');
    await run(bench, '0.0.2');
    const before = await kept(bench);
    const again = await run(bench, '0.0.2');
    expect(again).toMatchObject({ ending: 'done', next: [] });
    expect(new Set(Object.values(actionsOf(again)))).toEqual(new Set(['same']));
    expect(await kept(bench)).toEqual(before);
  });

  test('--dry-run shows the plan, --check says it by its exit, and neither writes', async () => {
    const bench = await setUp('0.0.1');
    const before = await kept(bench);
    expect(await run(bench, '0.0.2', { dryRun: true })).toMatchObject({ ending: 'done', next: ['cxw upgrade'] });
    expect(await run(bench, '0.0.2', { check: true })).toMatchObject({ ending: 'refused', problems: [{ code: 'upgrade-waiting' }] });
    expect(await kept(bench)).toEqual(before);
    await run(bench, '0.0.2');
    expect(await run(bench, '0.0.2', { check: true })).toMatchObject({ ending: 'done' });
  });
});

describe('an edit survives', () => {
  const SITUATIONS: [string, { path: string; edit: (text: string) => string; action: string; holds: string[]; copy?: string }][] = [
    ['in other lines than the template changed', { path: 'agent/PATHS.md', edit: (text) => text.replace('one', 'one, mine'), action: 'merge', holds: ['one, mine', 'seven, and more'] }],
    ['as lines that were added', { path: 'AGENTS.md', edit: (text) => `${text}\nMine at the end.\n`, action: 'merge', holds: ['Mine at the end.', '- lint:'] }],
    ['as a block of ours that was moved to the top', { path: 'AGENTS.md', edit: moveBlockUp, action: 'conflict', holds: ['cxw:begin'] }],
    ['in the same lines as the template', { path: 'agent/STATE.md', edit: (text) => text.replace('What is true now.', 'My own words.'), action: 'conflict', holds: ['My own words.'] }],
    ['in a file whose template is gone', { path: 'docs/habits.md', edit: (text) => `${text}Mine.\n`, action: 'keep', holds: ['Mine.', 'Old habits'] }],
    ['that made the file empty', { path: 'agent/STATE.md', edit: () => '', action: 'conflict', holds: [''] }],
    ['that is what the template brings', { path: 'agent/STATE.md', edit: (text) => text.replace('now.', 'now, in ten lines.'), action: 'same', holds: ['now, in ten lines.'] }],
    ['with CRLF line endings, unedited', { path: 'agent/STATE.md', edit: (text) => text.replaceAll('\n', '\r\n'), action: 'update', holds: ['ten lines.\r\n'] }],
    ['with CRLF line endings and an edit', { path: 'agent/PATHS.md', edit: (text) => text.replace('one', 'one, mine').replaceAll('\n', '\r\n'), action: 'merge', holds: ['one, mine\r\n', 'seven, and more\r\n'] }],
    ['with line endings of both kinds', { path: 'agent/PATHS.md', edit: (text) => text.replace('one\n', 'one, mine\r\n'), action: 'conflict', holds: ['one, mine\r\n'], copy: 'one, mine\r\ntwo\n' }],
    ['in bytes that are no UTF-8', { path: 'agent/PATHS.md', edit: (text) => text.replace('one', 'caf\u00e9'), action: 'merge', holds: ['caf', 'seven, and more'] }],
    ['that made it no text', { path: 'agent/PATHS.md', edit: (text) => `${text}\0`, action: 'keep', holds: ['seven\n\0'] }],
    ['behind a byte order mark', { path: 'agent/PATHS.md', edit: (text) => `\ufeff${text.replace('two', 'mine')}`, action: 'merge', holds: ['\u00ef\u00bb\u00bf# Paths', 'mine', 'seven, and more'] }],
    ['that holds what looks like a conflict', { path: 'agent/PATHS.md', edit: (text) => text.replace('one\n', '<<<<<<< mine\none\n=======\nuno\n>>>>>>> theirs\n'), action: 'merge', holds: ['<<<<<<< mine\none\n=======\nuno\n>>>>>>> theirs\n', 'seven, and more'] }],
    ['without a newline at the end', { path: 'agent/PATHS.md', edit: (text) => text.replace('one', 'mine').trimEnd(), action: 'conflict', holds: ['mine', 'seven'] }],
  ];

  test.each(SITUATIONS)('%s', async (_, { path, edit, action, holds, copy }) => {
    const bench = await setUp('0.0.1');
    const edited = edit(await bench.read(path));
    await bench.write(path, Buffer.from(edited, edited.includes('caf') ? 'latin1' : 'utf8'));
    const before = await readFile(join(bench.root, path));
    const outcome = await run(bench, '0.0.2');
    expect(actionsOf(outcome)[path]).toBe(action);
    const after = await readFile(join(bench.root, path));
    for (const text of holds) expect(after.toString('latin1')).toContain(text);
    if (action === 'conflict' || action === 'keep') expect(after.equals(before)).toBe(true);
    if (action !== 'conflict') return;
    expect(outcome).toMatchObject({ ending: 'waiting', problems: [{ code: 'upgrade-conflicts' }] });
    expect(await bench.read(`${path}.cxw-merge`)).toContain(copy ?? '<<<<<<< yours');
  });

  test('and a conflict is told once: the file as the person leaves it is the one that counts', async () => {
    const bench = await setUp('0.0.1');
    await bench.write('agent/STATE.md', '# State\n\nMy own words.\n');
    await run(bench, '0.0.2');
    const again = await run(bench, '0.0.2');
    expect(again).toMatchObject({ ending: 'done', problems: [{ code: 'merge-copies-left' }] });
    await bench.remove('agent/STATE.md.cxw-merge');
    expect(await run(bench, '0.0.2')).toMatchObject({ ending: 'done', problems: [] });
    expect(await bench.read('agent/STATE.md')).toContain('My own words.');
  });
});

describe('what a person arranged stays', () => {
  test('a file that was deleted stays deleted', async () => {
    const bench = await setUp('0.0.1');
    await bench.remove('agent/STATE.md');
    expect(actionsOf(await run(bench, '0.0.2'))['agent/STATE.md']).toBe('keep');
    await expect(bench.read('agent/STATE.md')).rejects.toThrow(/ENOENT/);
  });

  test('a file that was renamed stays where it is, and is theirs', async () => {
    const bench = await setUp('0.0.1');
    await bench.git('mv', 'agent/STATE.md', 'agent/NOW.md');
    expect(actionsOf(await run(bench, '0.0.2'))['agent/STATE.md']).toBe('keep');
    expect(await bench.read('agent/NOW.md')).toContain('What is true now.');
  });

  test('a file of their own that stands where a new template wants to lie is not touched', async () => {
    const bench = await setUp('0.0.1', { 'docs/steering.md': 'Mine.\n' });
    expect(actionsOf(await run(bench, '0.0.2'))['docs/steering.md']).toBe('keep');
    expect(await bench.read('docs/steering.md')).toBe('Mine.\n');
  });

  test('a link, or a directory, in the place of a file is not followed', async () => {
    const bench = await setUp('0.0.1');
    await bench.remove('agent/STATE.md');
    await bench.link('agent/STATE.md', '../README.md');
    await bench.remove('agent/PATHS.md');
    await bench.write('agent/PATHS.md/inside', 'x');
    expect(actionsOf(await run(bench, '0.0.2'))).toMatchObject({ 'agent/STATE.md': 'keep', 'agent/PATHS.md': 'keep' });
    expect(await bench.read('README.md')).toBe('# Workshop\n');
  });

  test("in an AGENTS.md of their own only the managed block changes, wherever they moved it", async () => {
    const bench = await setUp('0.0.1', { 'AGENTS.md': '# Mine\r\n\r\nMy rules.\r\n' });
    await bench.write('AGENTS.md', moveBlockUp(await bench.read('AGENTS.md')));
    expect(actionsOf(await run(bench, '0.0.2'))['AGENTS.md']).toBe('update');
    const text = await bench.read('AGENTS.md');
    expect(text).toContain('`cxw` checks and delivers it.\r\n<!-- cxw:end -->');
    expect(text).toContain('My rules.\r\n');
  });

  test('an edited managed block is merged or shown beside; a doubled marker is told with its line', async () => {
    const bench = await setUp('0.0.1', { 'AGENTS.md': '# Mine\n' });
    const text = await bench.read('AGENTS.md');
    await bench.write('AGENTS.md', text.replace('Work here goes by tickets.', 'Work here goes as I say.'));
    expect(await run(bench, '0.0.2')).toMatchObject({ ending: 'waiting' });
    await bench.write('AGENTS.md', `${text}\n<!-- cxw:begin -->\n`);
    expect(await run(bench, 'now')).toMatchObject({ ending: 'refused', problems: [{ code: 'agents-block-broken', place: { file: 'AGENTS.md' } }] });
  });

  test('the mode of a file, and that nobody may write it', async () => {
    const bench = await setUp('0.0.1');
    await chmod(join(bench.root, 'agent/PATHS.md'), 0o755);
    await chmod(join(bench.root, 'agent/STATE.md'), 0o444);
    expect(actionsOf(await run(bench, '0.0.2'))).toMatchObject({ 'agent/PATHS.md': 'update', 'agent/STATE.md': 'update' });
    const modes = await Promise.all(['agent/PATHS.md', 'agent/STATE.md'].map(async (path) => (await stat(join(bench.root, path))).mode & 0o777));
    expect(modes).toEqual([0o755, 0o444]);
  });

  test('what is staged stays staged, byte for byte', async () => {
    const bench = await setUp('0.0.1');
    await bench.write('agent/PATHS.md', (await bench.read('agent/PATHS.md')).replace('one', 'mine'));
    await bench.git('add', 'agent/PATHS.md');
    const staged = await bench.git('ls-files', '--stage');
    const outcome = await run(bench, '0.0.2');
    expect(actionsOf(outcome)['agent/PATHS.md']).toBe('merge');
    expect(await bench.git('ls-files', '--stage')).toBe(staged);
    expect(outcome.next.join('\n')).not.toContain('PATHS.md');
  });

  test('what git ignores is upgraded, and not put into the commands', async () => {
    const bench = await setUp('0.0.1', { '.gitignore': 'agent/\n' });
    const outcome = await run(bench, '0.0.2');
    expect(actionsOf(outcome)['agent/STATE.md']).toBe('update');
    expect(outcome.next.join('\n')).not.toContain('agent');
    for (const command of outcome.next) await bench.git(...command.replace(/^git /, '').replace("'Upgrade cxw'", 'Upgrade').split(' '));
    expect(await bench.git('status', '--porcelain')).toBe('');
  });

  test('edits that are not committed are not put into the commands that commit the upgrade', async () => {
    const bench = await setUp('0.0.1');
    await bench.write('agent/PATHS.md', (await bench.read('agent/PATHS.md')).replace('one', 'mine'));
    const { next, problems } = await run(bench, '0.0.2');
    expect(problems.map(({ code }) => code)).toEqual(['scaffold-mixed']);
    expect(next.join('\n')).not.toContain('PATHS.md');
  });
});

test.each<[Version, Version]>([['0.0.1', 'now'], ['0.0.2', 'now']])('%s becomes %s, and a run that was cut short is completed by the next one', async (from, to) => {
  const bench = await setUp(from);
  const manifest = await bench.read('.cxw/manifest.json');
  await run(bench, to);
  const whole = await kept(bench);
  await bench.write('.cxw/manifest.json', manifest);
  await bench.remove('tickets/templates/quick.yaml');
  expect(await run(bench, to)).toMatchObject({ ending: 'done' });
  expect(await kept(bench)).toEqual(whole);
});

test('killed before any of its writes, it is completed by the next run, and no edit is lost', async () => {
  const edited = async (): Promise<Workshop> => {
    const bench = await setUp('0.0.1');
    await bench.write('agent/PATHS.md', (await bench.read('agent/PATHS.md')).replace('one', 'mine'));
    await bench.write('agent/STATE.md', '# State\n\nMy own words.\n');
    return bench;
  };
  const whole = await edited();
  await run(whole, '0.0.2');
  const bench = await edited();
  const world = await at(bench, '0.0.2');
  for (let left = 0, isKilled = true; isKilled; left += 1) {
    let more = left;
    const dying = <A extends unknown[], R>(write: (...args: A) => R) => (...args: A): R => {
      if (more-- === 0) throw new Error('killed');
      return write(...args);
    };
    const { write, create, remove } = world.files;
    const files = { ...world.files, write: dying(write), create: dying(create), remove: dying(remove) };
    isKilled = await upgrade({ ...world, files }, { dryRun: false, check: false }).then(() => false, (error: Error) => error.message === 'killed');
    expect(await bench.read('agent/PATHS.md')).toContain('mine');
    expect(await bench.read('agent/STATE.md')).toBe('# State\n\nMy own words.\n');
  }
  expect(await kept(bench)).toEqual(await kept(whole));
});

test('taking cxw away after an upgrade leaves exactly what it says, byte for byte', async () => {
  const bench = await setUp('0.0.1', { 'AGENTS.md': '# Mine\n' }, ['sdd']);
  await bench.write('agent/PATHS.md', (await bench.read('agent/PATHS.md')).replace('one', 'mine'));
  await bench.write('agent/STATE.md', '# State\n\nMy own words.\n');
  await run(bench, '0.0.2');
  const before = await kept(bench);
  const outcome = await uninstall(await at(bench, '0.0.2'), { dryRun: false, purge: false, inDelivery: [] });
  const told = new Map(outcome.data.files.map(({ path, action }) => [path, action]));
  expect(outcome.problems).toMatchObject([{ code: 'merge-copies-left', facts: { copies: ['agent/STATE.md.cxw-merge'] } }]);
  expect([...told].filter(([, action]) => action === 'keep').map(([path]) => path)).toEqual(['agent/PATHS.md', 'agent/STATE.md']);
  for (const [path, text] of Object.entries(before)) {
    const left = await bench.read(path).catch(() => 'gone');
    const wanted = path === 'AGENTS.md' ? '# Mine\n' : told.get(path) === 'remove' || path === '.cxw/manifest.json' ? 'gone' : text;
    expect(left, path).toBe(wanted);
  }
});

test('files of a newer cxw are left to that one', async () => {
  const bench = await setUp('0.0.2');
  const before = await kept(bench);
  expect(await run(bench, '0.0.1')).toMatchObject({ ending: 'refused', problems: [{ code: 'manifest-newer', commands: ['npm install --save-dev cxw@0.0.2'] }] });
  expect(await kept(bench)).toEqual(before);
});

test('without a manifest, or with a broken one, nothing is written', async () => {
  const bench = await workshop();
  expect(await run(bench, 'now')).toMatchObject({ ending: 'refused', problems: [{ code: 'not-set-up', commands: ['cxw init'] }] });
  await bench.write('.cxw/manifest.json', '{');
  expect(await run(bench, 'now')).toMatchObject({ ending: 'refused', problems: [{ code: 'manifest-broken' }] });
  expect(await bench.git('status', '--porcelain')).toBe('?? .cxw/');
});

test('a manifest that lists what cxw never lays down is not believed: neither upgrade nor uninstall removes it', async () => {
  const bench = await setUp('now', { 'mine.txt': 'mine\n' });
  const manifest = JSON.parse(await bench.read('.cxw/manifest.json')) as { files: object[] };
  await bench.write('.cxw/manifest.json', JSON.stringify({ ...manifest, files: [...manifest.files, { path: 'mine.txt', kind: 'file', version: '0.1.0', pristine: 'mine\n' }] }));
  expect(await run(bench, 'now')).toMatchObject({ ending: 'refused', problems: [{ code: 'manifest-broken' }] });
  expect(await uninstall(await at(bench, 'now'), { dryRun: false, purge: false, inDelivery: [] })).toMatchObject({ ending: 'refused', problems: [{ code: 'manifest-broken' }] });
  expect(await bench.read('mine.txt')).toBe('mine\n');
});

function moveBlockUp(text: string): string {
  const block = /<!-- cxw:begin -->[^]*<!-- cxw:end -->\r?\n?/.exec(text)![0];
  return `${block}${text.replace(block, '')}`;
}
