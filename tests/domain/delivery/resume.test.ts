import { expect, test } from 'vitest';
import type { Intent } from '../../../src/domain/delivery/intent.js';
import { sameWork } from '../../../src/domain/delivery/instead.js';
import { headRefusals, nextStep, type Containment, type Sight } from '../../../src/domain/delivery/resume.js';
import { changedInIndex, isHidden, isIndexWritten, isPromised, madeFor, onlyStaged, overlapping, restoredEntries, sharedPaths, unexpectedPaths, writtenOver } from '../../../src/domain/delivery/sets.js';
import { abortRefusals } from '../../../src/domain/delivery/undo.js';
import type { IndexEntry } from '../../../src/domain/facts.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import { refuse, type Refusal } from '../../../src/domain/problem.js';
import type { CommitInfo } from '../../../src/domain/repository.js';
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
const heard = (tip: string | undefined, contains: Containment): Sight['remote'] => ({ reached: true, tip, contains });

const altered = (redirects: boolean): Sight['altered'] => ({ redirects, refusals: [refuse('repository-altered', { ticket: 'T', what: 'A hook', names: ['hooks/pre-push'], delivery: 'begun' })] });

const told = (run: Run, sight: Sight): string => {
  const next = nextStep(run, sight);
  return next.step === 'refuse' ? next.refusals.map((refusal) => refusal.code).join() : next.step;
};

test.each<[string, Partial<Delivery>, Sight]>([
  ['build', {}, before],
  ['prepare', built, before],
  ['stage', made, before],
  ['move', made, { ...before, index: [entry('b')] }],
  ['again', built, { ...before, tidiedAway: true }],
  ['again', made, { ...before, index: [entry('b')], tidiedAway: true }],
  ['detached-head', made, { ...before, head: { id: PARENT }, tidiedAway: true }],
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
  ['both-moved', done, { ...at, place: 'below', tip: id('4'), remote: heard(OTHER, false) }],
  ['branch-moved', done, { ...at, place: 'below', tip: id('4'), remote: heard(OTHER, false), theirs: 'merged' }],
  ['remote-went-back', done, { ...at, remote: heard(OTHER, false), theirs: 'behind' }],
  ['remote-unknown', done, { ...at, remote: heard(OTHER, 'unknown') }],
  ['remote-cut-off', done, { ...at, remote: heard(OTHER, 'cut-off') }],
  ['remote-cut-off', pushed, { ...before, tip: OTHER, remote: heard(OTHER, 'cut-off') }],
  ['remote-branch-missing', done, { ...at, remote: heard(undefined, false) }],
  ['branch-moved', done, { ...at, place: 'below', tip: OTHER, remote: heard(PARENT, false) }],
  ['branch-moved', made, { ...before, tip: OTHER }],
  ['branch-moved', done, { ...before, remote: heard(PARENT, false) }],
  ['commit-rewritten', done, { ...before, tip: OTHER, rewritten: { id: OTHER } as Sight['rewritten'], remote: heard(PARENT, false) }],
  ['branch-switched', made, { ...before, head: { ref: 'refs/heads/other', id: PARENT } }],
  ['detached-head', made, { ...before, head: { id: PARENT } }],
  ['operation-in-progress', built, { ...before, operation: 'merge' }],
  ['index-changed', made, { ...before, index: [entry('c')] }],
  ['repository-altered', built, { ...before, altered: altered(false) }],
  ['detached-head,repository-altered', made, { ...before, head: { id: PARENT }, altered: altered(false) }],
  ['acknowledge', made, { ...at, altered: altered(false) }],
  ['repository-altered', done, { ...at, remote: heard(PARENT, false), altered: altered(false) }],
  ['repository-altered', pushed, { ...at, remote: heard(PARENT, false), altered: altered(false) }],
  ['confirm', pushed, { ...at, remote: heard(COMMIT, true), altered: altered(false) }],
  ['repository-altered', pushed, { ...at, altered: altered(true) }],
  ['index-changed', made, { ...before, index: [entry('a', { flags: 'h' })] }],
  ['index-changed', made, { ...before, index: [entry('a'), entry('c', { path: 'a/b' as RepoPath })] }],
])('the next step is %s', (step, delivery, sight) => expect(told(running(delivery), sight)).toBe(step));

