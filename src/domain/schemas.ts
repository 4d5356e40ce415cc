import * as z from 'zod';
import { answerName } from './answerName.js';
import { answerSchemas, type AnsweredCommand } from './answers.js';
import { noteSchema } from './delivery/note.js';
import { envelopeSchema, envelopeWith } from './envelope.js';
import { claimSchema, factSchema } from './facts.js';
import { jsonSchemaOf, type JsonSchema } from './jsonSchema.js';
import { shapes } from './laidDown/shapes.js';
import { manifestSchema } from './manifestReading.js';
import { policySchema } from './policy.js';
import { RECORD_KINDS } from './recordKinds.js';
import { recordSchemas } from './records.js';
import { steeringSchema } from './steering/pack.js';
import { reviewPointsSchema } from './review/points.js';
import { reviewWordsSchema } from './review/words.js';
import { ticketSchema } from './ticket.js';

export type { JsonSchema };

/** The formats that have a schema, by the name that `cxw schema NAME` takes. */
const FORMATS: Record<string, z.ZodType> = {
  ticket: ticketSchema,
  policy: policySchema,
  steering: steeringSchema,
  ...Object.fromEntries(RECORD_KINDS.map((kind) => [`record-${kind}`, recordSchemas[kind]])),
  'review-words': reviewWordsSchema,
  'review-points': reviewPointsSchema,
  manifest: manifestSchema,
  ...shapes,
  'delivery-note': noteSchema,
  fact: factSchema,
  claim: claimSchema,
  envelope: envelopeSchema,
  ...Object.fromEntries((Object.keys(answerSchemas) as AnsweredCommand[]).map((command) => [`answer-${command.replaceAll(' ', '-')}`, answerOf(command)])),
};

/** The envelope of one command. What its data lacks, a refusal or a failure left out. */
function answerOf(command: AnsweredCommand): z.ZodType {
  const data: z.ZodObject = answerSchemas[command];
  return envelopeWith(z.literal(answerName(command)), data.partial()).meta({ title: `The answer of cxw ${command}` });
}

export const schemaNames: readonly string[] = Object.keys(FORMATS);

/** The JSON Schema of a format; nothing for an unknown name. */
export function jsonSchema(name: string): JsonSchema | undefined {
  // Whoever asks may write any word, also one that every object inherits.
  if (!Object.hasOwn(FORMATS, name)) return undefined;
  const format = FORMATS[name]!;
  // A fact repeats whole tickets and policies; the others read better without references, also as hints in an editor.
  return jsonSchemaOf(format, format === factSchema || name === 'answer-ticket-show' ? 'ref' : 'inline');
}

/** All of them, by name. */
export const jsonSchemas = (): Record<string, JsonSchema> => Object.fromEntries(schemaNames.map((name) => [name, jsonSchema(name)!]));
