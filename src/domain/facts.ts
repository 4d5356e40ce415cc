import * as z from 'zod';
import { DIGEST, OBJECT_ID } from './changeSet.js';
import { DELIVERY_MODES, policySchema } from './policy.js';
import { storedRecordSchemas } from './records.js';
import { storedTicketSchema } from './storedTicket.js';
import { storedPath as path } from './ticketFields.js';
import { DRIFT_VERDICTS } from './specs/verdict.js';
import { ROLES } from './actors.js';

/**
 * Everything that the ledger can remember about a ticket, in the past tense. A fact is never changed. Facts are
 * published with the work, so they hold only what may be read by anyone: no names of private files, no hosts, no
 * absolute paths, no URL with user info.
 */
export const FACT_VERSION = 1;

const digest = z.string().regex(DIGEST);
const objectId = z.string().regex(OBJECT_ID);
const mode = z.string().regex(/^[0-7]{6}$/);
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const words = z.string().max(20_000);
const seq = z.int().min(1);

const actor = z.strictObject({ role: z.enum(ROLES), name: z.string().min(1).max(64) });
const origin = z.strictObject({
  seen: z.enum(['agent', 'terminal', 'self-declared']),
  agent: z.string().max(60).optional(),
  session: digest.optional(),
  ancestor: digest.optional(),
});

const changedPath = z.strictObject({ path, oldMode: mode, newMode: mode, oldId: objectId, newId: objectId });
const changeSet = z.strictObject({ digest, base: objectId, entries: z.array(changedPath) });
const listedFile = z.strictObject({ path, digest, bytes: z.int().min(0) });
const treeEntry = z.strictObject({ path, mode, id: objectId });

const target = z.strictObject({
  /** The configured remote's name. */
  remote: z.string().max(200),
  /** The full name of the ref over there. */
  ref: z.string().max(400),
  /** The effective push URL without user info. */
  url: z.string().max(4096),
});

const fingerprints = z.strictObject({ hooks: digest, filters: digest, attributes: digest, agents: digest, config: digest });
/** How many of each kind. */
const altered = z.partialRecord(fingerprints.keyof(), z.int().min(1));

/** Where HEAD stands. */
const headPlace = z.strictObject({ branch: z.string().max(400).optional(), head: objectId.optional() });

/** One run of a proof. */
const proofRun = z.strictObject({
  proof: z.string().max(20),
  changeSet: digest,
  /** Digest of the proof's definition: another command is another proof. */
  definition: digest,
  argv: z.array(z.string()).min(1),
  verdict: z.enum(['passed', 'failed', 'vacuous', 'timed-out', 'unstable', 'not-started', 'interrupted', 'not-exportable', 'passed-on-base']),
  exit: z.int().optional(),
  signal: z.string().max(20).optional(),
  duration: z.int().min(0),
  /** What a reader of test output found; absent when there was nothing that could be counted. */
  tests: z.strictObject({ reader: z.string().max(40), passed: z.int().min(0), failed: z.int().min(0), skipped: z.int().min(0) }).optional(),
  why: words.optional(),
  log: z.strictObject({ name: z.string().max(200), digest, bytes: z.int().min(0), cut: z.boolean(), redacted: z.int().min(0) }).optional(),
  /** Paths of the change that were written while the proof ran and hold the same again: it may have run on something else. */
  wrote: z.array(path).max(1000).optional(),
  /** The run took HEAD elsewhere. Ledgers from before it was remembered have none. */
  moved: z.strictObject({ was: headPlace, now: headPlace }).optional(),
  /** Other work lay about undelivered while the proof ran: how many paths. */
  polluted: z.int().min(0),
});

/** The record is a waiver: a person went on without the evidence. It never counts as that evidence. */
const waived = z.literal(true).optional();

