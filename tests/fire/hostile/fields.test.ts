import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemaOf, type JsonSchema } from '../../../src/domain/jsonSchema.js';
import { policySchema } from '../../../src/domain/policy.js';
import { RECORD_KINDS, recordSchemas } from '../../../src/domain/records.js';
import { ticketSchema } from '../../../src/domain/ticket.js';
import type { Place } from '../../support/here.js';
import { stageOf } from '../../support/scenes.js';
import { POLICIES, RECORDS, TICKETS } from '../fuzz/samples.js';
import { faultsOf, HOSTILE, HUGE } from './hostileTexts.js';

type Key = string | number;
type Data = { [key: Key]: Data } | Data[] | string | number | boolean;

/** Every place in a document where text stands. */
function* textsIn(data: Data, path: Key[] = []): Generator<Key[]> {
  if (typeof data === 'string') yield path;
  if (typeof data !== 'object') return;
  for (const [key, value] of Array.isArray(data) ? data.entries() : Object.entries(data)) yield* textsIn(value, [...path, key]);
}

function withText(data: Data, [key, ...rest]: Key[], text: string): Data {
  if (key === undefined) return `${String(data)}${text}`;
  const copy = structuredClone(data) as { [key: Key]: Data };
  copy[key] = withText(copy[key]!, rest, text);
  return copy;
}

/** Every field of a format that takes any text at all, by its dotted name. */
function* textFields(schema: JsonSchema, path = ''): Generator<string> {
  const { type, properties, items, anyOf, oneOf, pattern, enum: choice, const: fixed } = schema as { type?: string; properties?: Record<string, JsonSchema>; items?: JsonSchema; anyOf?: JsonSchema[]; oneOf?: JsonSchema[]; pattern?: string; enum?: unknown; const?: unknown };
  for (const one of [...anyOf ?? [], ...oneOf ?? []]) yield* textFields(one, path);
  for (const [name, one] of Object.entries(properties ?? {})) yield* textFields(one, path === '' ? name : `${path}.${name}`);
  if (items !== undefined) yield* textFields(items, `${path}[]`);
  if (type === 'string' && pattern === undefined && choice === undefined && fixed === undefined) yield path;
}

const named = (path: readonly Key[]): string => path.map((key) => (typeof key === 'number' ? '[]' : `.${key}`)).join('').replace(/^\./, '');

const put = (place: Place, name: string, text: string): Promise<void> => writeFile(join(place.root, name), text);

const TICKET = 'TKT-2026-11-21-fix-typo';
const READING = [['validate'], ['validate', '--format', 'github'], ['ticket', 'list'], ['ticket', 'show', TICKET], ['status', TICKET], ['brief', 'writer', TICKET]];
const RECORDING = (kind: string): string[][] => [['record', kind, '--file', 'draft.yaml', '--as', 'reviewer:kim'], ['log'], ['status']];

/** A document that has the hostile text in one field after the other, and the commands that meet it. */
interface Subject {
  name: string;
  file: string;
  data: Data;
  meeting: readonly string[][];
}

const SUBJECTS: Subject[] = [
  ...TICKETS.map((text) => parse(text) as Data & { class: string }).map((data) => ({ name: `a ${data.class} ticket`, file: `tickets/${TICKET}.yaml`, data, meeting: READING })),
  { name: 'the policy', file: '.cxw/policy.yaml', data: parse(POLICIES[1]!) as Data, meeting: [['validate'], ['advance', '--dry-run']] },
  ...RECORD_KINDS.flatMap((kind) => RECORDS[kind].map((text) => ({ name: `a ${kind} record`, file: 'draft.yaml', data: parse(text) as Data, meeting: RECORDING(kind) }))),
];

async function faultsWith({ name, file, data, meeting }: Subject, hostile: string, place: Place): Promise<string[]> {
  const before = await readFile(join(place.root, file), 'utf8').catch(() => undefined);
  const faults: string[] = [];
  for (const path of textsIn(data)) {
    await put(place, file, JSON.stringify(withText(data, path, hostile)));
    for (const words of hostile === HUGE ? meeting.slice(0, 1) : meeting) faults.push(...(await faultsOf(place, words)).map((fault) => `${name}, ${named(path)}: ${fault}`));
  }
  await (before === undefined ? rm(join(place.root, file)) : put(place, file, before));
  return faults;
}

/** Every text that the command line takes, and all that is told of it later. */
const SPOKEN = (text: string): string[][] => [
  ['block', '--reason', text, '--release', text], ['status'], ['advance'], ['unblock', '--reason', text], ['rework', '--reason', text],
  ['record', 'review', '--verdict', 'fail', '--change-set', text, '--summary', text, '--finding', text, '--as', `reviewer:${text}`], ['log'], ['brief', 'reviewer'],
  ['waive', text, '--reason', text], ['explain', text], ['schema', text], ['verify', text], ['ticket', 'show', text], ['validate', text],
  ['ticket', 'new', text, '--file', text, '--accept', text, '--prove', text], ['abandon', '--no-change', '--reason', text], ['log'],
];

/** No operating system takes a longer word, or one with NUL in it. */
const asWord = (hostile: string): string => hostile.replaceAll('\u0000', '').slice(0, 100_000);

test.each(HOSTILE)('%s in every field of every document, and in every word, is refused or escaped', async (_, hostile) => {
  const stage = await stageOf('record');
  const place = await stage.copy();
  const faults: string[] = [];
  for (const subject of SUBJECTS) faults.push(...await faultsWith(subject, hostile, place));
  for (const words of SPOKEN(asWord(hostile))) faults.push(...await faultsOf(place, words));
  expect(faults).toEqual([]);
});

test('no field is left out: the samples hold every field that takes any text', () => {
  const held = (samples: readonly string[]): Set<string> => new Set(samples.flatMap((text) => [...textsIn(parse(text) as Data)].map(named)));
  const missing = (schema: JsonSchema, samples: readonly string[]): string[] => [...new Set(textFields(schema))].filter((field) => !held(samples).has(field));
  expect(missing(jsonSchemaOf(ticketSchema), TICKETS)).toEqual([]);
  expect(missing(jsonSchemaOf(policySchema), POLICIES)).toEqual([]);
  for (const kind of RECORD_KINDS) expect([kind, missing(jsonSchemaOf(recordSchemas[kind]), RECORDS[kind])]).toEqual([kind, []]);
});
