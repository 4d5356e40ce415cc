import * as z from 'zod';
import type { RepoPath } from './paths.js';
import type { RecordKind } from './recordKinds.js';
import { EXPERTS } from './roles.js';
import { DRIFT_VERDICTS } from './specs/verdict.js';
import { storedPath, writtenPath } from './ticketFields.js';

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

/** What a blocker is: a matter for the writer, for the rules, for the machine, for others, for a person, or for nobody. */
export const BLOCKER_CLASSES = ['focused_in_scope_repair', 'policy_authorized_operation', 'environment_limitation', 'upstream_conflict', 'user_decision_required', 'unsafe_request'] as const;

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
  with_test: z.boolean().optional().meta({ description: 'The repair must touch a test: cleared without one, the ticket does not go on.' }),
});

const reviewWith = (path: PathNotation) => z.strictObject({
  change_set: changeSet,
  verdict,
  summary: text,
  findings: z.array(findingWith(path)).max(200).default([]),
  clears: z.array(z.string().regex(/^[FE]\d{1,4}$/, 'must look like F1, or E1 for an expert\'s')).max(200).default([]).meta({ description: 'Earlier findings that this change repairs, or that the reviewer sets aside; those of experts are called E1, E2, ….' }),
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
  spec_drift: z.enum(DRIFT_VERDICTS).optional().meta({ description: 'The curator\'s own verdict. It may be worse than the one that cxw works out, never better.' }),
}).meta({ title: 'cxw curation' });

const expertWith = (path: PathNotation) => z.strictObject({
  change_set: changeSet.min(1),
  profile: z.enum(EXPERTS).meta({ description: 'Whose answer it is.' }),
  trigger: line.meta({ description: 'Why the expert was asked, as the brief says it.' }),
  findings: z.array(z.strictObject({
    severity: z.enum(SEVERITIES),
    path: path.optional(),
    expected: text.optional(),
    actual: text,
    evidence: text.optional(),
    repair: text.optional(),
  })).max(200).meta({ description: 'What is wrong in this one respect; none is an answer too. A blocking one stops the ticket until a review clears it.' }),
  required_proof: text.meta({ description: 'What must be shown before the work counts, or that nothing more must, and why.' }),
  bounded_next_action: text.meta({ description: 'The one next step, and where it ends.' }),
}).meta({ title: 'cxw expert answer' });

const handoff = z.strictObject({
  summary: text.meta({ description: 'What was done, and where it stopped.' }),
  left: lines.default([]).meta({ description: 'What is still to be done.' }),
  facts: lines.default([]).meta({ description: 'What the next session would not guess.' }),
  failed: lines.default([]).meta({ description: 'What was tried and did not work, so that nobody tries it again.' }),
  risks: lines.default([]),
  next: text.meta({ description: 'The exact next action.' }),
}).meta({ title: 'cxw handoff' });

const blocker = z.strictObject({
  objective: text.meta({ description: 'What was to be achieved when it stopped.' }),
  failed: text.meta({ description: 'The command or the proof that failed.' }),
  excerpt: z.string().trim().min(1).max(4000).meta({ description: 'The few lines of its output that matter; no logs, no secrets.' }),
  attempts: lines.min(1).meta({ description: 'What was tried, each with its result.' }),
  boundary: text.optional().meta({ description: 'The rule or permission that stands in the way.' }),
  smallest_action: text.meta({ description: 'The smallest step that would release it, as far as the writer sees.' }),
}).meta({ title: 'cxw blocker' });

const blockerDecision = z.strictObject({
  class: z.enum(BLOCKER_CLASSES),
  confidence: z.enum(['high', 'medium', 'low']),
  authorization: z.enum(['preapproved', 'user_required']).meta({ description: 'preapproved: whoever resolves may go on. user_required: only a person unblocks the ticket.' }),
  action: text.meta({ description: 'The smallest safe action.' }),
  boundaries: lines.min(1).meta({ description: 'The exact commands or edits, and what they must not touch.' }),
  proof: text.meta({ description: 'What shows that it worked.' }),
  rollback: text.meta({ description: 'The way back.' }),
  question: text.optional().meta({ description: 'What a person is asked, where one must decide.' }),
}).meta({ title: 'cxw blocker decision' });

const recordsWith = (path: PathNotation) => ({
  plan: planWith(path),
  changes,
  'self-review': selfReview,
  expert: expertWith(path),
  review: reviewWith(path),
  curation: curationWith(path),
  handoff,
  blocker,
  'blocker-decision': blockerDecision,
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
export type Expertise = Documents['expert'];
export type BlockerDecision = Documents['blocker-decision'];
