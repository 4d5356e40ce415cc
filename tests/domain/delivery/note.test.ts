import { describe, expect, test } from 'vitest';
import { lineOf, noteOf, readNote, withLinesOf, type DeliveryNote } from '../../../src/domain/delivery/note.js';
import { comparedTrees, placeOfNewNote, placesOfNote } from '../../../src/domain/delivery/notesTree.js';
import type { Draft, Target } from '../../../src/domain/facts.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import { fold } from '../../../src/domain/run.js';
import { noteFaults, noteInWords, type Shown } from '../../../src/domain/verification/note.js';
import fc from '../../support/property.js';
import { aLife, chained, lifeOf, sha256, TICKET } from '../../support/sealed.js';

const COMMIT = 'd'.repeat(40);
const target: Target = { remote: 'origin', ref: 'refs/heads/main', url: 'https://git.example/r.git' };

/** A life that was delivered, up to a fact. */
function delivered(...last: Draft[]) {
  const life = aLife();
  const own = { by: { role: 'deliverer', name: 'Ada' }, origin: { seen: 'self-declared' } } as const;
  const dated = { name: 'Ada', email: 'ada@example.org', date: '2026-11-21T08:00:00Z' };
  const intent: Draft = {
    kind: 'entered', ...own, state: 'git_delivery_started',
    evidence: {
      changeSet: life.changeSet, mode: 'commit-push', branch: 'refs/heads/main', parent: life.base, seal: sha256('seal'),
      product: life.product, memory: [], records: [], priorIndex: [], target, message: 'm', author: dated, committer: dated, hooks: 'run', sign: false,
    },
  };
  const committed: Draft = { kind: 'entered', ...own, state: 'committed', evidence: { commit: COMMIT, tree: COMMIT } };
  const { facts } = chained([...lifeOf(life), intent, committed, ...last]);
  return { run: fold(TICKET, facts), facts };
}

const confirmed = (assigned: boolean): Draft => ({
  kind: 'entered', by: { role: 'deliverer', name: 'Ada' }, origin: { seen: 'self-declared' },
  state: 'head_equals_origin_main_proved', evidence: assigned ? { assigned, commit: COMMIT, ref: target.ref } : { assigned },
});

const note = (): DeliveryNote => {
  const { run, facts } = delivered(confirmed(true));
  return noteOf(run, facts)!;
};

/** What was counted when the ticket began. */
function leftAlone(): object {
  const { dirty: changed, untracked, hidden, ignored } = delivered(confirmed(true)).run.discovery!.baseline;
  return { changed, untracked, hidden, ignored };
}