const local = { ...done, intent: { ...intent, mode: 'commit' } as Intent };

test.each<[string, Partial<Delivery>, Sight]>([
  ['ticket-blocked', {}, before],
  ['detached-head,ticket-blocked', made, { ...before, head: { id: PARENT } }],
  ['ticket-blocked', made, at],
  ['acknowledge', made, { ...at, remote: heard(COMMIT, true) }],
  ['ticket-blocked', done, { ...at, remote: heard(PARENT, false) }],
  ['ticket-blocked,repository-altered', pushed, { ...at, remote: heard(PARENT, false), altered: altered(false) }],
  ['found', done, { ...at, remote: heard(COMMIT, true) }],
  ['pushed-unconfirmed', pushed, { ...at, remote: { reached: false, said: 'no route' } }],
  ['finish', { ...pushed, confirmed: { assigned: true } }, at],
  ['ticket-blocked', local, at],
])('the next step of a ticket that a person blocked is %s', (step, delivery, sight) => {
  const blocked = { reason: 'legal says no', release: 'legal agrees' } as Run['blocked'];
  expect(told({ ...running(delivery), blocked }, sight)).toBe(step);
  expect(told(running(local), at)).toBe('finish');
});

const ticket = 'T';
const branch = 'refs/heads/main';
const target = { remote: 'origin', ref: branch };
const since = [{ id: OTHER, subject: 'Theirs', parents: [PARENT] as string[] } as CommitInfo];
const theirs = ['333333333333 Theirs'];
const rewritten = { id: OTHER } as CommitInfo;

