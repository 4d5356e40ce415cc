import { showPath, type RepoPath } from '../paths.js';
import { FEATURE_STATUSES } from '../progress/places.js';
import { sh } from '../shellLine.js';
import { count, entry, listed, pathWords } from './entry.js';

const update = (): string[] => ['cxw progress update'];

/** The index of progress, and the records of features. */
export const progressCodes = () => ({
  'progress-too-long': entry<{ rows: number; most: number }>({
    says: ({ rows, most }) => `Completed has ${count(rows, 'row')}; the index shows at most ${most}, and the archive the rest.`,
    commands: update,
  }),
  'progress-unproved': entry<{ ticket: string }>({
    says: ({ ticket }) => `${ticket} is called completed, and tickets/records has no sealed ledger of it.`,
    commands: ({ ticket }) => [sh`cxw log ${ticket}`, 'cxw ticket list'],
  }),
  'progress-twice': entry<{ ticket: string }>({
    says: ({ ticket }) => `${ticket} is in progress here, and completed as well.`,
    commands: update,
  }),
  'progress-behind': entry<{ tickets: string[] }>({
    says: ({ tickets }) => `${count(tickets.length, 'ticket')} with sealed records ${tickets.length === 1 ? 'is' : 'are'} not among the completed: ${listed(tickets)}.`,
    commands: update,
  }),
  'feature-status-unknown': entry<{ found: string; near: string[] }>({
    says: ({ found, near }) => `${found === '' ? 'Nothing' : found} is no status of a feature; it is one of ${FEATURE_STATUSES.join(', ')}${near.length === 0 ? '' : ` (perhaps ${near[0]})`}.`,
    commands: () => ['cxw validate docs/progress'],
  }),
  'progress-frozen': entry<{ path: RepoPath; commit: string }>({
    says: ({ path, commit }) => `${showPath(path)} says Merged since ${commit}, so it is not edited any more; it differs from what it said then.`,
    commands: ({ path, commit }) => [sh`git diff ${commit} -- ${pathWords([path])}`, sh`git checkout ${commit} -- ${pathWords([path])}`],
  }),
});
