import { expect, test } from 'vitest';
import type { ChangedPath } from '../../../src/domain/changeSet.js';
import { intentOf, setRefusals, workRefusals, type Work } from '../../../src/domain/delivery/intent.js';
import type { IndexEntry } from '../../../src/domain/facts.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import { refuse, type Refusal } from '../../../src/domain/problem.js';
import { fold, type Run } from '../../../src/domain/run.js';
import { aLife, chained, lifeOf, policyDocument, sha256, TICKET as ticket, type Life } from '../../support/sealed.js';

const id = (letter: string): string => letter.repeat(40);
const path = (name: string): RepoPath => name as RepoPath;
const changed = (name: string, over: Partial<ChangedPath> = {}): ChangedPath => ({ path: path(name), oldMode: '100644', newMode: '100644', oldId: id('a'), newId: id('b'), ...over });
const entry = (name: string, blob: string, over: Partial<IndexEntry> = {}): IndexEntry => ({ path: path(name), mode: '100644', id: id(blob), stage: 0, flags: 'H', ...over });

const runOf = (changes: Partial<Life> = {}): Run => fold(ticket, chained(lifeOf(aLife(changes))).facts);
const curated = runOf({ memory: [changed('agent/STATE.md')] });
const hooksPolicy = (hooks: string): Partial<Life> => ({ policy: policyDocument({ delivery: { mode: 'commit-push', hooks } }), memory: [changed('agent/STATE.md')] });

const paths = ['greeting.txt', 'agent/STATE.md', 'tickets/x.yaml'].map(path);
const work: Work = {
  product: curated.change!.changeSet.entries, memory: [changed('agent/STATE.md')], changedRecords: [], index: [entry('greeting.txt', 'a')], ignored: [], dirty: [], dirtyBesides: 3, hooks: ['pre-commit'],
  target: curated.discovery!.target,
};
const refusalsOf = (over: Partial<Work>, run = curated): Refusal[] => workRefusals(run, paths, { ...work, ...over });

test('work that is as it was proved, with a hook and other work beside it, is delivered', () => {
  expect(refusalsOf({})).toEqual([]);
  expect(refusalsOf({ target: undefined })).toEqual([]);
});

const target = work.target!;
test.each<[string, Partial<Work>, Refusal]>([
  ['another memory', { memory: [changed('agent/STATE.md', { newId: id('d') })] }, refuse('memory-changed', { ticket, paths: [path('agent/STATE.md')] })],
  ['a record that curation did not list', { changedRecords: [path('tickets/records/x')] }, refuse('records-changed', { ticket, paths: [path('tickets/records/x')] })],
  ['hidden edits', { index: [entry('greeting.txt', 'a', { flags: 'S' })] }, refuse('hidden-paths', { ticket, paths: [path('greeting.txt')] })],
  ['something staged that it would push out', { index: [entry('greeting.txt/below', 'a')] }, refuse('index-changed', { ticket, paths: [path('greeting.txt/below')] })],
  ['an ignored path', { ignored: [path('greeting.txt')] }, refuse('ignored-path', { ticket, paths: [path('greeting.txt')] })],
  ['another remote', { target: { ...target, remote: 'fork' } }, refuse('target-changed', { ticket, was: `${target.url} ${target.ref}`, now: `${target.url} ${target.ref}` })],
  ['another ref', { target: { ...target, ref: 'refs/heads/x' } }, refuse('target-changed', { ticket, was: `${target.url} ${target.ref}`, now: `${target.url} refs/heads/x` })],
  ['another URL', { target: { ...target, url: 'u' } }, refuse('target-changed', { ticket, was: `${target.url} ${target.ref}`, now: `u ${target.ref}` })],
])('%s is refused', (_, over, refusal) => expect(refusalsOf(over)).toEqual([refusal]));

test.each<[string, Partial<ChangedPath>, string[]]>([['comes', { newMode: '160000' }, ['greeting.txt']], ['goes', { oldMode: '160000' }, []]])('a submodule that %s is refused, in the product and in the memory', (_, over, nested) => {
  expect(refusalsOf({ product: [{ ...work.product[0]!, ...over }], dirty: nested.map((name) => ({ path: path(name), kind: 'changed', staged: true, unstaged: false, submodule: true })) })).toEqual([refuse('submodule-path', { ticket, paths: [path('greeting.txt')], nested: nested.map(path), staged: nested.map(path) })]);
  expect(refusalsOf({ memory: [changed('agent/STATE.md', over)] }).map(({ code }) => code)).toContain('submodule-path');
});

test('a policy that runs hooks in a clean worktree alone refuses them beside other work', () => {
  const careful = runOf(hooksPolicy('refuse-if-dirty'));
  expect(refusalsOf({}, careful)).toEqual([refuse('hooks-with-dirty-work', { ticket, hooks: ['pre-commit'], paths: 3 })]);
  expect(refusalsOf({ hooks: [] }, careful)).toEqual([]);
  expect(refusalsOf({ dirtyBesides: 0 }, careful)).toEqual([]);
});

const sets = { product: [changed('a'), changed('gone', { newMode: '000000', newId: id('0') })], memory: [changed('m')], records: [changed('r')] };
const ADA = { name: 'Ada', email: 'ada@example.org' };
const parts = { ticket: curated.lock!.ticket.content, sets, index: [entry('a', 'a'), entry('m', 'e'), entry('else', 'f')], seal: sha256('sealed'), author: ADA, committer: ADA, date: '2026-11-21T08:00:00Z', sign: true };

test('an intent fixes everything that will be done', () => {
  const who = { name: 'Ada', email: 'ada@example.org', date: '2026-11-21T08:00:00Z' };
  expect(intentOf(curated, parts)).toEqual({
    changeSet: curated.change!.changeSet.digest, mode: 'commit-push', branch: 'refs/heads/main', parent: id('b'), seal: parts.seal, ...sets,
    priorIndex: [entry('a', 'a'), entry('m', 'e')], target, author: who, committer: who, hooks: 'run', sign: true,
    message: expect.stringContaining('\n\nIt greets.\n\n'),
  });
  expect(intentOf(curated, parts).message).toContain(`Cxw-Evidence: ${parts.seal}\n`);
});

test.each([['skip', 'skip'], ['run', 'run'], ['refuse-if-dirty', 'run']])('hooks as the policy says: %s', (policy, hooks) => {
  expect(intentOf(runOf(hooksPolicy(policy)), parts).hooks).toBe(hooks);
});

test('a path in two sets is refused', () => {
  expect(setRefusals(curated, sets)).toEqual([]);
  expect(setRefusals(curated, { ...sets, memory: [changed('a')] })).toEqual([refuse('tree-differs', { ticket, paths: [path('a')] })]);
});
