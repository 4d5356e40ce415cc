import * as z from 'zod';
import { writtenPath } from '../ticketFields.js';

const line = z.string().trim().min(1).max(1000);
const lines = z.array(line).max(15).default([]);

/** What only the writer can say in a review. Files, proofs and findings are taken from the ledger. */
export const reviewWordsSchema = z.strictObject({
  summary: z.string().trim().min(1).max(4000).optional().meta({ description: 'Three to five sentences. Without it, what the changes record or the self-review says.' }),
  decisions: z.array(z.strictObject({ what: line, why: line, rejected: line.optional() })).max(15).default([])
    .meta({ description: 'What was decided on the way, why, and what was set aside for it.' }),
  excerpts: z.array(z.strictObject({ path: writtenPath, lines: z.string().regex(/^\d{1,7}(-\d{1,7})?$/, 'must look like 12 or 12-20').optional(), why: line })).max(5).default([])
    .meta({ description: 'Places that a reader must see: at most five.' }),
  conformance: z.array(z.strictObject({ criterion: z.string().max(20), holds: z.enum(['yes', 'partly', 'no']), note: line.optional() })).max(100).default([])
    .meta({ description: 'What the writer says of acceptance criteria, beside what the proofs show.' }),
  deviations: lines.meta({ description: 'Where the work differs from its spec, and why.' }),
  open_questions: lines,
  test_gaps: lines.meta({ description: 'What no test shows.' }),
  updates: z.array(z.strictObject({ file: writtenPath, change: line })).max(15).default([]).meta({ description: 'Documents that should change, and how.' }),
  new_adr: z.enum(['yes', 'no']).default('no').meta({ description: 'Whether a decision was made that binds later work: then a draft of its record must name the ticket.' }),
}).meta({ title: 'cxw review words' });

export type ReviewWords = z.infer<typeof reviewWordsSchema>;
