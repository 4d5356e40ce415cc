import fc from '../../support/property.js';
import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../../src/domain/documents/frontMatter.js';
import { compileGlob } from '../../../src/domain/globs.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import { conflictProblems, conflictsAmong, undecided } from '../../../src/domain/steering/conflicts.js';
import { loadedPacks, type Steered } from '../../../src/domain/steering/load.js';
import { mayMeet } from '../../../src/domain/steering/meeting.js';
import { MODES } from '../../../src/domain/steering/modes.js';
import type { SteeringPack } from '../../../src/domain/steering/pack.js';

const pack = (id: string, inclusion: SteeringPack['inclusion'], rules: SteeringPack['rules'] = []): SteeringPack =>
  ({ id, title: id, inclusion, rules, path: `docs/steering/${id}.md` as RepoPath, body: '' });
const steered = (changes: Partial<Steered> = {}): Steered => ({ paths: [], patterns: [], words: 'Fix the login page bugfix', named: [], ...changes });
const ids = (packs: readonly SteeringPack[], by: Steered): string[] => loadedPacks(packs, by).map((loaded) => loaded.pack.id);

const PACKS = [
  pack('product', { mode: 'manual' }),
  pack('security', { mode: 'always' }),
  pack('structure', { mode: 'auto', description: 'How logins and folders are laid out' }),
  pack('tech', { mode: 'fileMatch', fileMatch: ['src/**'] }),
  pack('testing', { mode: 'fileMatch', fileMatch: ['**/*.test.ts'] }),
];

describe('packs are loaded', () => {
  it('always; where a path matches; where the ticket speaks of it; and where the ticket names it: in this order', () => {
    expect(ids(PACKS, steered())).toEqual(['security', 'structure']);
    const all = steered({ paths: ['src/a.test.ts' as RepoPath], named: ['docs/steering/product.md' as RepoPath] });
    expect(ids(PACKS, all)).toEqual(['security', 'tech', 'testing', 'structure', 'product']);
    expect(loadedPacks(PACKS, all).map(({ why }) => why)).toEqual(['always', 'src/a.test.ts matches', 'src/a.test.ts matches', 'the ticket speaks of login', 'the ticket names it']);
  });

  it('by what a ticket may touch, before anything is touched', () => {
    expect(ids(PACKS, steered({ words: '', patterns: ['src/parser/**'] }))).toEqual(['security', 'tech', 'testing']);
    expect(ids(PACKS, steered({ words: '', patterns: ['docs/*.md'] }))).toEqual(['security']);
  });

  it('the same, in whatever order they are found', () => {
    const some = fc.array(fc.record({ id: fc.stringMatching(/^[a-z]{1,4}$/), mode: fc.constantFrom(...MODES) }), { maxLength: 8 });
    fc.assert(fc.property(some.chain((made) => fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }))), ([made, shuffled]) => {
      const packs = (shapes: typeof made): SteeringPack[] => shapes.filter(({ id }, at) => made.findIndex((other) => other.id === id) === made.indexOf(shapes[at]!))
        .map(({ id, mode }) => pack(id, { mode, fileMatch: ['**'], description: 'login' }));
      const by = steered({ paths: ['a' as RepoPath] });
      const order = loadedPacks(packs(made), by);
      expect(loadedPacks(packs(shuffled), by)).toEqual(order);
      const ranks = order.map((loaded) => MODES.indexOf(loaded.pack.inclusion.mode));
      expect(ranks).toEqual([...ranks].sort());
    }));
  });
});

describe('two patterns may meet', () => {
  it.each([
    ['src/**', 'src/a/**', true], ['src/', '**/*.ts', true], ['a.ts', '**/a.ts', true], ['src/*.css', '**/*.ts', false],
    ['docs/**', 'src/**', false], ['src/[ab].ts', 'src/{c,d}.ts', true], ['a\\*.ts', 'a*', true],
  ])('%s and %s: %s', (one, other, meet) => {
    expect([mayMeet(one, other), mayMeet(other, one)]).toEqual([meet, meet]);
  });

  it('whenever one path matches both', () => {
    const parts = fc.array(fc.constantFrom('src', 'a.ts', '*', '**', '*.ts', 'a', '?', '{a,src}'), { minLength: 1, maxLength: 4 });
    const paths = fc.array(fc.constantFrom('src', 'a.ts', 'a', 'b.ts'), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(parts, parts, fc.array(paths, { minLength: 1, maxLength: 10 }), (a, b, some) => {
      const [one, other] = [a.join('/'), b.join('/')];
      if (some.some((path) => compileGlob(one)(path.join('/')) && compileGlob(other)(path.join('/')))) expect(mayMeet(one, other)).toBe(true);
    }), { numRuns: 2000 });
  });
});

describe('packs that set a rule differently', () => {
  const strict = pack('a', { mode: 'always' }, [{ key: 'errors.style', value: 'throw' }, { key: 'lines', value: 80 }]);
  const lax = pack('b', { mode: 'manual' }, [{ key: 'errors.style', value: 'return' }, { key: 'lines', value: 80 }]);

  it('are in conflict about that rule, and about no other', () => {
    expect(conflictsAmong([strict, lax]).map(({ key }) => key)).toEqual(['errors.style']);
    expect(conflictsAmong([strict])).toEqual([]);
  });

  it('until a decision names the rule; a longer name is another rule', () => {
    const conflicts = conflictsAmong([strict, lax]);
    expect(undecided(conflicts, ['We keep errors.style as it is: throw.'])).toEqual([]);
    expect(undecided(conflicts, ['For errors.style, throw.'])).toEqual([]);
    expect(undecided(conflicts, ['errors.style.inner is throw.', 'my-errors.style is', 'errors_style'])).toHaveLength(1);
  });

  it('are an error where both are always loaded, and a warning where they may never meet', () => {
    const placed = (): { file: string } => ({ file: 'b.md' });
    expect(conflictProblems([strict, lax], placed).map(({ severity }) => severity)).toEqual(['warning']);
    expect(conflictProblems([strict, { ...lax, inclusion: { mode: 'always' } }], placed).map(({ severity }) => severity)).toEqual(['error']);
  });
});

describe('front matter', () => {
  it('stands between the first line and the next of three dashes, whatever ends the lines', () => {
    expect(splitFrontMatter('---\r\nid: a\r\n---\r\nText\r\n---\r\n')).toEqual({ ok: true, head: '---\r\nid: a\r\n', body: 'Text\r\n---\r\n' });
    expect(splitFrontMatter('---\nid: a\n---')).toEqual({ ok: true, head: '---\nid: a\n', body: '' });
  });

  it('is missing, or never closed', () => {
    expect(splitFrontMatter('# Text\n---\n')).toEqual({ ok: false, fault: 'missing' });
    expect(splitFrontMatter('---\nid: a\n ---\n')).toEqual({ ok: false, fault: 'open' });
  });

  it('and body hold every character of the text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('---', '\n', '\r\n', 'a', ' '), { maxLength: 12 }).map((parts) => `---\n${parts.join('')}`), (text) => {
      const split = splitFrontMatter(text);
      if (split.ok) expect(text.startsWith(split.head) && text.endsWith(split.body)).toBe(true);
    }));
  });
});