describe('the note of a delivery', () => {
  test('is made only once a remote has confirmed it', () => {
    for (const last of [[], [confirmed(false)]]) {
      const { run, facts } = delivered(...last);
      expect(noteOf(run, facts)).toBeUndefined();
    }
  });

  test('says where the remote had gone on from the commit', () => {
    const tip = 'e'.repeat(40);
    const { run, facts } = delivered({ ...confirmed(true), evidence: { assigned: true, commit: COMMIT, ref: target.ref, superseded: tip } } as Draft);
    expect(noteOf(run, facts)!.remote).toEqual({ name: 'origin', ref: target.ref, url: target.url, answer: 'contains the commit', tip });
  });

  test('tells what was delivered, where to, and what was left alone, the same each time', () => {
    expect(note()).toMatchObject({
      ticket: TICKET, commit: COMMIT, seal: sha256('seal'), branch: 'refs/heads/main', by: 'deliverer:Ada',
      remote: { name: 'origin', ref: 'refs/heads/main', url: 'https://git.example/r.git', answer: 'names the commit' },
      paths: { count: 1, first: ['greeting.txt'] },
    });
    expect(lineOf(note())).toBe(lineOf(note()));
    expect(lineOf(note())).not.toContain('\n');
    expect(noteInWords(note())).toContain('origin names the commit dddddddddddd at refs/heads/main; 1 path delivered');
  });

  test('holds nothing else, and is the same byte for byte', () => {
    const { at } = delivered(confirmed(true)).facts.at(-1)!;
    expect(note()).toEqual({
      schema: 'cxw/delivery-note@1', ticket: TICKET, commit: COMMIT, seal: sha256('seal'), branch: 'refs/heads/main',
      remote: { name: 'origin', ref: 'refs/heads/main', url: target.url, answer: 'names the commit', tip: undefined }, at, by: 'deliverer:Ada',
      paths: { count: 1, first: ['greeting.txt'] }, leftAlone: leftAlone(),
    });
  });

  test('is not made of a delivery that was not committed, goes nowhere, or was never discovered', () => {
    const { run, facts } = delivered(confirmed(true));
    const delivery = run.delivery!;
    expect(noteOf({ ...run, delivery: undefined }, facts)).toBeUndefined();
    expect(noteOf({ ...run, delivery: { ...delivery, committed: undefined } }, facts)).toBeUndefined();
    expect(noteOf({ ...run, delivery: { ...delivery, intent: { ...delivery.intent, target: undefined } } }, facts)).toBeUndefined();
    expect(noteOf({ ...run, discovery: undefined }, facts)).toBeUndefined();
  });

  test('names fifty paths and counts them all', () => {
    const { run, facts } = delivered(confirmed(true));
    const [entry] = run.delivery!.intent.product;
    const product = Array.from({ length: 51 }, (_, at) => ({ ...entry!, path: `file-${String(at).padStart(2, '0')}` as RepoPath }));
    const { paths } = noteOf({ ...run, delivery: { ...run.delivery!, intent: { ...run.delivery!.intent, product } } }, facts)!;
    expect([paths.count, paths.first.length, paths.first.at(-1)]).toEqual([51, 50, 'file-49']);
  });

  test.each<[string, (of: DeliveryNote, words: string) => object, number]>([
    ['ticket', (of, ticket) => ({ ...of, ticket }), 80],
    ['branch', (of, branch) => ({ ...of, branch }), 4096],
    ['remote.name', (of, name) => ({ ...of, remote: { ...of.remote, name } }), 4096],
    ['by', (of, by) => ({ ...of, by }), 100],
  ])('has words as its %s, and not too many', (field, write, most) => {
    const read = (length: number) => readNote(JSON.stringify(write(note(), 'x'.repeat(length))))[0];
    for (const length of [1, most]) expect(read(length)).toHaveProperty('note');
    for (const length of [0, most + 1]) expect(read(length)).toEqual({ line: 1, why: `${field} is not what a delivery note has there` });
  });

  test.each<[string, (of: DeliveryNote) => object]>([
    ['schema', (of) => ({ ...of, schema: 'cxw/delivery-note@2' })], ['at', (of) => ({ ...of, at: 'today' })], ['seal', (of) => ({ ...of, seal: 'x' })],
    ['remote.answer', (of) => ({ ...of, remote: { ...of.remote, answer: 'perhaps' } })], ['remote.tip', (of) => ({ ...of, remote: { ...of.remote, tip: 'x' } })],
    ['paths.first', (of) => ({ ...of, paths: { count: 1001, first: Array.from({ length: 1001 }, () => 'a') } })],
    ['leftAlone.hidden', (of) => ({ ...of, leftAlone: { ...of.leftAlone, hidden: 0.5 } })],
  ])('says what it has to as its %s', (field, write) => {
    expect(readNote(JSON.stringify(write(note())))).toEqual([{ line: 1, why: `${field} is not what a delivery note has there` }]);
  });

  test('is read as it was written, with fields that are not known passed over', () => {
    const line = JSON.stringify({ ...note(), later: { any: ['thing'] } });
    expect(readNote(`${line}\n`)).toEqual([{ line: 1, note: JSON.parse(lineOf(note())) }]);
  });

  test.each([
    ['hello', /no JSON/], ['{}', /^schema/], ['[]', /^it is not/], ['null', /^it is not/],
    [JSON.stringify({ ...note(), commit: 'HEAD' }), /^commit/], [JSON.stringify({ ...note(), paths: { count: -1, first: [] } }), /^paths\.count/],
  ])('%s is none', (text, why) => {
    expect(readNote(`\n${text}\n`)).toEqual([{ line: 2, why: expect.stringMatching(why) }]);
  });

  test('an empty line, of spaces too, says nothing and is counted', () => {
    expect(readNote(`\n \t\n${lineOf(note())}\n`)).toMatchObject([{ line: 3 }]);
    expect(readNote(' ')).toEqual([]);
  });

  test('whatever stands there, reading it answers and does not fail', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => { readNote(text); }));
  });
});

