import { nearest } from '../domain/nearest.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse } from '../domain/problem.js';
import { jsonSchema, schemaNames, type JsonSchema } from '../domain/schemas.js';

export type SchemaAnswer = { name: string; schema: JsonSchema } | { names: string[] };

/** The JSON Schema of one format or answer; without a name, lists them. */
export function schema(name: string | undefined): Outcome<SchemaAnswer | object> {
  if (name === undefined) return done('schema', { names: [...schemaNames] }, ['cxw schema ticket']);
  const found = jsonSchema(name);
  if (found !== undefined) return done('schema', { name, schema: found });
  return no('refused', 'schema', {}, [refuse('unknown-schema', { written: name, names: [...schemaNames], near: nearest(name, schemaNames)[0] })]);
}
