import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { readManifest } from '../../src/domain/manifestReading.js';
import { scriptOf } from '../../src/domain/packageScript.js';
import { ownPath } from '../../src/domain/paths.js';
import type { Problem } from '../../src/domain/problem.js';
import { RECORD_KINDS } from '../../src/domain/records.js';
import { readSealed } from '../../src/domain/sealReading.js';
import { openDocuments, type Reading } from '../../src/world/documents.js';
import { misfitOf } from '../../src/world/shapes.js';
import { POLICIES, RECORDS, TICKETS } from '../fire/fuzz/samples.js';
import fc from '../support/property.js';
import { aLife, chained, lifeOf, sha256, TICKET } from '../support/sealed.js';

// Every object inherits members of these names, and code that asks a value for them gets what a stranger wrote instead.
const NAMES = ['toString', 'valueOf', 'length', 'size', 'constructor', '__proto__', 'hasOwnProperty', 'toJSON', 'then', 'map'];

/** A map with one such member of its own, or several, or one in another. */
const bait = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
  value: fc.oneof(fc.constantFrom(0, 1, 99_999, null, true, 'x'), tie('map')),
  map: fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { minLength: 1, maxLength: 3 }).map((members) => JSON.parse(`{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`) as unknown),
})).map;
/** Those that made a schema throw. */
const KNOWN: unknown[] = [{ length: { toString: 1 } }, { length: { valueOf: 1, toString: 1 } }, { length: 99_999, toString: 1 }, { toString: 1 }];

type Key = string | number;

/** Every place in a document, whatever stands there. */
function* placesIn(data: unknown, path: Key[] = []): Generator<Key[]> {
  if (path.length > 0) yield path;
  if (typeof data === 'object' && data !== null) for (const [key, value] of Array.isArray(data) ? data.entries() : Object.entries(data)) yield* placesIn(value, [...path, key]);
}

function withAt(data: unknown, [key, ...rest]: Key[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = structuredClone(data) as Record<Key, unknown>;
  copy[key] = withAt(copy[key], rest, value);
  return copy;
}

/** Whatever stands anywhere in the samples, replaced. */
const baited = (samples: readonly unknown[]): fc.Arbitrary<unknown> => {
  const places = samples.flatMap((sample) => [...placesIn(sample)].map((path) => ({ sample, path })));
  return fc.tuple(fc.constantFrom(...places), fc.oneof(bait, fc.constantFrom(...KNOWN))).map(([{ sample, path }, value]) => withAt(sample, path, value));
};

const documents = openDocuments({ read: async () => undefined, list: async () => [], kind: async () => 'absent' });
const problemsOf = (reading: Reading<unknown>): Problem[] => (reading.ok ? [] : reading.problems);

const READERS: [string, readonly string[], (bytes: Buffer) => Promise<Reading<unknown>>][] = [
  ['a ticket', TICKETS, (bytes) => documents.readTicket(bytes, ownPath('tickets/TKT-2026-11-21-fix-typo.yaml'))],
  ['a policy', POLICIES, (bytes) => documents.readPolicy(bytes, ownPath('.cxw/policy.yaml'))],
  ['a guidance pack', ['id: words\ntitle: Words\ninclusion: { mode: auto, fileMatch: ["src/**"], description: Words. }\nrules: [{ key: quotes, value: single }]\n'], (bytes) => documents.readSteering(Buffer.from(`---\n${bytes.toString()}\n---\nBody.\n`), ownPath('docs/steering/words.md'))],
  ['words of a review', ['summary: It works.\ndecisions: [{ what: This, why: So, rejected: That }]\nexcerpts: [{ path: a, lines: 1-2, why: See. }]\nconformance: [{ criterion: AC-1, holds: yes, note: Well. }]\nupdates: [{ file: a, change: That. }]\ndeviations: [One.]\n'], (bytes) => documents.reviewWords(bytes, 'words.yaml')],
  ['points of a review', ['points: [{ text: Too long., class: style, path: a }]\n'], (bytes) => documents.reviewPoints(bytes, 'points.yaml')],
  ...RECORD_KINDS.map((kind) => [`a ${kind} record`, RECORDS[kind], (bytes: Buffer) => documents.record(kind, bytes, 'draft.yaml')] as [string, readonly string[], (bytes: Buffer) => Promise<Reading<unknown>>]),
];

describe('members that objects inherit, written by a stranger', () => {
  test.each(READERS)('in %s are problems at their place', async (_, samples, read) => {
    await fc.assert(fc.asyncProperty(baited(samples.map((sample) => parse(sample) as unknown)), async (document) => {
      for (const { place, message } of problemsOf(await read(Buffer.from(JSON.stringify(document))))) {
        expect(place, message).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
        expect(message).not.toMatch(/\[object/);
      }
    }), { numRuns: 400 });
  });

  const facts = chained(lifeOf(aLife())).facts;

  test('in a sealed ledger are told by their line', () => {
    fc.assert(fc.property(baited(facts), (fact) => {
      const reading = readSealed(Buffer.from(`${JSON.stringify(fact)}\n`), TICKET, sha256);
      expect(reading.ok).toBe(false);
    }), { numRuns: 2000 });
  });

  test('in facts and claims are told by their name', () => {
    const claim = { v: 1, seq: 1, prev: `sha256:${'0'.repeat(64)}`, at: '2026-11-21T08:00:00.000Z', kind: 'claimed', ticket: TICKET, by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' } };
    expect([misfitOf('claim', claim), misfitOf('fact', facts[0])]).toEqual([undefined, undefined]);
    fc.assert(fc.property(baited([claim]), (one) => { expect(misfitOf('claim', one)).not.toBe(undefined); }));
    fc.assert(fc.property(baited(facts), (one) => void misfitOf('fact', one)));
  });

  test('in a manifest make it none', () => {
    const manifest = { schema_version: 1, files: [{ path: 'AGENTS.md', kind: 'file', version: '1', pristine: '# Agents\n' }] };
    expect(readManifest(JSON.stringify(manifest))).toBeDefined();
    fc.assert(fc.property(baited([manifest]), (one) => { expect(readManifest(JSON.stringify(one))).toBe(undefined); }));
  });

  test('are no scripts of a package', () => {
    expect(scriptOf(['npm', 'run', 'constructor'], '{"scripts":{}}')).toBe(undefined);
    expect(scriptOf(['npm', 'test'], '{"scripts":{"test":{"toString":1}}}')).toBe(undefined);
    expect(scriptOf(['npm', 'test'], '{"scripts":{"test":"node --test","pretest":{"toString":1}}}')).toBe('node --test');
    expect(scriptOf(['npm', 'run', '__proto__'], '{"scripts":{"__proto__":"node --test"}}')).toBe('node --test');
  });
});
