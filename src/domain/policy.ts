import * as z from 'zod';
import { PATIENCE } from './patience.js';
import { REMOTE_NAME } from './remoteName.js';
import { EXPERTS } from './roles.js';
import { writtenGlob } from './ticketFields.js';
import { TRIGGERS } from './triggers.js';

export const POLICY_VERSION = 1;

export const DELIVERY_MODES = ['none', 'commit', 'commit-push'] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/** What becomes of the note about a delivery that the remote confirmed. */
export const NOTE_WISHES = ['none', 'local', 'push'] as const;
export type NoteWish = (typeof NOTE_WISHES)[number];

const globs = z.array(writtenGlob).max(500);
const words = z.array(z.string().min(1).max(4096)).min(1).max(256);
const unknownOr = z.union([z.literal('unknown'), z.string().min(1).max(4096)]);
const envName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/);

/** Secrets never enter a change, whatever a ticket says. */
export const DEFAULT_FORBIDDEN = ['.env', '.env.*', '**/.env', '**/.env.*', '**/secrets/**', 'node_modules/**', '**/node_modules/**', '.git/**'];
export const DEFAULT_DOCS = ['**/*.md', '**/*.mdx', '**/*.rst', '**/*.adoc', 'docs/**', '**/LICENSE', '**/CHANGELOG*'];

export const policySchema = z.strictObject({
  schema_version: z.literal(POLICY_VERSION),
  delivery: z.strictObject({
    mode: z.enum(DELIVERY_MODES).meta({ description: 'none: evidence only. commit: a local commit. commit-push: also pushed and confirmed.' }),
    remote: z.string().regex(REMOTE_NAME).default('origin').meta({ description: 'The remote that is delivered to.' }),
    branches: globs.min(1).default(['**']).meta({ description: 'Branches that may be delivered to.' }),
    upstream_pairs: z.array(z.strictObject({ local: z.string().min(1).max(250), upstream: z.string().min(1).max(250) })).max(50).default([])
      .meta({ description: 'Local branches that are delivered to an upstream of another name.' }),
    hooks: z.enum(['run', 'skip', 'refuse-if-dirty']).default('run')
      .meta({ description: "run: the repository's commit hooks run. skip: they do not. refuse-if-dirty: they run only when nothing else is dirty." }),
    // Left out of ledgers that exist, so a default would make them other than their policy's text.
    notes: z.enum(NOTE_WISHES).optional()
      .meta({ description: 'none, or left out: no note. local: a git note under refs/notes/cxw tells of each delivery that the remote confirmed. push: it is pushed as well.' }),
    unticketed_commits: z.enum(['list', 'fail']).default('list').meta({ description: 'What verify does about commits of a range that carry no ticket.' }),
    timeout: z.int().min(PATIENCE.least).max(PATIENCE.most).default(PATIENCE.usual).meta({ description: 'Seconds that one call of git, one answer of the remote, or one hook may take.' }),
  }),
  proofs: z.strictObject({
    timeout: z.int().min(1).max(86_400).default(900).meta({ description: 'Seconds before a proof is ended.' }),
    retries: z.int().min(0).max(10).default(2).meta({ description: 'Failed runs of one proof on one change that a later pass may follow; it is then shown as flaky.' }),
    log_bytes: z.int().min(1024).max(8_388_608).default(131_072).meta({ description: 'How much of the output is kept: its head and its tail.' }),
    env: z.array(envName).max(100).default([]).meta({ description: 'Variables that proofs are given beside the safe ones.' }),
    prepare: z.array(words).max(20).default([]).meta({ description: 'Commands that make an export of the repository ready, as [npm, ci].' }),
    tests: globs.default(['**/test/**', '**/tests/**', '**/__tests__/**', '**/*.test.*', '**/*.spec.*', '**/test_*.py', '**/*_test.*'])
      .meta({ description: 'Which paths are tests.' }),
  }).prefault({}),
  limits: z.strictObject({
    repair_rounds: z.int().min(0).max(3).default(3).meta({ description: 'Repair rounds after failed reviews before a person must decide.' }),
    safety_copy_bytes: z.int().min(0).default(268_435_456).meta({ description: 'How much of the work that was there before is copied to safety.' }),
    brief_lines: z.int().min(50).max(5000).default(400).meta({ description: 'How long a brief may be.' }),
  }).prefault({}),
  modules: z.array(z.strictObject({ name: z.string().min(1).max(80), paths: globs.min(1) })).max(200).default([])
    .meta({ description: 'What counts as one module. Without it, the first directory below a workspace folder does.' }),
  triggers: z.partialRecord(z.enum(TRIGGERS), globs).default({})
    .meta({ description: 'Patterns that show a trigger; they replace the built-in ones of that trigger.' }),
  docs: globs.default(DEFAULT_DOCS).meta({ description: 'Which paths are documentation, where a proof may be an inspection.' }),
  forbidden: globs.default(DEFAULT_FORBIDDEN).meta({ description: 'Paths that no change may touch.' }),
  authorized: globs.default([]).meta({ description: 'Workflow artefacts that may be dirty without being part of a ticket.' }),
  experts: z.partialRecord(z.enum(EXPERTS), globs).optional()
    .meta({ description: 'Which paths call which expert; they replace the built-in ones of that expert.' }),
  roles: z.partialRecord(z.enum(['planner', 'writer', 'reviewer', 'curator']), z.string().min(1).max(80)).default({})
    .meta({ description: 'Which agent takes which role.' }),
  ask_again_when: z.array(z.string().min(1).max(400)).max(50).default([]).meta({ description: 'What a person must be asked again.' }),
  stack: z.strictObject({
    package_manager: unknownOr.default('unknown'),
    test: unknownOr.default('unknown'),
    lint: unknownOr.default('unknown'),
    build: unknownOr.default('unknown'),
  }).prefault({}).meta({ description: 'What init found. Unknown is said, never guessed.' }),
}).meta({ title: 'cxw policy', description: 'How work is delivered, proved and classified in this repository.' });

export type Policy = z.infer<typeof policySchema>;