/** What each state asks to be remembered when it is entered. */
export const evidenceSchemas = {
  source_lock_validated: z.strictObject({
    ticket: z.strictObject({ path, digest, text: z.string(), content: storedTicketSchema }),
    policy: z.strictObject({ path, digest, text: z.string(), content: policySchema }),
    specs: z.array(z.strictObject({ path, digest })),
    /** What a refresh changed, in words for the reviewer. */
    changed: z.array(words).optional(),
    /** What the parent binds its child to. */
    inherited: z.strictObject({
      from: z.string().max(80), forbidden: z.array(z.string()),
      decisions: z.array(z.strictObject({ id: z.string(), text: z.string() })), stop_conditions: z.array(z.string()),
    }).optional(),
  }),
  repository_discovered: z.strictObject({
    branch: z.string().max(400),
    head: objectId,
    objectFormat: z.enum(['sha1', 'sha256']),
    mode: z.enum(DELIVERY_MODES),
    target: target.optional(),
    remoteTip: objectId.optional(),
    fingerprints,
    baseline: z.strictObject({
      digest,
      dirty: z.int().min(0),
      staged: z.int().min(0),
      untracked: z.int().min(0),
      hidden: z.int().min(0),
      ignored: z.int().min(0),
      copied: z.int().min(0),
      notCopied: z.int().min(0),
      /** The one that was taken when the ticket began was damaged, so this was taken in the middle of the work. */
      renewed: z.literal(true).optional(),
    }),
    /** Paths of the scope that were dirty before and that the ticket takes over. */
    adopted: z.array(path),
    git: z.string().max(40),
    /** How the children of an orchestrator stood when it began to close. */
    children: z.array(z.strictObject({ ticket: z.string().max(80), how: z.enum(['done', 'no-change', 'deferred']), reason: words.optional() })).optional(),
  }),
  plan_recorded: z.strictObject({ source: z.enum(['ticket', 'record']), record: seq.optional() }),
  repository_ticket_recorded: z.strictObject({ path, digest }),
  writer_assigned: z.strictObject({ writer: actor }),
  implementation_complete: z.strictObject({
    changeSet,
    /** What the change was measured from, before git's filters. Ledgers that began before this was remembered have none. */
    raw: z.array(z.strictObject({ path, kind: z.enum(['file', 'link', 'directory', 'absent', 'opaque']), executable: z.boolean(), bytes: z.int().min(0), digest: digest.optional() })).optional(),
    changes: z.union([z.literal('derived'), seq]),
    hook: z.enum(['none', 'skipped', 'unchanged', 'failed']),
    /** Test and proof files that the change touches: a reviewer looks there first. */
    sensitive: z.array(z.strictObject({ path, why: z.string().max(200) })),
  }),
  focused_tests_passed: z.strictObject({
    changeSet: digest,
    proofs: z.array(z.strictObject({
      proof: z.string().max(20),
      run: seq.optional(),
      how: z.enum(['passed', 'unmeasured', 'flaky', 'inspection', 'waived']),
      failures: z.int().min(0),
      runs: z.int().min(0),
    })),
  }),
  self_review_complete: z.strictObject({ changeSet: digest, record: seq, waived }),
  independent_review_complete: z.strictObject({
    changeSet: digest, record: seq, waived,
    /** The answers that the ticket demands. Ledgers that were sealed before they were demanded have none. */
    experts: z.array(seq).optional(),
  }),
  repair_loop_complete_or_not_needed: z.strictObject({ changeSet: digest, rounds: z.int().min(0), cleared: z.array(z.string().max(20)), waived: z.array(z.string().max(60)).optional() }),
  context_curated: z.strictObject({
    changeSet: digest,
    record: seq,
    memory: z.array(changedPath),
    records: z.array(listedFile),
    /** Whether the specs still told the truth, as it was worked out. Quick tickets, and ledgers from before it was, have none. */
    drift: z.strictObject({ verdict: z.enum(DRIFT_VERDICTS), findings: z.array(words).max(1000) }).optional(),
  }),
  git_delivery_started: z.strictObject({
    changeSet: digest,
    mode: z.enum(DELIVERY_MODES),
    branch: z.string().max(400),
    parent: objectId,
    seal: digest,
    product: z.array(changedPath),
    memory: z.array(changedPath),
    records: z.array(changedPath),
    /** What the real index held for every delivered path before, so that it can be put back. */
    priorIndex: z.array(z.strictObject({ path, mode, id: objectId, stage: z.int().min(0).max(3), flags: z.string().max(10) })),
    target: target.optional(),
    message: z.string().max(20_000),
    author: z.strictObject({ name: z.string(), email: z.string(), date: z.string() }),
    committer: z.strictObject({ name: z.string(), email: z.string(), date: z.string() }),
    hooks: z.enum(['run', 'skip']),
    sign: z.boolean(),
  }),
  explicit_paths_staged: z.strictObject({ tree: objectId, entries: z.array(treeEntry) }),
  committed: z.strictObject({ commit: objectId, tree: objectId }),
  pushed: z.strictObject({ assigned: z.boolean(), commit: objectId.optional(), how: z.enum(['accepted', 'found']).optional() }),
  head_equals_origin_main_proved: z.strictObject({
    assigned: z.boolean(), commit: objectId.optional(), ref: z.string().max(400).optional(), superseded: objectId.optional(),
    /** What HEAD named when the remote was asked. Ledgers from before it was remembered have none. */
    head: objectId.optional(),
  }),
  done: z.strictObject({ mode: z.enum(DELIVERY_MODES), commit: objectId.optional(), reason: words.optional() }),
};

