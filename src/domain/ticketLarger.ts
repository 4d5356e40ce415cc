import * as z from 'zod';
import { line, text, writtenGlob, type PathNotation } from './ticketFields.js';

/** How much hands and eyes a larger ticket gets. A quick ticket has its own, which is its class. */
export const INTENSITIES = ['standard_worker', 'expert_supported', 'bounded_expert_rounds', 'research_only'] as const;

const decision = z.strictObject({ id: z.string().regex(/^DEC-\d{1,4}$/), text, blocks: z.boolean().optional() });

/** What a ticket says that is more than quick. */
export const largerWith = (path: PathNotation) => ({
  intensity: z.enum(INTENSITIES).optional()
    .meta({ description: 'standard_worker: one writer (the default). expert_supported: with experts. bounded_expert_rounds: with experts, in at most max_iterations repair rounds. research_only: changes documentation alone and ends with a report.' }),
  max_iterations: z.int().min(1).max(5).optional()
    .meta({ description: 'Repair rounds at most; of an orchestrator, rounds of its final verification (default 5).' }),
  background: z.strictObject({
    problem: text.optional(),
    current: text.optional().meta({ description: 'How it is now.' }),
    desired: text.optional().meta({ description: 'How it should be.' }),
    prior_work: z.array(text).max(50).optional(),
    out_of_scope: z.array(text).max(50).optional().meta({ description: 'What is not part of this work, in words.' }),
  }).optional().meta({ description: 'Why the work is done.' }),
  workers: z.array(z.strictObject({ role: line(60), task: text })).max(20).optional()
    .meta({ description: 'Who does what, in this order.' }),
  plan: z.array(text).max(50).optional().meta({ description: 'The first idea of the steps; the recorded plan decides.' }),
  specs: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('full_sdd'), requirements: path, design: path, tasks: path, delta: path.optional() }),
    z.strictObject({ mode: z.literal('no_spec'), reason: text }),
  ]).meta({ description: 'The specs that this ticket carries out, or the concrete reason why it needs none.' }),
  decisions: z.strictObject({
    locked: z.array(decision).max(100).optional(),
    open: z.array(decision).max(100).optional(),
  }).optional().meta({ description: 'Decisions that bind the work, and open ones. An open one that blocks stops the writer.' }),
  steering: z.array(path).max(50).optional().meta({ description: 'Guidance packs to read first.' }),
  context: z.strictObject({
    max_files: z.int().min(1).max(500).optional(),
    max_lines: z.int().min(1).max(100_000).optional(),
    required: z.array(path).max(200).optional(),
    exclude: z.array(writtenGlob).max(200).optional(),
  }).optional().meta({ description: 'What a fresh session is told, and how much of it.' }),
  experts: z.array(z.strictObject({ profile: line(60), why: text })).max(20).optional()
    .meta({ description: 'Expert reviews that this ticket demands.' }),
  visual: z.strictObject({
    views: z.array(z.strictObject({ id: z.string().regex(/^V\d{1,3}$/, 'must look like V1'), what: text })).min(1).max(50),
    rule: text.optional().meta({ description: 'When a view passes.' }),
  }).optional().meta({ description: 'Views that the reviewer must look at; the review names each as inspected.' }),
  stop_conditions: z.array(text).max(50).optional().meta({ description: 'When to stop and ask.' }),
  handoff: z.array(text).max(50).optional().meta({ description: 'What the handoff must tell. The curation then names the next action.' }),
  done: z.array(text).max(50).optional().meta({ description: 'When the work is done, beside its criteria.' }),
});
