import * as z from 'zod';

export type JsonSchema = Record<string, unknown>;

/** The JSON Schema (draft 7, which editors know) of a format as it is written. What comes up again is repeated, or referred to. */
export const jsonSchemaOf = (format: z.ZodType, reused: 'inline' | 'ref' = 'inline'): JsonSchema =>
  z.toJSONSchema(format, { target: 'draft-7', io: 'input', reused }) as JsonSchema;
