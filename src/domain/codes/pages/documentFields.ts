import type { documentFieldCodes } from '../documentFields.js';
import type { PagesOf } from './page.js';

export const documentFieldPages: PagesOf<typeof documentFieldCodes> = {
  'unknown-key': {
    title: 'A key is not known',
    cause: 'A key that nobody reads is a wish that nobody grants, so a slip of the pen is refused.',
    fix: 'Write the key that was meant, or take it out.',
    example: { key: 'titel', within: '', known: ['id', 'title'], near: ['title'], format: 'ticket' },
  },
  'missing-key': {
    title: 'A key is missing',
    cause: 'Without it the document does not say what it must.',
    fix: 'Add it. An editor that follows the first line of the file proposes the keys.',
    example: { key: 'title', within: '', format: 'ticket' },
  },
  'wrong-type': {
    title: 'A value is of another kind',
    cause: 'YAML makes a number of 1.10 (it becomes 1.1), and a truth of true. What stands in quotes is always text.',
    fix: 'Put it in quotes, or write the kind of value that is wanted.',
    example: { field: 'title', format: 'ticket', wants: 'text', found: 'the number 1.10', quoted: '"1.10"' },
  },
  'wrong-value': {
    title: 'A value is not one of the allowed',
    cause: 'These values are words of the format: each has one meaning.',
    fix: 'Write one of them.',
    example: { field: 'kind', format: 'ticket', found: 'featur', allowed: ['feature', 'bugfix'], near: ['feature'] },
  },
  'wrong-format': {
    title: 'A value has another form',
    cause: 'Other documents, commits and file names refer to it, so its form is fixed.',
    fix: 'Write it in that form.',
    example: { field: 'acceptance[0].id', format: 'ticket', wants: 'must look like AC-1' },
  },
  'text-empty': {
    title: 'A text is empty',
    cause: 'Somebody reads it and decides by it.',
    fix: 'Write what is meant, or take the key out where it may be left out.',
    example: { field: 'title', format: 'ticket' },
  },
  'text-too-long': {
    title: 'A text is too long',
    cause: 'It is shown where there is only so much room, and every session reads it again.',
    fix: 'Make it shorter; long matter has a place in a spec.',
    example: { field: 'title', format: 'ticket', length: 140, most: 120 },
  },
  'number-out-of-range': {
    title: 'A number is out of range',
    cause: 'Outside of the range it would mean never, always or nothing.',
    fix: 'Write a number in the range.',
    example: { field: 'max_iterations', format: 'ticket', found: '9', most: 5 },
  },
  'list-too-short': {
    title: 'A list has too few items',
    cause: 'Without an item the document does not say what it must.',
    fix: 'Add an item, or take the key out where it may be left out.',
    example: { field: 'scope.files', format: 'ticket', items: 0, least: 1 },
  },
  'list-too-long': {
    title: 'A list has too many items',
    cause: 'Every list has a bound, so that a document stays readable.',
    fix: 'Split the work into several tickets, or say it with fewer items.',
    example: { field: 'plan', format: 'ticket', items: 60, most: 50 },
  },
  'more-problems': {
    title: 'More is wrong than is told',
    cause: 'Of one document the first twenty problems are told, in the order of its lines; whoever writes thousands of unknown keys has taken another format for this one.',
    fix: 'Clear those that are told, or begin with the form that the schema describes; then look again.',
    example: { left: 12, format: 'ticket' },
  },
  'ticket-version': {
    title: 'The document has another format',
    cause: 'The version says how the rest is to be understood.',
    fix: 'Write the document in this version, or use the cxw that it was written for.',
    example: { found: '2', wants: '3', format: 'ticket' },
  },
  'path-empty': {
    title: 'A path is empty',
    cause: 'An empty path would mean the whole repository.',
    fix: 'Name the file, from the root of the repository.',
    example: { field: 'scope.files[0]', written: '' },
  },
  'path-absolute': {
    title: 'A path is absolute',
    cause: 'A document is read on other machines, where the repository lies elsewhere.',
    fix: 'Leave out what leads to the repository, as in `src/index.ts`.',
    example: { field: 'scope.files[0]', written: '/home/me/src/index.ts' },
  },
  'path-leaves-repository': {
    title: 'A path leaves the repository',
    cause: 'Nothing outside of the repository can be part of a change.',
    fix: 'Write the path from the root of the repository, without `..`.',
    example: { field: 'scope.files[0]', written: '../other/file.ts' },
  },
  'path-not-normal': {
    title: 'A path is not written as git writes it',
    cause: 'Every path has one spelling, so that two documents that mean the same file say the same.',
    fix: 'Write it as `git ls-files` prints it. A directory is no path of a change; patterns are for that.',
    example: { field: 'scope.files[0]', written: './src//index.ts' },
  },
  'path-git-directory': {
    title: "A path lies in git's own directory",
    cause: 'What is written there is executed. Spellings that only look different are refused as well.',
    fix: 'Name a file of the worktree.',
    example: { field: 'scope.files[0]', written: '.git/hooks/pre-commit' },
  },
  'path-badly-quoted': {
    title: 'A quoted path cannot be read',
    cause: 'A path that begins with a double quote is read as git prints unusual names: with octal escapes, and a quote at its end.',
    fix: 'Copy it from `git ls-files`, and put single quotes around it in YAML.',
    example: { field: 'scope.files[0]', written: '"src/\\q"' },
  },
  'path-with-nul': {
    title: 'A path holds a NUL',
    cause: 'The system ends a name at a NUL, so two readers would see two names.',
    fix: 'Copy the path from `git ls-files`.',
    example: { field: 'scope.files[0]', written: '"a\\000b"' },
  },
  'glob-invalid': {
    title: 'A pattern cannot be used',
    cause: 'Patterns have `*`, `?`, `[class]`, `{a,b}` and `**`. A backslash takes the next character as it is.',
    fix: 'Mend the pattern, or put a backslash before a character that is meant literally.',
    example: { field: 'scope.allowed[0]', pattern: 'src/{a', why: 'its braces do not close, or stand in one another' },
  },
};
