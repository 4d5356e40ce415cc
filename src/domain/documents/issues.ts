import type * as z from 'zod';
import { nearest } from '../nearest.js';
import { complain, type Place, type Problem } from '../problem.js';
import { pathProblem } from './pathProblems.js';
import { knownKeys, memberOf } from './schemaShape.js';
import { TOLD_MAX } from './told.js';
import { fieldName, type FieldPath, type Whereabouts } from './whereabouts.js';

type Issue = z.core.$ZodIssue;

/** A document and the schema that judged it. */
export interface Judged {
  value: unknown;
  where: Whereabouts;
  schema: z.ZodType;
  /** What `cxw schema` calls it: `ticket`, `policy`, `record-plan`. */
  format: string;
}

/** What a schema found, in our words, in the order of the document; of very much the first, and how much more there is. */
export function schemaProblems(issues: readonly Issue[], judged: Judged): Problem[] {
  const problems = issues.flatMap((issue) => problemsOf(issue, judged, [])).sort(byPlace);
  const untold = problems[TOLD_MAX];
  if (untold === undefined) return problems;
  const place = untold.place === undefined ? judged.where.key([]) : { ...untold.place, label: 'and from here on' };
  return [...problems.slice(0, TOLD_MAX), complain('more-problems', { left: problems.length - TOLD_MAX, format: judged.format }, place)];
}

/** By line and column; what has no place comes first. */
export const byPlace = ({ place: a }: Problem, { place: b }: Problem): number =>
  (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);

function problemsOf(issue: Issue, judged: Judged, around: FieldPath): Problem[] {
  const path = [...around, ...issue.path] as FieldPath;
  const found = path.reduce<unknown>(memberOf, judged.value);
  const spoken: Spoken = { judged, path, found, field: fieldName(path) };
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, spoken);
  if (path.length > 0 && found === undefined) return [missingKey(spoken)];
  // A map with a `length` of its own is measured as if it were a text or a list: that it is none is told already.
  if ((issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'unknown') return [];
  switch (issue.code) {
    case 'invalid_type': return [wrongType(spoken, [KINDS[issue.expected] ?? issue.expected])];
    case 'invalid_value': return [wrongValue(spoken, issue.values)];
    case 'invalid_union': return issue.errors.length === 0 ? [wrongValue(spoken, optionsOf(issue))] : unionProblems(issue.errors, spoken);
    case 'too_big': return [outOfBounds(spoken, issue.origin, { most: Number(issue.maximum) })];
    case 'too_small': return [outOfBounds(spoken, issue.origin, { least: Number(issue.minimum) })];
    case 'invalid_format': return [complain('wrong-format', { ...named(spoken), wants: wantedFormat(issue) }, here(spoken, wantedFormat(issue)))];
    case 'custom': return [pathProblem(issue.params ?? {}, path, judged.where)];
    default: return [complain('wrong-format', { ...named(spoken), wants: 'has another form' }, here(spoken))];
  }
}

interface Spoken {
  judged: Judged;
  path: FieldPath;
  found: unknown;
  field: string;
}

const named = ({ field, judged }: Spoken): { field: string; format: string } => ({ field, format: judged.format });
const here = ({ judged, path }: Spoken, label?: string): Place => judged.where.value(path, label);

const KINDS: Record<string, string> = {
  string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'a map', record: 'a map',
};

function unknownKeys(keys: readonly string[], { judged, path, field }: Spoken): Problem[] {
  const known = knownKeys(judged.schema, judged.value, path);
  return keys.map((key) => {
    const near = nearest(key, known);
    const place = judged.where.key([...path, key], near[0] === undefined ? 'unknown key' : `perhaps ${near[0]}`);
    return complain('unknown-key', { key, within: field, known, near, format: judged.format }, place);
  });
}

function missingKey({ judged, path }: Spoken): Problem {
  const [within, key] = [path.slice(0, -1), String(path.at(-1))];
  const isProofs = path[0] === 'acceptance' && path.length === 3 && key === 'proofs';
  if (isProofs) return unproved(judged, within);
  return complain('missing-key', { key, within: fieldName(within), format: judged.format }, judged.where.key(within, `${key} is missing`));
}

function unproved({ value, where }: Judged, criterion: FieldPath): Problem {
  const id = memberOf(criterion.reduce<unknown>(memberOf, value), 'id');
  return complain('criterion-without-proof', { criterion: typeof id === 'string' ? id : fieldName(criterion) }, where.value([...criterion, 'proofs'], 'no proof'));
}

