import { expect, test } from 'vitest';
import type { Intent } from '../../../src/domain/delivery/intent.js';
import { nextStep, type Sight } from '../../../src/domain/delivery/resume.js';
import { changedInIndex, overlapping, restoredEntries, sharedPaths, unexpectedPaths } from '../../../src/domain/delivery/sets.js';
import { abortRefusals } from '../../../src/domain/delivery/undo.js';
import type { IndexEntry } from '../../../src/domain/facts.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import { freshRun, type Delivery, type Run } from '../../../src/domain/run.js';

const id = (letter: string): string => letter.repeat(40);
const [PARENT, COMMIT, OTHER] = [id('1'), id('2'), id('3')];
const path = 'a' as RepoPath;
const entry = (blob: string, over: Partial<IndexEntry> = {}): IndexEntry => ({ path, mode: '100644', id: id(blob), stage: 0, flags: 'H', ...over });

const intent = {
  mode: 'commit-push', branch: 'refs/heads/main', parent: PARENT, product: [{ path, oldMode: '100644', newMode: '100644', oldId: id('a'), newId: id('b') }],
  memory: [], records: [], priorIndex: [entry('a')], target: { remote: 'origin', ref: 'refs/heads/main', url: 'u' }, hooks: 'run',
} as unknown as Intent;

const running = (delivery: Partial<Delivery>): Run => ({ ...freshRun('T'), delivery: { intent, intentAt: 12, ...delivery } });
const before: Sight = { head: { ref: 'refs/heads/main', id: PARENT }, tip: PARENT, place: 'absent', since: [], index: [entry('a')] };
const at: Sight = { ...before, head: { ref: 'refs/heads/main', id: COMMIT }, tip: COMMIT, place: 'tip', index: [entry('b')] };
const built = { tree: id('t') };
const made = { ...built, prepared: COMMIT };
const done = { ...made, committed: COMMIT };
const pushed = { ...done, pushed: { assigned: true } };
const heard = (tip: string | undefined, contains: boolean | 'unknown'): Sight['remote'] => ({ reached: true, tip, contains });

const told = (run: Run, sight: Sight): string => {
  const next = nextStep(run, sight);
  return next.step === 'refuse' ? next.refusals.map((refusal) => refusal.code).join() : next.step;
};

test.each<[string, Partial<Delivery>, Sight]>([
  ['build', {}, before],
  ['prepare', built, before],
  ['stage', made, before],
  ['move', made, { ...before, index: [entry('b')] }],
  ['acknowledge', made, at],
  ['acknowledge', made, { ...at, place: 'below', tip: OTHER }],
  ['push', done, { ...at, remote: heard(PARENT, false) }],
  ['push', pushed, { ...at, remote: heard(PARENT, false) }],
  ['found', done, { ...at, remote: heard(COMMIT, true) }],
  ['confirm', pushed, { ...at, remote: heard(COMMIT, true) }],
  ['confirm', pushed, { ...before, tip: OTHER, remote: heard(COMMIT, true) }],
  ['finish', { ...pushed, confirmed: { assigned: true } }, { ...at, remote: heard(COMMIT, true) }],
  ['pushed-unconfirmed', pushed, { ...at, remote: { reached: false, said: 'no route' } }],
  ['remote-moved', done, { ...at, remote: heard(OTHER, false) }],
  ['remote-unknown', done, { ...at, remote: heard(OTHER, 'unknown') }],
  ['remote-branch-missing', done, { ...at, remote: heard(undefined, false) }],
  ['branch-moved', done, { ...at, place: 'below', tip: OTHER, remote: heard(PARENT, false) }],
  ['branch-moved', made, { ...before, tip: OTHER }],
  ['branch-moved', done, { ...before, remote: heard(PARENT, false) }],
  ['commit-rewritten', done, { ...before, tip: OTHER, rewritten: { id: OTHER } as Sight['rewritten'], remote: heard(PARENT, false) }],
  ['branch-switched', made, { ...before, head: { ref: 'refs/heads/other', id: PARENT } }],
  ['detached-head', made, { ...before, head: { id: PARENT } }],
  ['operation-in-progress', built, { ...before, operation: 'merge' }],
  ['index-changed', made, { ...before, index: [entry('c')] }],
  ['index-changed', made, { ...before, index: [entry('a', { flags: 'h' })] }],
  ['index-changed', made, { ...before, index: [entry('a'), entry('c', { path: 'a/b' as RepoPath })] }],
])('the next step is %s', (step, delivery, sight) => expect(told(running(delivery), sight)).toBe(step));