test.each<[string, Partial<Delivery>, Sight, Refusal[]]>([
  ['a merge under way', built, { ...before, operation: 'merge' }, [refuse('operation-in-progress', { ticket, operation: 'merge' })]],
  ['a detached HEAD', made, { ...before, head: { id: PARENT } }, [refuse('detached-head', { ticket })]],
  ['another branch', made, { ...before, head: { ref: 'refs/heads/other', id: PARENT } }, [refuse('branch-switched', { ticket, was: branch, now: 'refs/heads/other' })]],
  ['what somebody staged', made, { ...before, index: [entry('c')] }, [refuse('index-changed', { ticket, paths: [path] })]],
  ['a branch that went on', made, { ...before, tip: OTHER, since }, [refuse('branch-moved', { ticket, branch, commit: PARENT, now: OTHER, commits: theirs })]],
  ['a branch that is gone', made, { ...before, tip: undefined }, [refuse('branch-moved', { ticket, branch, commit: PARENT, now: 'nothing', commits: [] })]],
  ['a branch that left the commit', done, { ...before, remote: heard(PARENT, false) }, [refuse('branch-moved', { ticket, branch, commit: COMMIT, now: PARENT, commits: [] })]],
  ['a commit that was rewritten', done, { ...before, tip: OTHER, rewritten, remote: heard(PARENT, false) }, [refuse('commit-rewritten', { ticket, commit: COMMIT, rewritten: OTHER, tip: true })]],
  ['a commit that was rewritten and built upon', done, { ...before, tip: id('4'), rewritten, remote: heard(PARENT, false) }, [refuse('commit-rewritten', { ticket, commit: COMMIT, rewritten: OTHER, tip: false })]],
  ['our work in a commit by hand', made, { ...before, tip: OTHER, since, difference: intent.product }, [refuse('commit-rewritten', { ticket, commit: COMMIT, rewritten: OTHER, tip: true, sameWork: true })]],
  ['a commit like ours before there is one', built, { ...before, tip: OTHER, rewritten }, [refuse('branch-moved', { ticket, branch, commit: PARENT, now: OTHER, commits: [] })]],
  ['commits upon ours', done, { ...at, place: 'below', tip: OTHER, since, remote: heard(PARENT, false) }, [refuse('branch-moved', { ticket, branch, commit: COMMIT, now: OTHER, commits: theirs, remote: 'origin', ref: branch })]],
  ['commits upon ours, and others on the remote', done, { ...at, place: 'below', tip: id('4'), since, remote: heard(OTHER, false) }, [refuse('both-moved', { ticket, branch, ...target, tip: OTHER, commit: COMMIT, commits: theirs })]],
  ['a remote that went back behind the parent', done, { ...at, remote: heard(OTHER, false), theirs: 'behind' }, [refuse('remote-went-back', { ticket, branch, ...target, tip: OTHER, parent: PARENT, commits: [] })]],
  ['the same under commits upon ours', done, { ...at, place: 'below', tip: id('4'), since, remote: heard(OTHER, false), theirs: 'behind' }, [refuse('remote-went-back', { ticket, branch, ...target, tip: OTHER, parent: PARENT, commits: theirs })]],
  ['a remote without the branch', done, { ...at, remote: heard(undefined, false) }, [refuse('remote-branch-missing', { ticket, branch, ...target })]],
  ['a remote without the branch, and commits upon ours', done, { ...at, place: 'below', tip: OTHER, since, remote: heard(undefined, false) }, [
    refuse('branch-moved', { ticket, branch, commit: COMMIT, now: OTHER, commits: theirs, remote: 'origin', ref: branch }), refuse('remote-branch-missing', { ticket, branch, ...target }),
  ]],
  ['a remote somewhere unknown, before the push', done, { ...at, remote: heard(OTHER, 'unknown') }, [refuse('remote-unknown', { ticket, ...target, tip: OTHER, pushed: false })]],
  ['a remote somewhere unknown, after the push', pushed, { ...at, remote: heard(OTHER, 'unknown') }, [refuse('remote-unknown', { ticket, ...target, tip: OTHER, pushed: true })]],
  ['a remote whose history is cut off', pushed, { ...at, remote: heard(OTHER, 'cut-off') }, [refuse('remote-cut-off', { ticket, ...target, tip: OTHER })]],
  ['a remote that went on', done, { ...at, remote: heard(OTHER, false) }, [refuse('remote-moved', { ticket, ...target, tip: OTHER, commits: [], stage: 'committed' })]],
  ['a remote that does not answer', pushed, { ...at, remote: { reached: false, said: 'no route' } }, [refuse('pushed-unconfirmed', { ticket, commit: COMMIT, remote: 'origin', said: 'no route' })]],
])('%s is refused in these words', (_, delivery, sight, refusals) => {
  expect(nextStep(running(delivery), sight)).toEqual({ step: 'refuse', refusals });
});

test('what the remote has is remembered, whether or not the run still knew', () => {
  expect(told(running(made), { ...at, remote: heard(COMMIT, true) })).toBe('acknowledge');
});

test('a delivery that was confirmed is finished, whatever the remote says afterwards', () => {
  expect(told(running({ ...pushed, confirmed: { assigned: true } }), at)).toBe('finish');
});

test('a run without a delivery has no next step', () => {
  expect(() => nextStep(freshRun(ticket), before)).toThrow('T has no delivery to go on with');
});

test('several reasons stand side by side', () => {
  expect(told(running(made), { ...before, operation: 'rebase', index: [entry('c')], head: { ref: 'refs/heads/other' } })).toBe('branch-switched,operation-in-progress,index-changed');
});