/** What every fact carries, whatever it says. */
const common = {
  v: z.literal(FACT_VERSION),
  seq,
  /** Digest of the fact before, byte for byte; the first one names the ticket instead. */
  prev: digest,
  at: moment,
  ticket: z.string().max(80),
  by: actor,
  origin,
};

type States = keyof typeof evidenceSchemas;
const entered = <S extends States>(state: S) =>
  z.strictObject({ ...common, kind: z.literal('entered'), state: z.literal(state), evidence: evidenceSchemas[state] });

const attested = { ...common, kind: z.literal('recorded'), changeSet: changeSet.pick({ digest: true, base: true }).optional(), digest };

export const enteredSchema = z.discriminatedUnion('state', [
  entered('source_lock_validated'), entered('repository_discovered'), entered('plan_recorded'), entered('repository_ticket_recorded'),
  entered('writer_assigned'), entered('implementation_complete'), entered('focused_tests_passed'), entered('self_review_complete'),
  entered('independent_review_complete'), entered('repair_loop_complete_or_not_needed'), entered('context_curated'),
  entered('git_delivery_started'), entered('explicit_paths_staged'), entered('committed'), entered('pushed'),
  entered('head_equals_origin_main_proved'), entered('done'),
]);

export const recordedSchema = z.discriminatedUnion('record', [
  z.strictObject({ ...attested, record: z.literal('plan'), document: storedRecordSchemas.plan }),
  z.strictObject({ ...attested, record: z.literal('changes'), document: storedRecordSchemas.changes }),
  z.strictObject({ ...attested, record: z.literal('self-review'), document: storedRecordSchemas['self-review'] }),
  z.strictObject({ ...attested, record: z.literal('review'), document: storedRecordSchemas.review }),
  z.strictObject({ ...attested, record: z.literal('curation'), document: storedRecordSchemas.curation }),
  z.strictObject({ ...attested, record: z.literal('expert'), document: storedRecordSchemas.expert }),
  z.strictObject({ ...attested, record: z.literal('handoff'), document: storedRecordSchemas.handoff }),
  z.strictObject({ ...attested, record: z.literal('blocker'), document: storedRecordSchemas.blocker }),
  z.strictObject({ ...attested, record: z.literal('blocker-decision'), document: storedRecordSchemas['blocker-decision'] }),
]);

