import { RECORD_KINDS } from '../../src/domain/recordKinds.js';
import { ROAD } from '../../src/domain/road.js';
import { jsonSchema } from '../../src/domain/schemas.js';
import { EXIT_MEANINGS } from '../../src/output/exit.js';
import { cell, fieldTable, variantsOf, type Schema } from './fields.js';
import { page } from './page.js';

const schemaOf = (name: string): Schema => jsonSchema(name) as Schema;

export const exitCodes = (): string => page('Exit codes', [
  'The exit code says how a command ended; with `--json` the field `code` says why.',
  '',
  '| exit | | |', '| --- | --- | --- |',
  ...EXIT_MEANINGS.map(({ exit, name, meaning }) => `| ${exit} | ${name} | ${meaning} |`),
]);

export const road = (): string => page('The road of a ticket', [
  'A ticket moves one state at a time, and only when the evidence of that state is in the ledger and fresh.',
  '*Observed* means that cxw did it itself; *attested* means that a named actor said so about one exact change.',
  'Evidence that is *bound* belongs to one change set and goes stale with it.',
  '',
  '| | state | evidence | supplied | bound |', '| --- | --- | --- | --- | --- |',
  ...ROAD.map((milestone, at) => `| ${at + 1} | \`${milestone.state}\` | ${cell(milestone.evidence)} | ${supplied(milestone)} | ${milestone.bound ? 'yes' : ''} |`),
]);

function supplied(milestone: { supplied: string; by?: string }): string {
  const how = milestone.supplied === 'both' ? 'observed and attested' : milestone.supplied;
  return milestone.by === undefined ? how : `${how} by the ${milestone.by}`;
}

export const ticket = (): string => page('Tickets', [
  'A ticket is one YAML file, `tickets/<id>.yaml`. It is read strictly: an unknown key, a duplicate key, a tag, an anchor bomb or a control character is a problem with its line and column.',
  'The JSON Schema is `cxw schema ticket`; editors use the copy that `cxw init` lays down.',
  ...variantsOf(schemaOf('ticket')).flatMap((variant) => ['', `## Class \`${String(variant.properties?.['class']?.const)}\``, '', ...fieldTable(variant)]),
]);

export const policy = (): string => page('The policy', [
  'How work is delivered, proved and classified in this repository: `.cxw/policy.yaml`. `cxw init` writes it. The JSON Schema is `cxw schema policy`.',
  '',
  ...fieldTable(schemaOf('policy')),
]);

export const records = (): string => page('Records', [
  'Attested evidence: documents that a named actor submits with `cxw record KIND --file FILE`, in YAML or JSON. From a change on, each names the change set that was read.',
  ...RECORD_KINDS.flatMap((kind) => ['', `## ${kind}`, '', `\`cxw record ${kind}\`; the JSON Schema is \`cxw schema record-${kind}\`.`, '', ...fieldTable(schemaOf(`record-${kind}`))]),
]);

export const facts = (): string => page('Facts', [
  'The ledger of a ticket is one file per fact, each one line of JSON with the digest of the fact before it. A fact is never changed.',
  'Facts are delivered with the work, so they hold nothing private. The JSON Schema is `cxw schema fact`.',
  ...leaves(schemaOf('fact')).flatMap((fact) => ['', `## ${factName(fact)}`, '', ...fieldTable(fact, 3)]),
  '',
  '## The ledger of a worktree',
  '',
  'Which ticket holds the writer claim. The JSON Schema is `cxw schema claim`.',
  ...leaves(schemaOf('claim')).flatMap((claim) => ['', `### ${factName(claim)}`, '', ...fieldTable(claim)]),
]);

const leaves = (schema: Schema): Schema[] => (variantsOf(schema).length === 0 ? [schema] : variantsOf(schema).flatMap(leaves));

function factName({ properties = {} }: Schema): string {
  const [kind, detail] = [properties['kind'], properties['state'] ?? properties['record']].map((field) => field?.const);
  return detail === undefined ? `\`${String(kind)}\`` : `\`${String(kind)}\`: \`${String(detail)}\``;
}

export const json = (): string => page('Answers as JSON', [
  'With `--json`, standard output holds exactly one document, on one line, for every ending: success, refusal, misuse, failure and interruption. Talk and progress go to standard error.',
  '',
  'Names are in camelCase. What is absent is left out, never null. Paths are relative to the repository and written as git writes unusual names. Times are UTC in ISO 8601; durations are milliseconds. Within a version of an answer, fields are only ever added. Characters that a terminal obeys or that cannot be seen are written as `\\uXXXX`.',
  '',
  ...fieldTable(schemaOf('envelope')),
  '',
  'The schema of the envelope is `cxw schema envelope`; `cxw schema` lists all schemas.',
]);