describe('a note held against the repository', () => {
  const shown = (): Shown => ({ ticket: TICKET, commit: COMMIT, seal: sha256('seal'), target, branch: 'refs/heads/main', paths: ['greeting.txt' as RepoPath] });

  test('agrees', () => {
    expect(noteFaults(note(), shown())).toEqual([]);
    expect(noteFaults(note(), { ticket: TICKET, commit: COMMIT, seal: sha256('seal') })).toEqual([]);
  });

  test.each<[string, Partial<Shown>]>([
    ['ticket', { ticket: 'TKT-2026-11-21-other' }], ['commit', { commit: 'e'.repeat(40) }], ['seal', { seal: sha256('another') }], ['seal', { seal: undefined }],
    ['branch', { branch: 'refs/heads/other' }], ['remote', { target: { ...target, url: 'https://git.example/other.git' } }],
    ['paths', { paths: [] }], ['paths', { paths: ['other.txt' as RepoPath] }],
  ])('differs in its %s', (what, change) => {
    expect(noteFaults(note(), { ...shown(), ...change })).toEqual([what]);
  });
});

describe('notes put together', () => {
  test.each([
    ['', '', ''], ['a', '', 'a'], ['a', 'a', 'a'], ['', 'a', 'a\n'], ['a', 'b', 'a\nb\n'], ['a\n', 'b', 'a\nb\n'], ['a\n', 'c\nb\na\nc', 'a\nc\nb\n'],
  ])('%j and %j are %j', (one, other, joined) => expect(withLinesOf(one, other)).toBe(joined));

  test('keep every byte of the one, and every line of the other, each once', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', 'd e'), { maxLength: 6 }).map((lines) => lines.join('\n'));
    fc.assert(fc.property(text, text, (one, other) => {
      const joined = withLinesOf(one, other);
      expect(joined.startsWith(one)).toBe(true);
      for (const line of other.split('\n').filter(Boolean)) expect(joined.split('\n')).toContain(line);
      expect(withLinesOf(joined, other)).toBe(joined);
    }));
  });

  test('are found wherever git may have put them, and go below one level of folders when they are new', () => {
    expect(placesOfNote('abcdef0123')).toEqual(['abcdef0123', 'ab/cdef0123', 'ab/cd/ef0123', 'ab/cd/ef/0123']);
    expect(placeOfNewNote('abcdef0123')).toBe('ab/cdef0123');
  });

  test('of two trees: what is lacking is added, what differs is joined where it stands, nothing goes', () => {
    const entry = (path: string, id: string) => ({ path: path as RepoPath, mode: '100644', id });
    const flat = 'a'.repeat(40);
    const spread = `aa/${'a'.repeat(38)}`;
    expect(comparedTrees([entry(flat, '1'), entry('readme', '2')], [entry(spread, '3'), entry('readme', '2'), entry(`bb/${'b'.repeat(38)}`, '4')])).toEqual({
      added: [entry(`bb/${'b'.repeat(38)}`, '4')], clashes: [{ path: flat, theirs: '1', ours: '3' }],
    });
  });
});
