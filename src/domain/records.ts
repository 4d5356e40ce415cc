import * as z from 'zod';
import type { RepoPath } from './paths.js';
import type { RecordKind } from './recordKinds.js';
import { storedPath, writtenPath } from './ticket.js';

export { RECORD_KINDS, type RecordKind } from './recordKinds.js';

/** The words that close a ticket whose memory needs nothing. Exact, because other tools look for them. */
export const MEMORY_CHECKED = 'agent memory checked: no update needed';

const text = z.string().trim().min(1).max(20_000);
const line = z.string().trim().min(1).max(400);
const lines = z.array(text).max(200);
const changeSet = z.string().trim().max(80).meta({ description: 'The digest of the change set that was read, as `cxw status` prints it.' });
const verdict = z.enum(['pass', 'fail']);

type PathNotation = z.ZodType<RepoPath, string>;

const planWith = (path: PathNotation) => z.strictObject({
  read_order: z.array(path).max(200).default([]).meta({ description: 'What was read, in order, before planning.' }),
  tasks: z.array(z.strictObject({ id: z.string().regex(/^T\d{1,3}$/), text, paths: z.array(path).max(200).default([]) })).min(1).max(100),
  constraints: lines.default([]),
  success: lines.min(1).meta({ description: 'How it will be known that the work is done.' }),
  coverage: z.array(z.strictObject({ criterion: z.string().max(20), proofs: z.array(z.string().max(20)).min(1) })).min(1).max(200)
    .meta({ description: 'For every acceptance criterion, the proofs that cover it.' }),
  commit_note: line,
}).meta({ title: 'cxw plan' });

const changes = z.strictObject({
  change_set: changeSet.optional(),
  summary: text,
  changed: lines.default([]),
  left_alone: lines.default([]).meta({ description: 'What was left as it is on purpose.' }),
  skipped_checks: z.array(z.strictObject({ check: line, reason: text })).max(100).default([]),
  risks: lines.default([]),
}).meta({ title: 'cxw changes record' });

const selfReview = z.strictObject({
  change_set: changeSet,
  verdict,
  summary: text,
  risks: lines.default([]),
}).meta({ title: 'cxw self review' });

export const SEVERITIES = ['blocking', 'major', 'minor', 'note'] as const;

const findingWith = (path: PathNotation) => z.strictObject({
  id: z.string().regex(/^F\d{1,4}$/, 'must look like F1'),
  severity: z.enum(SEVERITIES).meta({ description: 'A note stays open without stopping anything; the others stop the ticket until a later review clears them.' }),
  path: path.optional(),
  expected: text.optional(),
  actual: text,
  criterion: z.string().max(20).optional().meta({ description: 'The acceptance criterion that fails.' }),
  evidence: text.optional(),
  repair: text.optional().meta({ description: 'The repair that is required.' }),
});

const reviewWith = (path: PathNotation) => z.strictObject({
  change_set: changeSet,
  verdict,
  summary: text,
  findings: z.array(findingWith(path)).max(200).default([]),
  clears: z.array(z.string().regex(/^F\d{1,4}$/)).max(200).default([]).meta({ description: 'Earlier findings that this change repairs.' }),
  inspected: z.array(z.string().max(20)).max(50).default([]).meta({ description: 'Inspection proofs that the reviewer carried out.' }),
}).meta({ title: 'cxw review' });

const curationWith = (path: PathNotation) => z.strictObject({
  change_set: changeSet.optional(),
  memory: z.union([z.literal('none'), z.array(path).min(1).max(50)])
    .meta({ description: `The memory files that were updated, or none: that records "${MEMORY_CHECKED}".` }),
  summary: text.optional(),
  next: text.optional().meta({ description: 'The exact next action for whoever comes after.' }),
  durable_facts: lines.default([]),
  risks: lines.default([]),
  spec_drift: z.enum(['pass', 'pass_with_risk', 'fail']).optional(),
}).meta({ title: 'cxw curation' });

const recordsWith = (path: PathNotation) => ({
  plan: planWith(path),
  changes,
  'self-review': selfReview,
  review: reviewWith(path),
  curation: curationWith(path),
}) satisfies Record<RecordKind, z.ZodType>;

/** The attested documents, as people and agents write them. */
export const recordSchemas = recordsWith(writtenPath);
/** The same, as the ledger keeps them. */
export const storedRecordSchemas = recordsWith(storedPath);

export type Documents = { [K in RecordKind]: z.infer<(typeof recordSchemas)[K]> };
export type Plan = Documents['plan'];
export type Changes = Documents['changes'];
export type SelfReview = Documents['self-review'];
export type Review = Documents['review'];
export type Finding = Review['findings'][number];
export type Curation = Documents['curation'];
