import { count, entry, listed } from './entry.js';

/** A field of a document, as `scope.files[1]`, and the format that `cxw schema` prints. */
interface Field {
  field: string;
  format: string;
}

const schema = ({ format }: { format: string }): string[] => [`cxw schema ${format}`];
const meant = (near: readonly string[]): string => (near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`);
const ended = (sentence: string): string => (sentence.endsWith('?') ? sentence : `${sentence}.`);

/** What can be wrong with a single field. */
export const documentFieldCodes = {
  'unknown-key': entry<{ key: string; within: string; known: string[]; near: string[]; format: string }>({
    title: 'A key is not known',
    says: ({ key, within, known, near }) => ended(`${key} is not a key ${within === '' ? 'here' : `of ${within}`}${near.length > 0 ? meant(near) : known.length > 0 ? `; known are ${listed(known, 20)}` : ''}`),
    commands: schema,
    cause: 'A key that nobody reads is a wish that nobody grants, so a slip of the pen is refused.',
    fix: 'Write the key that was meant, or take it out.',
    example: { key: 'titel', within: '', known: ['id', 'title'], near: ['title'], format: 'ticket' },
  }),
  'missing-key': entry<{ key: string; within: string; format: string }>({
    title: 'A key is missing',
    says: ({ key, within }) => `${within === '' ? '' : `${within}: `}${key} is missing.`,
    commands: schema,
    cause: 'Without it the document does not say what it must.',
    fix: 'Add it. An editor that follows the first line of the file proposes the keys.',
    example: { key: 'title', within: '', format: 'ticket' },
  }),
  'wrong-type': entry<Field & { wants: string; found: string; quoted?: string }>({
    title: 'A value is of another kind',
    says: ({ field, wants, found, quoted }) => `${field} should be ${wants}, and is ${found}${quoted === undefined ? '' : `; as text it is written ${quoted}`}.`,
    commands: schema,
    cause: 'YAML makes a number of 1.10 (it becomes 1.1), and a truth of true. What stands in quotes is always text.',
    fix: 'Put it in quotes, or write the kind of value that is wanted.',
    example: { field: 'title', format: 'ticket', wants: 'text', found: 'the number 1.10', quoted: '"1.10"' },
  }),
  'wrong-value': entry<Field & { found: string; allowed: string[]; near: string[] }>({
    title: 'A value is not one of the allowed',
    says: ({ field, found, allowed, near }) => ended(`${field} is ${found}${near.length > 0 ? meant(near) : `, and may be ${listed(allowed, 20)}`}`),
    commands: schema,
    cause: 'These values are words of the format: each has one meaning.',
    fix: 'Write one of them.',
    example: { field: 'kind', format: 'ticket', found: 'featur', allowed: ['feature', 'bugfix'], near: ['feature'] },
  }),
  'wrong-format': entry<Field & { wants: string }>({
    title: 'A value has another form',
    says: ({ field, wants }) => `${field} ${wants}.`,
    commands: schema,
    cause: 'Other documents, commits and file names refer to it, so its form is fixed.',
    fix: 'Write it in that form.',
    example: { field: 'acceptance[0].id', format: 'ticket', wants: 'must look like AC-1' },
  }),
  'text-empty': entry<Field>({
    title: 'A text is empty',
    says: ({ field }) => `${field} says nothing.`,
    commands: schema,
    cause: 'Somebody reads it and decides by it.',
    fix: 'Write what is meant, or take the key out where it may be left out.',
    example: { field: 'title', format: 'ticket' },
  }),
  'text-too-long': entry<Field & { length: number; most: number }>({
    title: 'A text is too long',
    says: ({ field, length, most }) => `${field} has ${count(length, 'character')}, and may have ${most}.`,
    commands: schema,
    cause: 'It is shown where there is only so much room, and every session reads it again.',
    fix: 'Make it shorter; long matter has a place in a spec.',
    example: { field: 'title', format: 'ticket', length: 140, most: 120 },
  }),
  'number-out-of-range': entry<Field & { found: string; least?: number; most?: number }>({
    title: 'A number is out of range',
    says: ({ field, found, least, most }) => `${field} is ${found}, and may be ${least === undefined ? `at most ${most}` : `no less than ${least}`}.`,
    commands: schema,
    cause: 'Outside of the range it would mean never, always or nothing.',
    fix: 'Write a number in the range.',
    example: { field: 'max_iterations', format: 'ticket', found: '9', most: 5 },
  }),
  'list-too-short': entry<Field & { items: number; least: number }>({
    title: 'A list has too few items',
    says: ({ field, items, least }) => `${field} has ${count(items, 'item')}, and needs ${least} or more.`,
    commands: schema,
    cause: 'Without an item the document does not say what it must.',
    fix: 'Add an item, or take the key out where it may be left out.',
    example: { field: 'scope.files', format: 'ticket', items: 0, least: 1 },
  }),
  'list-too-long': entry<Field & { items: number; most: number }>({
    title: 'A list has too many items',
    says: ({ field, items, most }) => `${field} has ${count(items, 'item')}, and may have ${most}.`,
    commands: schema,
    cause: 'Every list has a bound, so that a document stays readable.',
    fix: 'Split the work into several tickets, or say it with fewer items.',
    example: { field: 'plan', format: 'ticket', items: 60, most: 50 },
  }),
  'ticket-version': entry<{ found: string; wants: string; format: string }>({
    title: 'The document has another format',
    says: ({ found, wants, format }) => `schema_version is ${found}; this cxw reads ${format}s of version ${wants}.`,
    commands: schema,
    cause: 'The version says how the rest is to be understood.',
    fix: 'Write the document in this version, or use the cxw that it was written for.',
    example: { found: '2', wants: '3', format: 'ticket' },
  }),
  'path-empty': entry<{ field: string; written: string }>({
    title: 'A path is empty',
    says: ({ field }) => `${field} is an empty path.`,
    commands: () => ['git ls-files'],
    cause: 'An empty path would mean the whole repository.',
    fix: 'Name the file, from the root of the repository.',
    example: { field: 'scope.files[0]', written: '' },
  }),
  'path-absolute': entry<{ field: string; written: string }>({
    title: 'A path is absolute',
    says: ({ field, written }) => `${field} is ${written}, an absolute path; paths begin at the root of the repository.`,
    commands: () => ['git ls-files'],
    cause: 'A document is read on other machines, where the repository lies elsewhere.',
    fix: 'Leave out what leads to the repository, as in `src/index.ts`.',
    example: { field: 'scope.files[0]', written: '/home/me/src/index.ts' },
  }),
  'path-leaves-repository': entry<{ field: string; written: string }>({
    title: 'A path leaves the repository',
    says: ({ field, written }) => `${field} is ${written}, and .. leads out of where it begins.`,
    commands: () => ['git ls-files'],
    cause: 'Nothing outside of the repository can be part of a change.',
    fix: 'Write the path from the root of the repository, without `..`.',
    example: { field: 'scope.files[0]', written: '../other/file.ts' },
  }),
  'path-not-normal': entry<{ field: string; written: string }>({
    title: 'A path is not written as git writes it',
    says: ({ field, written }) => `${field} is ${written}; git knows no path with . in it, with two slashes, or with one at its end.`,
    commands: () => ['git ls-files'],
    cause: 'Every path has one spelling, so that two documents that mean the same file say the same.',
    fix: 'Write it as `git ls-files` prints it. A directory is no path of a change; patterns are for that.',
    example: { field: 'scope.files[0]', written: './src//index.ts' },
  }),
  'path-git-directory': entry<{ field: string; written: string }>({
    title: "A path lies in git's own directory",
    says: ({ field, written }) => `${field} is ${written}, which some file system takes for git's own directory.`,
    commands: () => ['git ls-files'],
    cause: 'What is written there is executed. Spellings that only look different are refused as well.',
    fix: 'Name a file of the worktree.',
    example: { field: 'scope.files[0]', written: '.git/hooks/pre-commit' },
  }),
  'path-badly-quoted': entry<{ field: string; written: string }>({
    title: 'A quoted path cannot be read',
    says: ({ field, written }) => `${field} is ${written}, which begins like a path in quotes and is none.`,
    commands: () => ['git ls-files'],
    cause: 'A path that begins with a double quote is read as git prints unusual names: with octal escapes, and a quote at its end.',
    fix: 'Copy it from `git ls-files`, and put single quotes around it in YAML.',
    example: { field: 'scope.files[0]', written: '"src/\\q"' },
  }),
  'path-with-nul': entry<{ field: string; written: string }>({
    title: 'A path holds a NUL',
    says: ({ field, written }) => `${field} is ${written}, and no file name can hold a NUL.`,
    commands: () => ['git ls-files'],
    cause: 'The system ends a name at a NUL, so two readers would see two names.',
    fix: 'Copy the path from `git ls-files`.',
    example: { field: 'scope.files[0]', written: '"a\\000b"' },
  }),
  'glob-invalid': entry<{ field: string; pattern: string; why: string }>({
    title: 'A pattern cannot be used',
    says: ({ field, pattern, why }) => `${field} is the pattern ${pattern}, and ${why}.`,
    commands: () => ['git ls-files'],
    cause: 'Patterns have `*`, `?`, `[class]`, `{a,b}` and `**`. A backslash takes the next character as it is.',
    fix: 'Mend the pattern, or put a backslash before a character that is meant literally.',
    example: { field: 'scope.allowed[0]', pattern: 'src/{a', why: 'its braces do not close, or stand in one another' },
  }),
};
