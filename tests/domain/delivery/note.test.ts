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