const other = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('proof-ran'), ...proofRun.shape }),
  z.strictObject({ ...common, kind: z.literal('reworked'), reason: words, repair: z.boolean() }),
  /** What executes or redirects, as a person agreed to it: they refresh on what is there. */
  z.strictObject({
    ...common, kind: z.literal('refreshed'), reason: words, agreed: fingerprints.optional(),
    /** How many of each kind were altered when they agreed. Their names stay private. */
    altered: altered.optional(),
    /** Memory that somebody had edited when the ticket began, and has committed since. */
    settled: z.array(path).optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('blocked'), reason: words, release: words }),
  z.strictObject({ ...common, kind: z.literal('unblocked'), reason: words.optional(), rounds: z.int().min(0).max(1) }),
  z.strictObject({ ...common, kind: z.literal('abandoned'), reason: words, noChange: z.boolean() }),
  z.strictObject({ ...common, kind: z.literal('waived'), what: z.string().max(60), reason: words }),
  z.strictObject({ ...common, kind: z.literal('escalated'), triggers: z.array(z.string().max(60)), digest }),
  /** Private work that a person declared as their own. Its names stay private: only how many, and a salted digest. */
  z.strictObject({ ...common, kind: z.literal('declared-mine'), paths: z.int().min(1), digest }),
  /** The commit object exists; no ref names it yet. */
  z.strictObject({ ...common, kind: z.literal('commit-prepared'), commit: objectId, tree: objectId }),
  /** `unanswered`: the commit of which a push was begun, and nobody heard what came of it. */
  z.strictObject({ ...common, kind: z.literal('delivery-aborted'), reason: words, restored: z.int().min(0), unanswered: target.omit({ url: true }).extend({ commit: objectId }).optional() }),
]);

// By its kind at once: a union that tries one after the other takes twice as long, and cannot say what is wrong.
export const factSchema = z.discriminatedUnion('kind', [enteredSchema, recordedSchema, other])
  .meta({ title: 'cxw fact', description: 'One line of the ledger of a ticket.' });

export type Fact = z.infer<typeof factSchema>;
export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;
export type Entered<S extends States = States> = Extract<Fact, { kind: 'entered'; state: S }>;
export type Recorded = FactOf<'recorded'>;
export type Evidence<S extends States> = z.infer<(typeof evidenceSchemas)[S]>;
export type ProofRun = z.infer<typeof proofRun>;
export type Target = z.infer<typeof target>;
export type AlteredCounts = z.infer<typeof altered>;
export type Fingerprints = z.infer<typeof fingerprints>;
export type ListedFile = z.infer<typeof listedFile>;
export type TreeEntry = z.infer<typeof treeEntry>;
export type IndexEntry = Evidence<'git_delivery_started'>['priorIndex'][number];

/** A fact before the ledger has given it its number, its predecessor and its time. */
export type Draft<F extends Fact = Fact> = F extends Fact ? Omit<F, 'v' | 'seq' | 'prev' | 'at' | 'ticket'> : never;

/** The worktree's own ledger: which ticket owns the changes here. */
export const claimSchema = z.discriminatedUnion('kind', [
  z.strictObject({ v: z.literal(FACT_VERSION), seq, prev: digest, at: moment, kind: z.literal('claimed'), ticket: z.string().max(80), by: actor, origin }),
  z.strictObject({ v: z.literal(FACT_VERSION), seq, prev: digest, at: moment, kind: z.literal('released'), ticket: z.string().max(80), by: actor, origin, how: z.enum(['done', 'abandoned', 'handed-back']) }),
]).meta({ title: 'cxw claim', description: 'One line of the ledger of a worktree.' });
export type Claim = z.infer<typeof claimSchema>;
export type ClaimDraft = Claim extends infer C ? (C extends Claim ? Omit<C, 'v' | 'seq' | 'prev' | 'at'> : never) : never;

