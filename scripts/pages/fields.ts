/** A JSON Schema as one reads it: only what our own schemas use. */
export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  description?: string;
  title?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
}

/** The fields of an object as a Markdown table, nested ones by their path as `scope.files[]`; no deeper than `depth`. */
export function fieldTable(schema: Schema, depth = 4): string[] {
  return ['| field | value | needed | |', '| --- | --- | --- | --- |', ...rows(schema, '', depth)];
}

function rows(schema: Schema, prefix: string, depth: number): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const needed = schema.required?.includes(name) === true && field.default === undefined;
    return [row(path, field, needed), ...nested(field, path, depth - 1)];
  });
}

function nested(field: Schema, path: string, depth: number): string[] {
  if (depth <= 0) return [];
  if (field.properties !== undefined) return rows(field, path, depth);
  if (field.items?.properties !== undefined) return rows(field.items, `${path}[]`, depth);
  const variants = variantsOf(field).concat(field.items === undefined ? [] : variantsOf(field.items));
  return variants.filter((variant) => variant.properties !== undefined).flatMap((variant) => rows(variant, field.items === undefined ? path : `${path}[]`, depth));
}

export const variantsOf = (schema: Schema): Schema[] => schema.oneOf ?? schema.anyOf ?? [];

function row(path: string, field: Schema, needed: boolean): string {
  const told = [field.description, field.default === undefined || isLong(field.default) ? undefined : `Default: \`${JSON.stringify(field.default)}\`.`];
  return `| \`${path}\` | ${cell(valueOf(field))} | ${needed ? 'yes' : ''} | ${cell(told.filter((part) => part !== undefined).join(' '))} |`;
}

const isLong = (value: unknown): boolean => JSON.stringify(value).length > 120;

function valueOf(field: Schema): string {
  if (field.const !== undefined) return `\`${String(field.const)}\``;
  if (field.enum !== undefined) return field.enum.map((value) => `\`${String(value)}\``).join(', ');
  const variants = variantsOf(field);
  if (variants.length > 0) return [...new Set(variants.map(valueOf))].join(' or ');
  if (field.type === 'array') return `list${range(field.minItems, field.maxItems, '')} of ${field.items === undefined ? 'values' : valueOf(field.items)}`;
  if (field.type === 'string') return `text${range(undefined, field.maxLength, ' characters')}`;
  if (field.type === 'integer') return `whole number${range(field.minimum, field.maximum, '')}`;
  if (field.type === 'boolean') return 'true or false';
  return field.type === 'object' ? 'fields' : field.type ?? 'any value';
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  const bounded = most !== undefined && most < 9e15;
  if (least !== undefined && least > 0 && bounded) return ` (${least} to ${most}${unit})`;
  if (bounded) return ` (at most ${most}${unit})`;
  return least !== undefined && least > 0 ? ` (at least ${least}${unit})` : '';
}

/** Text that stays within one cell of a table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
