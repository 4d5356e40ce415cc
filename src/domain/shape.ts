/** A JSON Schema (draft 7), as far as ours use it. */
export type Shape = { readonly [keyword: string]: unknown };

/**
 * Where a value does not fit a shape, as the names of its members; nothing when it fits. Lengths are counted as
 * JavaScript counts them, which is how the schemas count from which our shapes are made. A keyword that is not known
 * here throws: to pass over it would be to believe.
 */
export const misfit = (shape: Shape, value: unknown): string[] | undefined => misfitWithin(shape, value, shape);

function misfitWithin(shape: Shape, value: unknown, root: Shape): string[] | undefined {
  for (const keyword in shape) {
    const judge = KEYWORDS[keyword];
    if (judge === undefined) throw new Error(`a shape has the keyword ${keyword}, which is not known here`);
    const place = judge(shape[keyword] as never, value, { shape, root });
    if (place !== undefined) return place;
  }
  return undefined;
}

interface Around {
  shape: Shape;
  root: Shape;
}

type Keyword = (wanted: never, value: unknown, around: Around) => string[] | undefined;

const HERE: string[] = [];

const unless = (fits: boolean): string[] | undefined => (fits ? undefined : HERE);
const silent: Keyword = () => undefined;

/** Each one says nothing about values of other types, as the standard wants it. */
const KEYWORDS: Record<string, Keyword> = {
  $schema: silent, title: silent, description: silent, default: silent, definitions: silent,
  $ref: (name: string, value, { root }) => misfitWithin(referred(name, root), value, root),
  type: (name: keyof typeof TYPES, value) => unless(TYPES[name](value)),
  const: (wanted, value) => unless(value === wanted),
  enum: (wanted: unknown[], value) => unless(wanted.includes(value)),
  pattern: (pattern: string, value) => unless(typeof value !== 'string' || new RegExp(pattern).test(value)),
  minLength: (least: number, value) => unless(typeof value !== 'string' || value.length >= least),
  maxLength: (most: number, value) => unless(typeof value !== 'string' || value.length <= most),
  minimum: (least: number, value) => unless(typeof value !== 'number' || value >= least),
  maximum: (most: number, value) => unless(typeof value !== 'number' || value <= most),
  minItems: (least: number, value) => unless(!Array.isArray(value) || value.length >= least),
  maxItems: (most: number, value) => unless(!Array.isArray(value) || value.length <= most),
  items: (shape: Shape, value, { root }) => (Array.isArray(value) ? firstMisfit(value.entries(), () => shape, root) : undefined),
  required: (names: string[], value) => {
    const missing = isObject(value) ? names.find((name) => !Object.hasOwn(value, name)) : undefined;
    return missing === undefined ? undefined : [missing];
  },
  properties: (shapes: Record<string, Shape>, value, { root }) =>
    (isObject(value) ? firstMisfit(Object.entries(value), (name) => (Object.hasOwn(shapes, name) ? shapes[name] : undefined), root) : undefined),
  propertyNames: (shape: Shape, value, { root }) => unless(!isObject(value) || Object.keys(value).every((name) => misfitWithin(shape, name, root) === undefined)),
  additionalProperties: (allowed: false | Shape, value, { shape, root }) => {
    if (!isObject(value)) return undefined;
    const others = Object.entries(value).filter(([name]) => !Object.hasOwn(shape['properties'] as object | undefined ?? {}, name));
    return allowed === false ? unless(others.length === 0) : firstMisfit(others, () => allowed, root);
  },
  allOf: (shapes: Shape[], value, { root }) => firstOf(shapes.map((shape) => misfitWithin(shape, value, root))),
  anyOf: (shapes: Shape[], value, { root }) => unless(shapes.some((shape) => misfitWithin(shape, value, root) === undefined)),
  // Ours are told apart by what a member must be, so at most one of them is meant; its misfit says more than "none fits".
  oneOf: (shapes: Shape[], value, { root }) => {
    const meant = shapes.find((shape) => isMeant(shape, value, root));
    return meant === undefined ? HERE : misfitWithin(meant, value, root);
  },
};

const TYPES = {
  object: isObject,
  array: Array.isArray,
  string: (value: unknown) => typeof value === 'string',
  boolean: (value: unknown) => typeof value === 'boolean',
  number: (value: unknown) => typeof value === 'number',
  integer: (value: unknown) => Number.isInteger(value),
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const referred = (name: string, root: Shape): Shape => (root['definitions'] as Record<string, Shape>)[name.slice('#/definitions/'.length)]!;

function firstMisfit(members: Iterable<[string | number, unknown]>, shapeOf: (name: string) => Shape | undefined, root: Shape): string[] | undefined {
  for (const [name, member] of members) {
    const shape = shapeOf(String(name));
    const place = shape === undefined ? undefined : misfitWithin(shape, member, root);
    if (place !== undefined) return [String(name), ...place];
  }
  return undefined;
}

const firstOf = (places: (string[] | undefined)[]): string[] | undefined => places.find((place) => place !== undefined);

/** Whether every member that can only be one thing is that thing. */
function isMeant(shape: Shape, value: unknown, root: Shape): boolean {
  if (shape['$ref'] !== undefined) return isMeant(referred(shape['$ref'] as string, root), value, root);
  if (shape['oneOf'] !== undefined) return (shape['oneOf'] as Shape[]).some((option) => isMeant(option, value, root));
  return isObject(value) && Object.entries(shape['properties'] as Record<string, Shape>).every(([name, member]) =>
    member['const'] === undefined || (Object.hasOwn(value, name) && (value as Record<string, unknown>)[name] === member['const']));
}
