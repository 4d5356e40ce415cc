import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { bytesOfPath, pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import { UnreadableAnswer, inGitsOrder, indexInfo, parseIdent, parseIndex, parseRawDiff, parseStatus, parseTree, pathsInput, rawDiff, records } from '../../src/domain/porcelain.js';

/** Any name that git can hold in one place: bytes without NUL and slash, nothing special about them. */
const name = fc.uint8Array({ minLength: 1, maxLength: 12 })
  .map((bytes) => bytes.filter((byte) => byte !== 0 && byte !== 0x2f))
  .filter((bytes) => bytes.length > 0)
  .map(pathFromBytes);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/') as RepoPath);
const paths = fc.uniqueArray(path, { maxLength: 8 });
const id = fc.constantFrom(40, 64).chain((length) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length }));
const mode = fc.constantFrom('000000', '100644', '100755', '120000', '160000');

const bytes = (...texts: string[]): Uint8Array => bytesOfPath(texts.map((text) => `${text}\0`).join('') as RepoPath);

describe('round trips, whatever the names', () => {
  test('lists of paths', () => {
    fc.assert(fc.property(paths, (some) => { expect(records(pathsInput(some))).toEqual(some); }));
  });

  test('raw differences', () => {
    fc.assert(fc.property(fc.array(fc.record({ path, oldMode: mode, newMode: mode, oldId: id, newId: id }), { maxLength: 6 }), (entries) => {
      const told = bytes(...entries.flatMap((entry) => [`:${entry.oldMode} ${entry.newMode} ${entry.oldId} ${entry.newId} M`, entry.path]));
      expect(parseRawDiff(told)).toEqual(entries);
      expect(parseRawDiff(rawDiff(entries))).toEqual(entries);
    }));
  });

  test('index lines, with and without letters', () => {
    fc.assert(fc.property(fc.array(fc.record({ path, mode, id, stage: fc.integer({ min: 0, max: 3 }), letter: fc.constantFrom('H', 'h', 'S', 's', 'M', undefined) }), { maxLength: 6 }), (lines) => {
      const told = bytes(...lines.map((line) => `${line.letter === undefined ? '' : `${line.letter} `}${line.mode} ${line.id} ${line.stage}\t${line.path}`));
      expect(parseIndex(told).map(({ line: _, ...parsed }) => parsed)).toEqual(lines);
    }));
  });

  test('index input is what the index answers, but for the stage', () => {
    fc.assert(fc.property(fc.array(fc.record({ path, mode, id }), { maxLength: 6 }), (entries) => {
      expect(records(indexInfo(entries))).toEqual(entries.map((entry) => `${entry.mode} ${entry.id}\t${entry.path}`));
    }));
  });

  test('status records', () => {
    fc.assert(fc.property(paths, (some) => {
      const told = bytes(...some.map((one, at) => (at % 2 === 0 ? `1 .M N... 100644 100644 100644 ${'a'.repeat(40)} ${'a'.repeat(40)} ${one}` : `? ${one}`)));
      const seen = parseStatus(told);
      expect(seen.dirty.map((dirty) => dirty.path)).toEqual(inGitsOrder(some.map((one) => ({ path: one }))).map((one) => one.path));
    }));
  });

  test('tree objects', () => {
    fc.assert(fc.property(fc.array(fc.record({ path: name, mode: fc.constantFrom('100644', '040000') }), { maxLength: 5 }), fc.constantFrom(20, 32), (entries, idBytes) => {
      const content = entries.flatMap((entry) => [...bytesOfPath(`${entry.mode.replace(/^0/, '')} ${entry.path}\0` as RepoPath), ...new Uint8Array(idBytes).fill(0xab)]);
      expect(parseTree(Uint8Array.from(content), idBytes)).toEqual(entries.map((entry) => ({ ...entry, id: 'ab'.repeat(idBytes) })));
    }));
  });
});

