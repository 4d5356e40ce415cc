import { describe, expect, test } from 'vitest';
import { commitCommands } from '../../src/domain/commitCommands.js';
import { planInstall, type Standing } from '../../src/domain/install.js';
import { BLOCK_BEGIN, BLOCK_END } from '../../src/domain/managedBlock.js';
import { emptyManifest, type Manifest } from '../../src/domain/manifest.js';
import { readManifest } from '../../src/domain/manifestReading.js';
import { MANIFEST_PATH } from '../../src/domain/ownFiles.js';
import { ownPath, type RepoPath } from '../../src/domain/paths.js';
import { planRemoval } from '../../src/domain/removal.js';
import { chooseSetup, type Sighting } from '../../src/domain/setup.js';
import { detectStack } from '../../src/domain/stack.js';

const BLOCK = `${BLOCK_BEGIN}\nours\n${BLOCK_END}`;
const AGENTS = ownPath('AGENTS.md');
const NOTE = ownPath('agent/NOTE.md');
const SCAFFOLD = [{ path: AGENTS, text: `# Map\n\n${BLOCK}\n` }, { path: NOTE, text: 'note\n' }];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (text: string): Standing => ({ kind: 'file', bytes: bytes(text) });

type Tree = Map<RepoPath, Standing>;
/** What `init` finds of an earlier one. */
function manifestIn(tree: Tree): Manifest | undefined {
  const found = tree.get(MANIFEST_PATH);
  return found?.kind === 'file' ? readManifest(Buffer.from(found.bytes).toString()) : emptyManifest();
}
const plan = (standing: Tree, version = '1.0.0') => planInstall({ scaffold: SCAFFOLD, standing, manifest: manifestIn(standing), version });
const actions = (standing: Tree): Record<string, string> => Object.fromEntries(plan(standing).files.map(({ path, action }) => [path, action]));

/** The tree after the plan was carried out, or only its first steps. */
function after(standing: Tree, steps = Infinity): Tree {
  const result = new Map(standing);
  for (const { path, content } of plan(standing).files.slice(0, steps)) if (content !== undefined) result.set(path, { kind: 'file', bytes: content });
  return result;
}

