import * as z from 'zod';
import type { Ticket } from './ticket.js';
import { line, text, writtenGlob, writtenPath, type PathNotation } from './ticketFields.js';
import { TICKET_ID, TICKET_ID_MAX } from './ticketId.js';
import { largerWith } from './ticketLarger.js';
import { TRIGGERS } from './triggers.js';

/** The version of the ticket format that this program writes. */
export const TICKET_VERSION = 3;

export const KINDS = ['feature', 'small-feature', 'bugfix', 'refactor', 'test', 'documentation', 'cleanup', 'diagnosis'] as const;

const proofId = z.string().regex(/^[A-Z][A-Z0-9]{0,7}-?\d{1,4}$/, 'must look like P1 or PROOF-01').meta({ description: 'Names the proof for the criteria that it covers.' });
const criterionId = z.string().regex(/^AC-\d{1,4}$/, 'must look like AC-1').meta({ description: 'Names the criterion, as AC-1.' });

const proofWith = (path: PathNotation) => z.strictObject({
  id: proofId,
  run: z.union([z.array(z.string().min(1).max(4096)).min(1).max(256), line(4096)]).optional()
    .meta({ description: 'The command: a list of words, or one line that is split into words without a shell.' }),
  shell: line(4096).optional()
    .meta({ description: 'A command line for a shell. It is shown in full before its first run and bound by its digest.' }),
  inspect: text.optional()
    .meta({ description: 'What a reviewer must look at. Only where every path of the ticket matches the docs patterns of the policy.' }),
  timeout: z.int().min(1).max(86_400).optional().meta({ description: 'Seconds before the run is ended. Default: the policy.' }),
  expect: z.strictObject({
    tests_min: z.int().min(1).max(1_000_000).meta({ description: 'At least so many tests must pass.' }),
  }).optional(),
  junit: path.optional().meta({ description: 'A JUnit XML file that the run writes, read for its counts.' }),
  must_fail_on_base: z.boolean().optional()
    .meta({ description: 'The proof must fail when only the test paths of the change are applied to the base.' }),
  regression: z.boolean().optional()
    .meta({ description: 'It guards what held before: no criterion need name it.' }),
}).meta({ description: 'A command that shows that a criterion holds.' });

export const criterionSchema = z.strictObject({
  id: criterionId,
  text: text.optional().meta({ description: 'The criterion in one sentence (EARS, or any sentence that can be checked).' }),
  given: text.optional(),
  when: text.optional(),
  then: text.optional(),
  proofs: z.array(proofId).min(1).max(50).meta({ description: 'The proofs that cover this criterion.' }),
}).meta({ description: 'What must hold when the ticket is done: `text`, or given/when/then.' });

const forbidden = z.array(writtenGlob).max(200).optional().meta({ description: 'Patterns that the change must not touch, beside those of the policy.' });

const sharedWith = (path: PathNotation) => ({
  schema_version: z.literal(TICKET_VERSION),
  id: z.string().max(TICKET_ID_MAX).regex(TICKET_ID, 'must look like TKT-2026-11-21-fix-typo')
    .meta({ description: 'Unique; also the name of the ticket file.' }),
  title: line(120).meta({ description: 'One line; the subject of the delivered commit.' }),
  kind: z.enum(KINDS).meta({ description: 'What kind of work this is.' }),
  triggers: z.array(z.enum(TRIGGERS)).max(10).optional()
    .meta({ description: 'Triggers that no path can show and that the author knows of. Naming one makes the ticket more than quick.' }),
  acceptance: z.array(criterionSchema).min(1).max(100),
  proof: z.array(proofWith(path)).min(1).max(50),
});

const ticketName = z.string().max(TICKET_ID_MAX).regex(TICKET_ID, 'must look like TKT-2026-11-21-fix-typo');

/** A ticket's place in a chain. */
const kin = {
  parent: ticketName.optional().meta({ description: 'The orchestrator ticket that this one is a child of. It names this one among its children.' }),
  after: z.array(ticketName).max(50).optional().meta({ description: 'Tickets that must be done before this one begins.' }),
};

const quickWith = (path: PathNotation) => z.strictObject({
  ...sharedWith(path),
  class: z.literal('quick'),
  ...kin,
  why_quick: text.meta({ description: 'Why this is one small, bounded objective.' }),
  scope: z.strictObject({
    files: z.array(path).min(1).max(200).meta({ description: 'The exact files of the change: at most three.' }),
    forbidden,
  }),
  plan: z.array(text).min(1).max(50).meta({ description: 'The steps, in order. A quick ticket carries its plan itself.' }),
});

const broadScope = built(() => z.strictObject({
  allowed: z.array(writtenGlob).min(1).max(500).meta({ description: 'Patterns that the change may touch.' }),
  forbidden,
}));

const standardWith = (path: PathNotation) =>
  z.strictObject({ ...sharedWith(path), class: z.literal('standard'), ...kin, scope: broadScope(), ...largerWith(path) });

const orchestratorWith = (path: PathNotation) => z.strictObject({
  ...sharedWith(path),
  class: z.literal('orchestrator'),
  scope: broadScope(),
  ...largerWith(path),
  children: z.array(ticketName).max(100).meta({ description: 'The tickets that carry out the work.' }),
  stages: z.array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/), children: z.array(z.string()).min(1), exit_gate: text })).max(50).optional()
    .meta({ description: 'Stages in their order: the children of one begin when those of the stages before are done, or put off with a reason.' }),
  final_verifier: line(80).optional().meta({ description: 'Whose review closes the parent: a name, or reviewer for anyone who may review.' }),
});

/** The schemas of the classes of ticket whose paths are noted in one way, each built when it is first asked for. */
export const ticketClassesWith = (path: PathNotation) => ({
  quick: built(() => quickWith(path)),
  standard: built(() => standardWith(path)),
  orchestrator: built(() => orchestratorWith(path)),
});

export type TicketClasses = ReturnType<typeof ticketClassesWith>;

function built<T>(build: () => T): () => T {
  let schema: T | undefined;
  return () => schema ??= build();
}

/** The classes of a ticket as people write it. */
export const writtenClasses = ticketClassesWith(writtenPath);

/**
 * The schema of the class that a value names; nothing when it names none. To build those of the other classes takes
 * longer than to judge a ticket.
 */
export function schemaOfItsClass(value: unknown): z.ZodType<Ticket> | undefined {
  const name = typeof value === 'object' && value !== null && 'class' in value ? value.class : undefined;
  return typeof name === 'string' && Object.hasOwn(writtenClasses, name) ? writtenClasses[name as keyof typeof writtenClasses]() : undefined;
}
