import { showPath, type RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, listed, pathWords, argumentWords } from './entry.js';

const validate = (): string[] => ['cxw validate docs/decisions'];
const index = (): string[] => ['cxw adr index'];

/** Of `ADR-0007`, 7. */
const numberIn = (record: string): number => Number(record.slice('ADR-'.length));

/** Decision records: what is wrong with one, with all of them together, and with what is asked of them. */
export const decisionCodes = () => ({
  'adr-malformed': entry<{ what: string; why: string }>({
    says: ({ what, why }) => `${what} ${why}.`,
    commands: validate,
  }),
  'adr-name-malformed': entry<{ path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} is no name of a record: four digits, and words of lower-case letters and digits with hyphens between.`,
    commands: validate,
  }),
  'adr-status-unknown': entry<{ found: string; near: string[] }>({
    says: ({ found, near }) => `${found === '' ? 'Nothing' : found} is no status; it is one of Draft, Accepted, Revised, Deprecated${near.length === 0 ? '' : ` (perhaps ${near[0]})`}.`,
    commands: validate,
  }),
  'adr-number-twice': entry<{ number: string; others: RepoPath[]; path: RepoPath; free: string }>({
    says: ({ number, others }) => `${listed(others.map(showPath))} has the number ${number} already.`,
    commands: ({ path, number, free }) => [sh`mv -n ${path} ${path.replace(`/${number}-`, `/${free}-`) as RepoPath}`, 'cxw validate docs/decisions'],
  }),
  'adr-number-gap': entry<{ missing: string[] }>({
    says: ({ missing }) => `No record has the number ${listed(missing, 10)}: records are numbered without gaps, and none is ever deleted.`,
    commands: () => ['git log --oneline --diff-filter=D --name-only -- docs/decisions', 'cxw validate docs/decisions'],
  }),
  'adr-link-missing': entry<{ record: string; field: string; target: string }>({
    says: ({ record, field, target }) => `${record} says "${field} ${target}", and there is no such record.`,
    commands: () => ['cxw adr list'],
  }),
  'adr-link-one-way': entry<{ record: string; field: string; target: string; back: string; line: string; path: RepoPath }>({
    says: ({ record, field, target, line }) => `${record} says "${field} ${target}", and ${target} does not answer with "${line}".`,
    commands: validate,
  }),
  'adr-revised-alone': entry<{ record: string }>({
    says: ({ record }) => `${record} is Revised, and names no record that took its place.`,
    commands: ({ record }) => [sh`cxw adr supersede ${numberIn(record)} TITLE`],
  }),
  'adr-unwritten': entry<{ record: string; path: RepoPath; sections: string[]; status: string }>({
    says: ({ record, sections }) => `${record} says nothing of its own under ${listed(sections)}, as an accepted record must.`,
    // A draft may be unwritten, so validate says nothing of it.
    commands: ({ record, path, status }) => [status === 'Draft' ? sh`cxw adr accept ${numberIn(record)}` : sh`cxw validate ${argumentWords([path])}`],
  }),
  'adr-index-missing': entry<{ path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} has no table of the records.`,
    commands: index,
  }),
  'adr-not-indexed': entry<{ record: string; path: RepoPath }>({
    says: ({ record }) => `${record} is not in the index, where readers look first.`,
    commands: index,
  }),
  'adr-index-extra': entry<{ row: string }>({
    says: ({ row }) => `${row === '' ? 'This line' : row} leads to no record of its own; records are never deleted.`,
    commands: () => ['git log --oneline --diff-filter=D --name-only -- docs/decisions', 'cxw validate docs/decisions'],
  }),
  'adr-index-differs': entry<{ record: string; differences: string[] }>({
    says: ({ record, differences }) => `The index is not what ${record} says: there ${listed(differences)}.`,
    commands: index,
  }),
  'adr-unknown': entry<{ given: string; last: number }>({
    says: ({ given, last }) => `There is no record ${given}; ${last === 0 ? 'none was written yet' : `the last one is ${last}`}.`,
    commands: ({ last }) => (last === 0 ? ['cxw adr new TITLE'] : ['cxw adr list']),
  }),
  'adr-value-invalid': entry<{ flag: string; given: string; why: string }>({
    says: ({ flag, given, why }) => `${flag} ${given} cannot be used: ${why}.`,
    commands: () => ['cxw adr new --help'],
  }),
  'adr-template-unusable': entry<{ path: RepoPath; why: string }>({
    says: ({ path, why }) => `What ${showPath(path)} gives would be no record: ${why}`,
    commands: ({ path }) => [sh`git log --oneline -- ${pathWords([path])}`],
  }),
  'adr-settled': entry<{ record: string; status: string; wanted: string }>({
    says: ({ record, status, wanted }) => `${record} is ${status}, so it cannot become ${wanted}: a decision changes by a new record.`,
    commands: ({ record }) => [sh`cxw adr supersede ${numberIn(record)} TITLE`, 'cxw adr list'],
  }),
  'adr-revises-settled': entry<{ record: string; path: RepoPath; old: string; status: string }>({
    says: ({ record, old, status }) => `${record} revises ${old}, which is ${status} already: it cannot take its place.`,
    commands: ({ path }) => ['cxw adr list', sh`cxw validate ${argumentWords([path])}`],
  }),
  'link-broken': entry<{ target: string; why: string }>({
    says: ({ target, why }) => `The link to ${target} ${why}.`,
    commands: () => ['cxw validate'],
  }),
});