test('a waiver that came after the intent is sealed anew; once committed it is not', () => {
  const waivers = [{ seq: 14 }] as Run['waivers'];
  expect(told({ ...running(made), waivers: [{ seq: 12 }] as Run['waivers'] }, before)).toBe('stage');
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

test.each<[string, Partial<Delivery>, Sight, Refusal[]]>([
  ['what the remote has', done, { ...at, remote: heard(COMMIT, true) }, [refuse('already-on-remote', { ticket, commit: COMMIT, remote: 'origin' })]],
  ['what the remote may have', done, { ...at, remote: heard(OTHER, 'unknown') }, [refuse('remote-unknown', { ticket, ...target, tip: OTHER, pushed: false })]],
  ['what the remote was sent and may have', pushed, { ...at, remote: heard(OTHER, 'unknown') }, [refuse('remote-unknown', { ticket, ...target, tip: OTHER, pushed: true })]],
  ['what the remote may have below the end of history', pushed, { ...at, remote: heard(OTHER, 'cut-off') }, [refuse('remote-cut-off', { ticket, ...target, tip: OTHER })]],
  ['what the remote does not say', pushed, { ...at, remote: { reached: false, said: 'no route' } }, [refuse('pushed-unconfirmed', { ticket, commit: COMMIT, remote: 'origin', said: 'no route' })]],
  ['what others built upon', done, { ...at, place: 'below', since, remote: heard(PARENT, false) }, [refuse('built-upon', { ticket, branch, commit: COMMIT, commits: theirs })]],
  ['with a detached HEAD', done, { ...at, head: {}, remote: heard(PARENT, false) }, [refuse('detached-head', { ticket })]],
  ['on another branch', done, { ...at, head: { ref: 'refs/heads/x' } }, [refuse('branch-switched', { ticket, was: branch, now: 'refs/heads/x' })]],
  ['in a rebase', made, { ...before, operation: 'rebase' }, [refuse('operation-in-progress', { ticket, operation: 'rebase' })]],
])('undoing %s is refused in these words', (_, delivery, sight, refusals) => {
  expect(abortRefusals(running(delivery), sight)).toEqual(refusals);
});

test('undoing is free where nothing was begun to be undone, or the remote has no branch any more', () => {
  expect(abortRefusals(freshRun(ticket), before)).toEqual([refuse('nothing-to-abort', { ticket })]);
  expect(abortRefusals(running(done), { ...at, remote: heard(undefined, 'unknown') })).toEqual([]);
});

test('only entries that still are as the delivery wrote them are put back', () => {
  expect(restoredEntries(intent, [entry('b')])).toEqual([{ path, mode: '100644', id: id('a'), intentToAdd: false }]);
  expect(restoredEntries(intent, [entry('c')])).toEqual([]);
  expect(restoredEntries({ ...intent, priorIndex: [] }, [entry('b')])).toEqual([{ path, mode: '000000', id: '0'.repeat(40) }]);
  expect(restoredEntries({ ...intent, priorIndex: [entry('a', { stage: 1 }), entry('e', { stage: 2 })] }, [entry('b')])).toEqual([]);
  expect(restoredEntries({ ...intent, priorIndex: [entry('b')] }, [entry('b')])).toEqual([]);
  expect(restoredEntries({ ...intent, priorIndex: [entry('e', { flags: 'HN' })] }, [entry('b')])).toMatchObject([{ intentToAdd: true }]);
  // Taken out by the first of the two steps of a promise, or by somebody who had promised nothing.
  expect(restoredEntries({ ...intent, priorIndex: [entry('e', { flags: 'HN' })] }, [])).toMatchObject([{ intentToAdd: true }]);
  expect(restoredEntries(intent, [])).toEqual([]);
});

test('what stands on the branch by now is not undone by what is put back', () => {
  const now = (blob: string, newMode = '100644') => [{ ...intent.product[0]!, newId: id(blob), newMode }];
  expect(restoredEntries(intent, [entry('b')], now('b'))).toEqual([]);
  expect(restoredEntries(intent, [entry('b')], now('b', '100755'))).toEqual([{ path, mode: '100755', id: id('b') }]);
  expect(restoredEntries(intent, [entry('b')], now('c'))).toEqual([{ path, mode: '100644', id: id('c') }]);
  expect(restoredEntries(intent, [entry('c')], now('d'))).toEqual([]);
  expect(restoredEntries(intent, [entry('b')], [{ ...now('c')[0]!, path: 'other' as RepoPath }])).toMatchObject([{ id: id('a') }]);
});

test('the same work is one commit upon the parent with all of the product and memory, whatever its records', () => {
  const one = { id: OTHER, subject: 'By hand', parents: [PARENT] } as CommitInfo;
  const there = intent.product;
  const same = (since: CommitInfo[], difference?: Sight['difference'], of = intent) => sameWork(of, { since, difference });
  expect(same([one], there)).toBe(one);
  expect(same([one], there, { ...intent, records: [{ ...there[0]!, path: 'record' as RepoPath }] })).toBe(one);
  expect(same([one], there, { ...intent, memory: [{ ...there[0]!, path: 'memory' as RepoPath }] })).toBeUndefined();
  expect(same([one], [{ ...there[0]!, newId: id('c') }])).toBeUndefined();
  expect(same([one], [{ ...there[0]!, newMode: '100755' }])).toBeUndefined();
  expect(same([one])).toBeUndefined();
  expect(same([])).toBeUndefined();
  expect(same([one, one], there)).toBeUndefined();
  expect(same([{ ...one, parents: [PARENT, OTHER] }], there)).toBeUndefined();
  expect(same([{ ...one, parents: [id('9')] }], there)).toBeUndefined();
});

test('a path stands in one set, and the tree holds the three sets and nothing else', () => {
  const [change] = intent.product;
  expect(sharedPaths({ product: [change!], memory: [change!], records: [] })).toEqual([path]);
  expect(unexpectedPaths([change!], intent)).toEqual([]);
  expect(unexpectedPaths([], intent)).toEqual([path]);
  expect(unexpectedPaths([change!, { ...change!, path: 'b' as RepoPath }], intent)).toEqual(['b']);
  expect(changedInIndex(intent, [entry('b')])).toEqual([]);
});

test.each<[string, IndexEntry[], string[]]>([
  ['what was there before', [entry('a')], []],
  ['what is delivered', [entry('b')], []],
  ['nothing any more', [], ['a']],
  ['other content', [entry('c')], ['a']],
  ['another mode', [entry('b', { mode: '100755' })], ['a']],
  ['a conflict', [entry('a', { stage: 1 })], ['a']],
  ['a promise of the same content', [entry('b', { flags: 'HN' })], ['a']],
  ['an entry besides', [entry('a'), entry('a', { stage: 2 })], ['a']],
  ['a path that would be pushed out', [entry('a'), entry('c', { path: 'a/b' as RepoPath })], ['a/b']],
])('an index that holds %s', (_, index, changed) => expect(changedInIndex(intent, index)).toEqual(changed));

test('only staged is what neither the base nor the delivery holds, and what is more than a promise', () => {
  const staged = (one: IndexEntry) => onlyStaged(intent.product, [one]).map((found) => found.id);
  expect([entry('a'), entry('b'), entry('c'), entry('c', { stage: 1 }), entry('c', { flags: 'HN' }), entry('c', { path: 'other' as RepoPath })].map(staged)).toEqual([[], [], [id('c')], [], [], []]);
});

test('a removed path is delivered when the index holds nothing of it', () => {
  const removal = { product: [{ ...intent.product[0]!, newMode: '000000', newId: id('0') }], memory: [], records: [] };
  expect(isIndexWritten(removal, [])).toBe(true);
  expect(isIndexWritten(removal, [entry('a')])).toBe(false);
  expect(isIndexWritten({ ...removal, memory: [{ ...intent.product[0]!, path: 'm' as RepoPath }] }, [])).toBe(false);
});

test('promised is what the index holds as a promise alone', () => {
  expect([[entry('e', { flags: 'HN' })], [entry('e')], []].map((index) => isPromised(path, index))).toEqual([true, false, false]);
});

test('hidden is what an index bit keeps from view', () => {
  expect(['H', 'h', 'S', 's', 'HN', 'M', 'HS'].map((flags) => isHidden(entry('a', { flags })))).toEqual([false, true, true, true, false, false, false]);
});

test('overlap is by whole path parts', () => {
  const concerns = overlapping(['d/a', 'e'] as RepoPath[]);
  expect(['d/a', 'd', 'd/a/x', 'e/y'].map((one) => concerns(one as RepoPath))).toEqual([true, true, true, true]);
  expect(['d/ab', 'd/b', 'ee', 'x'].map((one) => concerns(one as RepoPath))).toEqual([false, false, false, false]);
});

test('a push that the remote took and does not show is not tried again', () => {
  const said = 'it answered that it took the commit, and the branch there is where it was.';
  expect(nextStep(running(done), { ...at, remote: heard(PARENT, false), sent: true })).toEqual({ step: 'refuse', refusals: [refuse('push-rejected', { ticket, ...target, said })] });
});

test('what the index holds after a delivery is what was delivered, and all else as it was', () => {
  const gone = { path: 'gone' as RepoPath, oldMode: '100644', newMode: '000000', oldId: id('a'), newId: id('0') };
  const other = entry('c', { path: 'other' as RepoPath, flags: 'S' });
  const sets = { ...intent, records: [gone] };
  expect(writtenOver(sets, [entry('a'), other, entry('a', { path: gone.path })])).toEqual([other, entry('b')]);
  expect(sharedPaths(sets)).toEqual([]);
  expect(sharedPaths({ ...sets, memory: [gone] })).toEqual([gone.path]);
});

test('an index that holds a part of what it held is another one; and one that holds nothing still holds nothing', () => {
  const staged = { ...intent, priorIndex: [entry('a', { stage: 1 }), entry('c', { stage: 2 })] };
  expect(changedInIndex(staged, [entry('a', { stage: 1 }), entry('d', { stage: 2 })])).toEqual([path]);
  expect(changedInIndex({ ...intent, priorIndex: [] }, [])).toEqual([]);
});

test('overlap reaches through every level', () => {
  const concerns = overlapping(['p/q/r/s' as RepoPath]);
  expect(['p', 'p/q', 'p/q/r', 'p/x', 'q'].map((one) => concerns(one as RepoPath))).toEqual([true, true, true, false, false]);
});

test('what a delivery has put into git so far is its commit, its tree and what it brings, and not what it takes away', () => {
  const gone = { path: 'g' as RepoPath, oldMode: '100644', newMode: '000000', oldId: id('a'), newId: '0'.repeat(40) };
  const delivery = { ...made, intentAt: 12, intent: { ...intent, product: [...intent.product, gone] } };
  expect(madeFor(delivery)).toEqual([COMMIT, id('t'), id('b')]);
  expect(madeFor({ intent, intentAt: 12 })).toEqual([id('b')]);
});

test.each<[string, Partial<Delivery>, string, { head: string; renamed: boolean }]>([
  ['that is gone', made, OTHER, { head: PARENT, renamed: false }], ['that was renamed', made, PARENT, { head: PARENT, renamed: true }],
  ['that was renamed with the commit', done, COMMIT, { head: COMMIT, renamed: true }],
])('of a branch %s nobody is told to switch to it', (_, delivery, now, gone) => {
  const run = running(delivery);
  expect(headRefusals(run, run.delivery!, { head: { ref: 'refs/heads/other', id: now }, tip: undefined })).toEqual([
    refuse('branch-switched', { ticket, was: branch, now: 'refs/heads/other', gone }),
  ]);
});