describe('planning an installation', () => {
  test('an empty tree gets everything, the manifest last', () => {
    expect(plan(new Map()).files.map(({ path, action }) => [path, action])).toEqual([[AGENTS, 'create'], [NOTE, 'create'], [MANIFEST_PATH, 'create']]);
  });

  test('a second run plans nothing', () => {
    expect(new Set(Object.values(actions(after(new Map()))))).toEqual(new Set(['same']));
    const merged = after(new Map([[AGENTS, file('# Mine\n')]]));
    expect(new Set(Object.values(actions(merged)))).toEqual(new Set(['same']));
  });

  test.each([1, 2, 3])('a run that was cut short after %i files is completed by the next', (steps) => {
    for (const start of [new Map<RepoPath, Standing>(), new Map([[AGENTS, file('# Mine')]])]) {
      expect(after(after(start, steps))).toEqual(after(start));
    }
  });

  test("somebody else's AGENTS.md gets the block, and only that is ours", () => {
    const tree = after(new Map([[AGENTS, file('# Mine\r\n')]]));
    const agents = tree.get(AGENTS) as Extract<Standing, { kind: 'file' }>;
    expect(Buffer.from(agents.bytes).toString()).toBe(`# Mine\r\n\r\n${BLOCK.replaceAll('\n', '\r\n')}\r\n`);
    const manifest = tree.get(MANIFEST_PATH) as Extract<Standing, { kind: 'file' }>;
    expect(readManifest(Buffer.from(manifest.bytes).toString())?.files.find(({ path }) => path === AGENTS)).toMatchObject({ kind: 'block', pristine: BLOCK });
  });

  test('what was edited is kept, and stays in the manifest as it was', () => {
    const tree = after(new Map());
    const edited = new Map([...tree, [NOTE, file('mine now\n')] as const]);
    expect(actions(edited)).toEqual({ [AGENTS]: 'same', [NOTE]: 'keep', [MANIFEST_PATH]: 'same' });
    expect(plan(edited).files.find(({ path }) => path === NOTE)?.why).toBe('it was edited');
  });

  test('what was there before is kept and is not ours', () => {
    const tree = new Map([[NOTE, file('older\n')]]);
    expect(plan(tree).files.find(({ path }) => path === NOTE)).toMatchObject({ action: 'keep', why: 'it was here before' });
    const manifest = after(tree).get(MANIFEST_PATH) as Extract<Standing, { kind: 'file' }>;
    expect(readManifest(Buffer.from(manifest.bytes).toString())?.files.map(({ path }) => path)).toEqual([AGENTS]);
  });

  test('a newer template does not touch what stands: that is for an upgrade', () => {
    const tree = after(new Map());
    const newer = planInstall({ scaffold: [{ path: NOTE, text: 'newer\n' }], standing: tree, manifest: manifestIn(tree), version: '2.0.0' });
    expect(newer.files.map(({ action }) => action)).toEqual(['same', 'same']);
  });

  test('git may have turned the line endings around', () => {
    const tree = after(new Map());
    expect(actions(new Map([...tree, [NOTE, file('note\r\n')] as const]))[NOTE]).toBe('same');
  });

  test.each([
    ['a broken block', AGENTS, file(`a\n${BLOCK_BEGIN}\n`), 'agents-block-broken'],
    ['a doubled block', AGENTS, file(`${BLOCK}\n${BLOCK}\n`), 'agents-block-broken'],
    ['a file that is no text', AGENTS, file('\0'), 'scaffold-blocked'],
    ['a directory in the way', NOTE, { kind: 'blocked', found: 'a directory stands there' } as const, 'scaffold-blocked'],
    ['a manifest that is none', MANIFEST_PATH, file('{'), 'manifest-broken'],
    ['a manifest that names a path outside', MANIFEST_PATH, file('{"schema_version":1,"files":[{"path":"../x","kind":"file","version":"1","pristine":""}]}'), 'manifest-broken'],
  ])('%s is refused', (_, path, standing, code) => {
    const { files, refusals } = plan(new Map([[path, standing]]));
    expect(refusals.map((refusal) => refusal.code)).toEqual([code]);
    expect(files.find((planned) => planned.path === path)?.action).toBe('refuse');
  });

  test('a broken block is refused with its line', () => {
    const [refusal] = plan(new Map([[AGENTS, file(`one\ntwo\n${BLOCK_END}\n`)]])).refusals;
    expect(refusal?.place).toMatchObject({ file: 'AGENTS.md', line: 3 });
  });
});

describe('planning a removal', () => {
  const removal = (tree: Tree): Record<string, string> => {
    const manifest = readManifest(textAt(tree, MANIFEST_PATH))!;
    const now = new Map([...tree].flatMap(([path, found]) => (found.kind === 'file' ? [[path, found.bytes] as const] : [])));
    return Object.fromEntries(planRemoval(manifest, now).map(({ path, action, content }) => [path, content === undefined ? action : Buffer.from(content).toString()]));
  };
  const textAt = (tree: Tree, path: RepoPath): string => Buffer.from((tree.get(path) as Extract<Standing, { kind: 'file' }>).bytes).toString();

  test('what is as it was goes', () => {
    expect(removal(after(new Map()))).toEqual({ [AGENTS]: 'remove', [NOTE]: 'remove' });
  });

  test('what was edited stays; of our own AGENTS.md only the block goes', () => {
    const tree = after(new Map());
    const edited = new Map([...tree, [NOTE, file('mine\n')] as const, [AGENTS, file(`# My map\n\n${BLOCK}\n`)] as const]);
    expect(removal(edited)).toEqual({ [AGENTS]: '# My map\n', [NOTE]: 'keep' });
  });

  test('an edited block stays, and what is gone is gone', () => {
    const tree = after(new Map([[AGENTS, file('# Mine\n')]]));
    const changed = new Map([...tree, [AGENTS, file(`# Mine\n\n${BLOCK.replace('ours', 'edited')}\n`)] as const]);
    changed.delete(NOTE);
    expect(removal(changed)).toEqual({ [AGENTS]: 'keep', [NOTE]: 'gone' });
  });
});