test('several reasons stand side by side', () => {
  expect(told(running(made), { ...before, operation: 'rebase', index: [entry('c')], head: { ref: 'refs/heads/other' } })).toBe('branch-switched,operation-in-progress,index-changed');
});

test('a waiver that came after the intent is sealed anew; once committed it is not', () => {
  const waivers = [{ seq: 14 }] as Run['waivers'];
  expect(told({ ...running(made), waivers }, before)).toBe('again');
  expect(told({ ...running(made), waivers }, at)).toBe('acknowledge');
});

test('modes without a push are finished with the commit', () => {
  const local = { ...intent, mode: 'commit', target: undefined } as Intent;
  expect(told(running({ ...done, intent: local }), at)).toBe('finish');
});

test.each<[string, Partial<Delivery>, Sight]>([
  ['', made, before],
  ['', done, { ...at, remote: heard(PARENT, false) }],
  ['already-on-remote', pushed, { ...at, remote: heard(COMMIT, true) }],
  ['remote-unknown', pushed, { ...at, remote: heard(OTHER, 'unknown') }],
  ['pushed-unconfirmed', pushed, { ...at, remote: { reached: false, said: '' } }],
  ['built-upon', done, { ...at, place: 'below', remote: heard(PARENT, false) }],
  ['branch-switched', done, { ...at, head: { ref: 'refs/heads/other' }, remote: heard(PARENT, false) }],
])('undoing is refused with "%s"', (codes, delivery, sight) => {
  expect(abortRefusals(running(delivery), sight).map((refusal) => refusal.code).join()).toBe(codes);
});

test('only entries that still are as the delivery wrote them are put back', () => {
  expect(restoredEntries(intent, [entry('b')])).toEqual([{ path, mode: '100644', id: id('a'), intentToAdd: false }]);
  expect(restoredEntries(intent, [entry('c')])).toEqual([]);
  expect(restoredEntries({ ...intent, priorIndex: [] }, [entry('b')])).toEqual([{ path, mode: '000000', id: '0'.repeat(40) }]);
  expect(restoredEntries({ ...intent, priorIndex: [entry('e', { flags: 'HN' })] }, [entry('b')])).toMatchObject([{ intentToAdd: true }]);
});

test('a path stands in one set, and the tree holds the three sets and nothing else', () => {
  const [change] = intent.product;
  expect(sharedPaths({ product: [change!], memory: [change!], records: [] })).toEqual([path]);
  expect(unexpectedPaths([change!], intent)).toEqual([]);
  expect(unexpectedPaths([], intent)).toEqual([path]);
  expect(unexpectedPaths([change!, { ...change!, path: 'b' as RepoPath }], intent)).toEqual(['b']);
  expect(changedInIndex(intent, [entry('b')])).toEqual([]);
});

test('overlap is by whole path parts', () => {
  const concerns = overlapping(['d/a', 'e'] as RepoPath[]);
  expect(['d/a', 'd', 'd/a/x', 'e/y'].map((one) => concerns(one as RepoPath))).toEqual([true, true, true, true]);
  expect(['d/ab', 'd/b', 'ee', 'x'].map((one) => concerns(one as RepoPath))).toEqual([false, false, false, false]);
});