function wrongType(spoken: Spoken, wanted: readonly string[]): Problem {
  const written = spoken.judged.where.written(spoken.path);
  const isUnquoted = wanted.includes('text') && written !== undefined && written !== '' && typeof spoken.found !== 'string' && spoken.found !== null;
  const facts = { ...named(spoken), wants: wanted.join(' or '), found: kindOf(spoken.found, written), quoted: isUnquoted ? JSON.stringify(written) : undefined };
  return complain('wrong-type', facts, here(spoken, isUnquoted ? 'not text, because it is not quoted' : `should be ${facts.wants}`));
}

function kindOf(value: unknown, written: string | undefined): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? `the number ${written ?? value}` : String(written ?? value);
}

const VERSION_KEY = 'schema_version';

function wrongValue(spoken: Spoken, values: readonly unknown[]): Problem {
  const { judged, path, found } = spoken;
  const allowed = values.map(String);
  const written = judged.where.written(path) ?? kindOf(found, undefined);
  if (path.length === 1 && path[0] === VERSION_KEY) {
    if (typeof found === 'string' && allowed.includes(found)) return wrongType(spoken, ['a number']);
    return complain('ticket-version', { found: written, wants: allowed[0]!, format: judged.format }, here(spoken, `this cxw reads ${allowed[0]}`));
  }
  if (found === null || typeof found === 'object') return wrongType(spoken, ['text']);
  const near = nearest(written, allowed);
  return complain('wrong-value', { ...named(spoken), found: written, allowed, near }, here(spoken, near[0] === undefined ? 'not one of the allowed' : `perhaps ${near[0]}`));
}

/** The values of the key that tells the classes of a document apart. The type does not know of it, the issue does. */
const optionsOf = (issue: Issue): unknown[] => ('options' in issue && Array.isArray(issue.options) ? issue.options : []);

/** Of several forms, the one that was tried is told about; or, when none was, all of them. */
function unionProblems(forms: readonly Issue[][], spoken: Spoken): Problem[] {
  const tried = forms.find((issues) => !issues.some(({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')));
  if (tried !== undefined) return tried.flatMap((issue) => problemsOf(issue, spoken.judged, spoken.path));
  const wanted = forms.flat().flatMap((issue) => {
    if (issue.path.length > 0) return [];
    return issue.code === 'invalid_type' ? [KINDS[issue.expected] ?? issue.expected] : issue.code === 'invalid_value' ? issue.values.map(String) : [];
  });
  return [wrongType(spoken, wanted)];
}

function outOfBounds(spoken: Spoken, origin: string, bounds: { least?: number; most?: number }): Problem {
  const { judged, path, found } = spoken;
  const facts = named(spoken);
  if (origin === 'string') {
    return bounds.most === undefined
      ? complain('text-empty', facts, here(spoken, 'no text'))
      : complain('text-too-long', { ...facts, length: String(found).length, most: bounds.most }, here(spoken, `longer than ${bounds.most} characters`));
  }
  if (origin !== 'array') return complain('number-out-of-range', { ...facts, found: judged.where.written(path) ?? String(found), ...bounds }, here(spoken, bounds.most === undefined ? `at least ${bounds.least}` : `at most ${bounds.most}`));
  const items = Array.isArray(found) ? found.length : 0;
  if (path[0] === 'acceptance' && path.at(-1) === 'proofs' && items === 0) return unproved(judged, path.slice(0, -1));
  return bounds.most === undefined
    ? complain('list-too-short', { ...facts, items, least: bounds.least ?? 1 }, here(spoken, `needs ${bounds.least ?? 1} or more`))
    : complain('list-too-long', { ...facts, items, most: bounds.most }, here(spoken, `at most ${bounds.most}`));
}

/** Formats whose schema does not say them in words. */
const FORMATS: Record<string, string> = {
  '/^DEC-\\d{1,4}$/': 'must look like DEC-1',
  '/^T\\d{1,3}$/': 'must look like T1',
  '/^F\\d{1,4}$/': 'must look like F1',
  '/^[a-z][a-z0-9_]{0,40}$/': 'must be a word of lower-case letters, digits and underscores',
  '/^[A-Za-z_][A-Za-z0-9_]{0,127}$/': 'must be the name of an environment variable',
  '/^[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}$/': 'must be the name of a remote',
};

function wantedFormat(issue: z.core.$ZodIssueInvalidStringFormat): string {
  if (!issue.message.startsWith('Invalid')) return issue.message;
  const pattern = issue.pattern ?? '';
  if (pattern.includes('-\\d{4}-\\d{2}-\\d{2}-')) return 'must look like TKT-2026-11-21-fix-typo';
  return FORMATS[pattern] ?? `must match ${pattern}`;
}
