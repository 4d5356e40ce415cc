import * as z from 'zod';
import type { FieldPath } from './whereabouts.js';

/** The keys that a schema knows at a place of a document; none where it wants something else than a map. */
export function knownKeys(schema: z.ZodType, document: unknown, path: FieldPath): string[] {
  let shapes: z.core.$ZodType[] = [schema];
  let value = document;
  for (const part of path) {
    shapes = shapes.flatMap((shape) => branches(shape, value)).flatMap((shape) => below(shape, part));
    value = memberOf(value, part);
  }
  return [...new Set(shapes.flatMap((shape) => branches(shape, value)).flatMap(keysOf))];
}

/** The schemas that this value may be judged by, without what is wrapped around them. */
function branches(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return branches(schema.unwrap(), value);
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.filter((option) => fits(option, schema.def.discriminator, value));
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => branches(option, value));
  return [schema];
}

function fits(option: z.core.$ZodType, discriminator: string, value: unknown): boolean {
  const wanted = option instanceof z.ZodObject ? (option.shape as Record<string, unknown>)[discriminator] : undefined;
  return wanted instanceof z.ZodLiteral && wanted.values.has(memberOf(value, discriminator) as never);
}

function below(schema: z.core.$ZodType, part: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.core.$ZodType>) : {};
  return Object.hasOwn(shape, part) ? [shape[part]!] : [];
}

function keysOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  return schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];
}

/** What stands in a parsed document under a key or index of its own; never what every object inherits. */
export function memberOf(value: unknown, part: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? (value as Record<string | number, unknown>)[part] : undefined;
}