test("git's order is the order of bytes, not of characters", () => {
  const order = inGitsOrder(['\u{1f600}', '\uff5e', 'z', 'é', 'Z'].map((one) => ({ path: one as RepoPath }))).map((one) => one.path);
  expect(order).toEqual(['Z', 'z', 'é', '\uff5e', '\u{1f600}']);
});

describe('status headers', () => {
  test('name branch, upstream and distance', () => {
    expect(parseStatus(bytes('# branch.oid 1234', '# branch.head feature/x', '# branch.upstream origin/main', '# branch.ab +2 -3'))).toEqual({
      head: '1234', branch: 'refs/heads/feature/x', upstream: 'origin/main', ahead: 2, behind: 3, dirty: [], ignored: [],
    });
  });

  test('leave out what there is not', () => {
    expect(parseStatus(bytes('# branch.oid (initial)', '# branch.head (detached)'))).toEqual({ dirty: [], ignored: [] });
  });
});

test('a staged deletion whose file still stands is one path', () => {
  const deleted = `1 D. N... 100644 000000 000000 ${'a'.repeat(40)} ${'0'.repeat(40)} kept.txt`;
  expect(parseStatus(bytes(deleted, '? kept.txt')).dirty).toEqual([{ path: 'kept.txt', kind: 'changed', staged: true, unstaged: true, submodule: false }]);
});

test('a rename gives both of its halves', () => {
  const renamed = `2 R. N... 100644 100644 100644 ${'a'.repeat(40)} ${'a'.repeat(40)} R100 new name`;
  expect(parseStatus(bytes(renamed, 'old name')).dirty.map((dirty) => [dirty.path, dirty.staged])).toEqual([['new name', true], ['old name', true]]);
});

test('unmerged, submodule and ignored records', () => {
  const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(40)).join(' ');
  const seen = parseStatus(bytes(`u UU N... 100644 100644 100644 100644 ${ids} both here`, `1 .M SC.. 160000 160000 160000 ${'a'.repeat(40)} ${'a'.repeat(40)} sub`, '! build/'));
  expect(seen.dirty.map(({ path: at, kind, submodule }) => [at, kind, submodule])).toEqual([['both here', 'unmerged', false], ['sub', 'changed', true]]);
  expect(seen.ignored).toEqual(['build']);
});

test('an ident line names a person', () => {
  expect(parseIdent('Ada L. <ada@example.org> 1700000000 +0100')).toEqual({ name: 'Ada L.', email: 'ada@example.org' });
  expect(parseIdent('nobody')).toBeUndefined();
});

test('what is no answer of git is refused', () => {
  expect(() => parseRawDiff(bytes('nonsense', 'a'))).toThrow(/nonsense/);
  expect(() => parseIndex(bytes('nonsense'))).toThrow(/nonsense/);
  expect(() => parseStatus(bytes('nonsense'))).toThrow(/nonsense/);
});

test.each([
  ['a rename without its former name', () => parseStatus(bytes(`2 R. N... 100644 100644 100644 ${'a'.repeat(40)} ${'a'.repeat(40)} R100 new`))],
  ['a changed path without its fields', () => parseStatus(bytes('1 .M N... 100644'))],
  ['an index line without its name', () => parseIndex(bytes(`100644 ${'a'.repeat(40)} 0\t`))],
  ['an index line of an unknown stage', () => parseIndex(bytes(`100644 ${'a'.repeat(40)} 7\tname`))],
  ['a difference that ends before its path', () => parseRawDiff(bytes(`:100644 100755 ${'a'.repeat(40)} ${'b'.repeat(40)} M`))],
  ['a tree that ends within a name', () => parseTree(bytesOfPath('100644 name' as RepoPath), 20)],
  ['a tree that ends within an id', () => parseTree(bytesOfPath('100644 name\0short' as RepoPath), 20)],
])('nothing is guessed from %s', (_, parse) => {
  expect(parse).toThrow(UnreadableAnswer);
});
