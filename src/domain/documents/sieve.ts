import type * as z from 'zod';

/** Whether a value is sure to be one of its schema, to be handed back by it as it is, and to have been read from the one text that JSON writes for it. */
export type Sieve = (value: unknown, text: string) => boolean;

/** How many characters JSON writes for a value of a schema; NaN, which makes NaN of every sum, where it is not sure to be one. */
type LengthOf = (value: unknown) => number;

type Schema = z.core.$ZodTypes;
type Check = z.core.$ZodChecks;
type Passes = (value: never) => boolean;

/**
 * The quick part of judging texts by a schema, made of the schema itself: a yes needs no second look, and a no means that
 * the schema must be asked. A text is never shorter than what JSON writes for its value, if it has no backslash and no
 * power of ten; so one that is as long has no blank, no doubled key and no other spelling in it. The text comes from
 * UTF-8: half a character would be written otherwise.
 */
export function sieveOf(schema: z.core.$ZodType): Sieve {
  const lengthOf = lengthsOf(schema);
  return (value, text) => text.length === lengthOf(value) && !text.includes('\\');
}

function lengthsOf(schema: z.core.$ZodType): LengthOf {
  const { def } = (schema as Schema)._zod;
  const checks = (def.checks ?? []).map((check) => passesOf(check as Check));
  const isAll = checks.reduce<Passes>((first, second) => (first === all ? second : (value) => first(value) && second(value)), all);
  switch (def.type) {
    case 'string': return 'format' in def || def.coerce === true ? unsure : (value) => (typeof value === 'string' && isAll(value as never) ? value.length + QUOTES : NaN);
    case 'number': return isWhole(def) ? (value) => (hasOneText(value) && isAll(value as never) ? String(value).length : NaN) : unsure;
    case 'array': return arrayLength(lengthsOf(def.element), isAll);
    case 'object': return checks.length > 0 ? unsure : objectLength(def);
    default: return checks.length > 0 ? unsure : plainLength(schema as Schema);
  }
}

const QUOTES = 2;
const BRACKETS = 2;
const unsure: LengthOf = () => NaN;
const all: Passes = () => true;
const none: Passes = () => false;

function plainLength({ _zod: { def } }: Schema): LengthOf {
  switch (def.type) {
    case 'boolean': return def.coerce === true ? unsure : (value) => (value === true ? 4 : value === false ? 5 : NaN);
    case 'literal': return oneOf(def.values);
    case 'enum': return oneOf(Object.values(def.entries));
    case 'optional': case 'default': return lengthsOf(def.innerType);
    case 'union': return unionLength(def);
    default: return unsure;
  }
}

function oneOf(values: Iterable<unknown>): LengthOf {
  const sure = [...values].filter((value) => typeof value === 'string' || hasOneText(value));
  const lengths = new Map<unknown, number>(sure.map((value) => [value, JSON.stringify(value).length]));
  return (value) => lengths.get(value) ?? NaN;
}

const isWhole = (def: z.core.$ZodNumberDef): boolean => def.coerce !== true && 'format' in def && def.format === 'safeint';

/** Not with two noughts at its end, where a power of ten is as short. */
const hasOneText = (value: unknown): value is number => Number.isSafeInteger(value) && ((value as number) % 100 !== 0 || Object.is(value, 0));

const arrayLength = (element: LengthOf, isAll: Passes): LengthOf => (value) => {
  if (!Array.isArray(value) || !isAll(value as never)) return NaN;
  let length = BRACKETS + Math.max(value.length - 1, 0);
  for (const member of value) length += element(member);
  return length;
};

interface Member {
  lengthOf: LengthOf;
  /** Of its name, with quotes, colon and the comma after it. */
  nameLength: number;
  needed: 0 | 1;
}

/** Every member is one that the schema names, and none that must be there is missing. */
function objectLength({ shape, catchall }: z.core.$ZodObjectDef): LengthOf {
  if ((catchall as Schema | undefined)?._zod.def.type !== 'never') return unsure;
  const members = new Map(Object.entries(shape).map(([name, schema]): [string, Member] =>
    [name, { lengthOf: lengthsOf(schema), nameLength: JSON.stringify(name).length + 2, needed: mayBeAbsent(schema) ? 0 : 1 }]));
  const needed = [...members.values()].reduce((count, member) => count + member.needed, 0);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NaN;
    let length = BRACKETS - 1;
    let there = 0;
    for (const name in value) {
      const member = members.get(name);
      if (member === undefined) return NaN;
      length += member.nameLength + member.lengthOf((value as Record<string, unknown>)[name]);
      there += member.needed;
    }
    return there === needed ? Math.max(length, BRACKETS) : NaN;
  };
}

/** And stays absent: what has a default is put in where it was left out, and the value handed back another one. */
function mayBeAbsent(schema: z.core.$ZodType): boolean {
  const { def } = (schema as Schema)._zod;
  return def.type === 'optional' && def.innerType._zod.optin === undefined;
}

/** One that is told apart by a member is asked alone: the others cannot take the value. */
function unionLength(def: z.core.$ZodUnionDef): LengthOf {
  const { discriminator } = def as Partial<z.core.$ZodDiscriminatedUnionDef>;
  if (discriminator === undefined) return unsure;
  const known = new Map<unknown, LengthOf>();
  const lengthFor = (kind: unknown): LengthOf => {
    const option = def.options.find(({ _zod: { propValues } }) => propValues?.[discriminator]?.has(kind as string));
    return option === undefined ? unsure : lengthsOf(option);
  };
  return (value) => {
    const kind: unknown = (value as Record<string, unknown> | null)?.[discriminator];
    const found = known.get(kind);
    if (found !== undefined) return found(value);
    const lengthOf = lengthFor(kind);
    if (lengthOf !== unsure) known.set(kind, lengthOf);
    return lengthOf(value);
  };
}

function passesOf({ _zod: { def } }: Check): Passes {
  switch (def.check) {
    case 'min_length': return ({ length }: { length: number }) => length >= def.minimum;
    case 'max_length': return ({ length }: { length: number }) => length <= def.maximum;
    case 'greater_than': return def.inclusive ? (value: number) => value >= (def.value as number) : none;
    case 'less_than': return def.inclusive ? (value: number) => value <= (def.value as number) : none;
    case 'string_format': return patternPasses(def);
    case 'overwrite': return (value: unknown) => def.tx(value) === value;
    default: return none;
  }
}

/** A pattern that remembers where it stopped would answer by what it was asked before. */
function patternPasses({ format, pattern }: z.core.$ZodCheckStringFormatDef): Passes {
  return format !== 'regex' || pattern === undefined || pattern.global || pattern.sticky ? none : (value: string) => pattern.test(value);
}