describe('choosing a setup', () => {
  const seen = (told: Partial<Sighting>): Sighting => ({ branch: 'main', remotes: [], identified: true, stack: detectStack({}), ...told });
  const chosen = (sighting: Partial<Sighting>, wishes = {}) => {
    const verdict = chooseSetup(seen(sighting), wishes);
    return verdict.ok ? verdict.value : verdict.refusals.map(({ code, message }) => ({ code, message }));
  };

  test('with a remote, work is pushed; without one, committed; and what is unknown is said', () => {
    expect(chosen({ remotes: ['origin'] })).toMatchObject({ setup: { mode: 'commit-push', remote: 'origin', branches: ['**'] } });
    expect(chosen({})).toMatchObject({ setup: { mode: 'commit' } });
    expect(chosen({})).toMatchObject({ unknown: expect.arrayContaining([{ what: 'remote', why: 'no remote is configured' }, { what: 'upstream', why: 'main has none' }]) });
  });

  test("the upstream's remote is likelier than origin, and of several others none is likely", () => {
    expect(chosen({ remotes: ['origin', 'fork'], upstream: { remote: 'fork', ref: 'refs/heads/main' } })).toMatchObject({ setup: { remote: 'fork' } });
    expect(chosen({ remotes: ['a', 'b'] })).toMatchObject({ setup: { mode: 'commit' }, unknown: expect.arrayContaining([expect.objectContaining({ what: 'remote' })]) });
  });

  test('what the person says counts', () => {
    expect(chosen({ remotes: ['origin', 'fork'] }, { delivery: 'none', branch: 'release/*', remote: 'fork', prove: ' make check ' }))
      .toMatchObject({ setup: { mode: 'none', remote: 'fork', branches: ['release/*'], stack: { test: 'make check' } } });
  });

  test('every flag that cannot be used is named at once', () => {
    const refusals = chosen({ remotes: ['origin'] }, { branch: '/x', remote: 'orign', prove: 'a\nb' });
    expect(refusals).toHaveLength(3);
    expect(refusals).toContainEqual({ code: 'init-value-invalid', message: '--remote orign cannot be used: this repository has no such remote; perhaps origin was meant.' });
  });
});

describe('the commands that commit the scaffold', () => {
  const paths = [ownPath('AGENTS.md'), ownPath('a b')];

  test('name every path, remote and branch', () => {
    expect(commitCommands(paths, { branch: 'main', remote: 'origin', upstream: { remote: 'origin', ref: 'refs/heads/main' } })).toEqual([
      "git add -- AGENTS.md 'a b'",
      "git commit --only -m 'Set up cxw' -- AGENTS.md 'a b'",
      'git push origin main',
    ]);
  });

  test('give a branch its own upstream rather than push it over another', () => {
    expect(commitCommands(paths, { branch: 'topic', remote: 'origin', upstream: { remote: 'origin', ref: 'refs/heads/main' } }).at(-1)).toBe('git push --set-upstream origin topic');
  });

  test('ask for a branch where there is none', () => {
    expect(commitCommands(paths, { remote: 'origin' })).toEqual([
      'git switch --create BRANCH',
      "git add -- AGENTS.md 'a b'",
      "git commit --only -m 'Set up cxw' -- AGENTS.md 'a b'",
    ]);
  });

  test('are none when nothing is to be committed', () => {
    expect(commitCommands([], { branch: 'main', remote: 'origin' })).toEqual([]);
  });
});
