import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { strays } from '../../src/domain/baseline.js';
import { newConflicts } from '../../src/domain/conflictMarkers.js';
import type { RepoPath } from '../../src/domain/paths.js';
import type { PathIdentity } from '../../src/domain/repository.js';

const file = (path: string, digest: string, more: Partial<PathIdentity> = {}): PathIdentity =>
  ({ path: path as RepoPath, kind: 'file', executable: false, bytes: 3, digest, index: [], staged: false, untracked: true, ...more });
const none = (): boolean => false;

describe('strays', () => {
  test('changed, new and gone paths are named in order', () => {
    const before = [file('a', '1'), file('b', '1'), file('c', '1')];
    const now = [file('c', '2'), file('new', '1'), file('a', '1'), file('b', '', { kind: 'absent', digest: undefined, bytes: 0 })];
    expect(strays(before, now, none)).toEqual(['b', 'c', 'new']);
  });

  test('staging what was dirty already is no stray', () => {
    expect(strays([file('a', '1')], [file('a', '1', { staged: true, untracked: false, index: ['H 100644 1 0'] })], none)).toEqual([]);
  });

  test('an executable bit, and a link in the place of a file, are', () => {
    expect(strays([file('a', '1'), file('b', '1')], [file('a', '1', { executable: true }), file('b', '1', { kind: 'link' })], none)).toEqual(['a', 'b']);
  });

  test('exempt paths are nobody else\'s', () => {
    expect(strays([], [file('src/a', '1'), file('notes', '1')], (path) => path.startsWith('src/'))).toEqual(['notes']);
  });

  test('a path of the baseline that nobody looked at again is not taken on trust', () => {
    expect(strays([file('a', '1')], [], none)).toEqual(['a']);
  });

  test('a look at an unchanged worktree finds nothing, in whatever order it is told', () => {
    const identities = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), digest: fc.string() }), { selector: ({ name }) => name });
    fc.assert(fc.property(identities, (some) => {
      const baseline = some.map(({ name, digest }) => file(name, digest));
      expect(strays(baseline, baseline.toReversed(), none)).toEqual([]);
    }));
  });
});

describe('newConflicts', () => {
  const conflict = '<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> topic\n';

  test('names the line at which a set of markers begins', () => {
    expect(newConflicts(`one\n${conflict}two\n${conflict}`, '')).toEqual([2, 8]);
    expect(newConflicts(`one\r\n${conflict.replaceAll('\n', '\r\n')}`, '')).toEqual([2]);
  });

  test('is silent about what the base held already, and only about that', () => {
    expect(newConflicts(conflict, conflict)).toEqual([]);
    expect(newConflicts(`${conflict}\n${conflict}`, conflict)).toEqual([7]);
  });

  test('a heading underlined by equals signs is no conflict', () => {
    expect(newConflicts('Title\n=======\ntext\n>>>>>>> quoted\n', '')).toEqual([]);
    expect(newConflicts('  <<<<<<< HEAD\n  =======\n  >>>>>>> topic\n', '')).toEqual([]);
  });
});
