import { showPath, shellPath, type RepoPath } from '../paths.js';
import { entry, listed } from './entry.js';

const ID = 'TKT-2026-11-21-fix-typo';

/** What can be wrong around documents: files that are missing, or that nobody asked for. */
export const validationCodes = {
  'not-a-document': entry<{ written: string }>({
    title: 'Nothing to validate there',
    says: ({ written }) => `${written} is no document of cxw, or there is no such file.`,
    commands: () => ['cxw validate'],
    cause: 'cxw validates tickets (tickets/*.yaml), the policy (.cxw/policy.yaml) and records (tickets/records).',
    fix: 'Name one of these, or name nothing to validate everything.',
    example: { written: 'src/index.ts' },
  }),
  'spec-missing': entry<{ key: string; path: string }>({
    title: 'A spec is missing',
    says: ({ key, path }) => `There is no ${path}, which the ticket names as its ${key}.`,
    commands: () => ['git status --short'],
    cause: 'A ticket in full_sdd carries out specs; they are locked by their digests when it begins.',
    fix: 'Write the spec, mend the path, or give the reason for `mode: no_spec`.',
    example: { key: 'design', path: 'specs/login/design.md' },
  }),
  'record-unlisted': entry<{ ticket: string; path: RepoPath }>({
    title: 'A file among the records was never listed',
    says: ({ ticket, path }) => `${showPath(path)} lies among the records of ${ticket}, and the sealed ledger does not list it.`,
    commands: ({ path }) => [`git log -- ${shellPath(path)}`],
    cause: 'The sealed ledger names every record with its digest. What it does not name was put there by somebody else.',
    fix: 'Do not take it for a record; move it elsewhere.',
    example: { ticket: ID, path: `tickets/records/${ID}/note.md` as RepoPath },
  }),
  'draft-unknown': entry<{ path: RepoPath; kinds: string[] }>({
    title: 'A draft of no known kind',
    says: ({ path, kinds }) => `The name of ${showPath(path)} does not say what it is a draft of: ${listed(kinds)}.`,
    commands: () => ['cxw record --help'],
    cause: 'A draft is called after its record, as review-20261121T120000Z.yaml.',
    fix: 'Rename it, or remove it.',
    example: { path: `tickets/records/${ID}/drafts/notes.txt` as RepoPath, kinds: ['plan', 'changes', 'self-review', 'review', 'curation'] },
  }),
};
