import { sh } from '../shellLine.js';
import { count, entry, listed } from './entry.js';

/** A field of a document, as `scope.files[1]`, and the format that `cxw schema` prints. */
export interface Field {
  field: string;
  format: string;
}

const schema = ({ format }: { format: string }): string[] => [sh`cxw schema ${format}`];
const meant = (near: readonly string[]): string => (near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`);
const ended = (sentence: string): string => (sentence.endsWith('?') ? sentence : `${sentence}.`);

/** What can be wrong with a single field. */
export const documentFieldCodes = () => ({
  'unknown-key': entry<{ key: string; within: string; known: string[]; near: string[]; format: string }>({
    says: ({ key, within, known, near }) => ended(`${key} is not a key ${within === '' ? 'here' : `of ${within}`}${near.length > 0 ? meant(near) : known.length > 0 ? `; known are ${listed(known, 20)}` : ''}`),
    commands: schema,
  }),
  'missing-key': entry<{ key: string; within: string; format: string }>({
    says: ({ key, within }) => `${within === '' ? '' : `${within}: `}${key} is missing.`,
    commands: schema,
  }),
  'wrong-type': entry<Field & { wants: string; found: string; quoted?: string }>({
    says: ({ field, wants, found, quoted }) => `${field} should be ${wants}, and is ${found}${quoted === undefined ? '' : `; as text it is written ${quoted}`}.`,
    commands: schema,
  }),
  'wrong-value': entry<Field & { found: string; allowed: string[]; near: string[] }>({
    says: ({ field, found, allowed, near }) => ended(`${field} is ${found}${near.length > 0 ? meant(near) : `, and may be ${listed(allowed, 20)}`}`),
    commands: schema,
  }),
  'wrong-format': entry<Field & { wants: string }>({
    says: ({ field, wants }) => `${field} ${wants}.`,
    commands: schema,
  }),
  'text-empty': entry<Field>({
    says: ({ field }) => `${field} says nothing.`,
    commands: schema,
  }),
  'text-too-long': entry<Field & { length: number; most: number }>({
    says: ({ field, length, most }) => `${field} has ${count(length, 'character')}, and may have ${most}.`,
    commands: schema,
  }),
  'number-out-of-range': entry<Field & { found: string; least?: number; most?: number }>({
    says: ({ field, found, least, most }) => `${field} is ${found}, and may be ${least === undefined ? `at most ${most}` : `no less than ${least}`}.`,
    commands: schema,
  }),
  'list-too-short': entry<Field & { items: number; least: number }>({
    says: ({ field, items, least }) => `${field} has ${count(items, 'item')}, and needs ${least} or more.`,
    commands: schema,
  }),
  'list-too-long': entry<Field & { items: number; most: number }>({
    says: ({ field, items, most }) => `${field} has ${count(items, 'item')}, and may have ${most}.`,
    commands: schema,
  }),
  'more-problems': entry<{ left: number; format: string }>({
    says: ({ left }) => `${count(left, 'more problem')} of this document ${left === 1 ? 'is' : 'are'} not told.`,
    commands: schema,
  }),
  'ticket-version': entry<{ found: string; wants: string; format: string }>({
    says: ({ found, wants, format }) => `schema_version is ${found}; this cxw reads ${format}s of version ${wants}.`,
    commands: schema,
  }),
  'path-empty': entry<{ field: string; written: string }>({
    says: ({ field }) => `${field} is an empty path.`,
    commands: () => ['git ls-files'],
  }),
  'path-absolute': entry<{ field: string; written: string }>({
    says: ({ field, written }) => `${field} is ${written}, an absolute path; paths begin at the root of the repository.`,
    commands: () => ['git ls-files'],
  }),
  'path-leaves-repository': entry<{ field: string; written: string }>({
    says: ({ field, written }) => `${field} is ${written}, and .. leads out of where it begins.`,
    commands: () => ['git ls-files'],
  }),
  'path-not-normal': entry<{ field: string; written: string }>({
    says: ({ field, written }) => `${field} is ${written}; git knows no path with . in it, with two slashes, or with one at its end.`,
    commands: () => ['git ls-files'],
  }),
  'path-git-directory': entry<{ field: string; written: string }>({
    says: ({ field, written }) => `${field} is ${written}, which some file system takes for git's own directory.`,
    commands: () => ['git ls-files'],
  }),
  'path-badly-quoted': entry<{ field: string; written: string }>({
    says: ({ field, written }) => `${field} is ${written}, which begins like a path in quotes and is none.`,
    commands: () => ['git ls-files'],
  }),
  'path-with-nul': entry<{ field: string; written: string }>({
    says: ({ field, written }) => `${field} is ${written}, and no file name can hold a NUL.`,
    commands: () => ['git ls-files'],
  }),
  'glob-invalid': entry<{ field: string; pattern: string; why: string }>({
    says: ({ field, pattern, why }) => `${field} is the pattern ${pattern}, and ${why}.`,
    commands: () => ['git ls-files'],
  }),
});
