import { showPath, type RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, listed, pathWords } from './entry.js';

/** What can be wrong around documents: files that are missing, or that nobody asked for. */
export const validationCodes = () => ({
  'not-a-document': entry<{ written: string }>({
    says: ({ written }) => `${written} is no document of cxw, or there is no such file.`,
    commands: () => ['cxw validate'],
  }),
  'spec-missing': entry<{ key: string; path: string }>({
    says: ({ key, path }) => `There is no ${path}, which the ticket names as its ${key}.`,
    commands: () => ['git status --short'],
  }),
  'record-unlisted': entry<{ ticket: string; path: RepoPath }>({
    says: ({ ticket, path }) => `${showPath(path)} lies among the records of ${ticket}, and the sealed ledger does not list it.`,
    commands: ({ path }) => [sh`git log -- ${pathWords([path])}`],
  }),
  'draft-unknown': entry<{ path: RepoPath; kinds: string[] }>({
    says: ({ path, kinds }) => `The name of ${showPath(path)} does not say what it is a draft of: ${listed(kinds)}.`,
    commands: () => ['cxw record --help'],
  }),
});
