import * as z from 'zod';
import { envelopeSchema } from './envelope.js';
import { claimSchema, factSchema } from './facts.js';
import { policySchema } from './policy.js';
import { RECORD_KINDS, recordSchemas } from './records.js';
import { ticketSchema } from './ticket.js';

export type JsonSchema = Record<string, unknown>;

/** The formats that have a schema, by the name that `cxw schema NAME` takes. */
const FORMATS: Record<string, z.ZodType> = {
  ticket: ticketSchema,
  policy: policySchema,
  ...Object.fromEntries(RECORD_KINDS.map((kind) => [`record-${kind}`, recordSchemas[kind]])),
  fact: factSchema,
  claim: claimSchema,
  envelope: envelopeSchema,
};

export const schemaNames: readonly string[] = Object.keys(FORMATS);

/** The JSON Schema (draft 7, which editors know) of a format as it is written; nothing for an unknown name. */
export function jsonSchema(name: string): JsonSchema | undefined {
  const format = FORMATS[name];
  if (format === undefined) return undefined;
  // A fact repeats whole tickets and policies; the others read better without references, also as hints in an editor.
  const reused = format === factSchema ? 'ref' : 'inline';
  return z.toJSONSchema(format, { target: 'draft-7', io: 'input', reused }) as JsonSchema;
}

/** All of them, by name. */
export const jsonSchemas = (): Record<string, JsonSchema> => Object.fromEntries(schemaNames.map((name) => [name, jsonSchema(name)!]));
