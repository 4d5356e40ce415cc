import { showPath, type RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, onTicket } from './entry.js';

const written = ({ ticket }: { ticket: string }): string[] => [sh`cxw review write ${ticket} --replace`, sh`cxw validate docs/review/${ticket}.md`];

/** Reviews in docs/review: written from the ledger, and held against it. */
export const writtenReviewCodes = () => ({
  'review-file-missing': entry<{ ticket: string; path: RepoPath }>({
    says: ({ ticket, path }) => `${showPath(path)} is not listed, and ${ticket} changed it.`,
    commands: written,
  }),
  'review-file-added': entry<{ ticket: string; name: string }>({
    says: ({ ticket, name }) => `${name} is listed, and ${ticket} did not change it.`,
    commands: written,
  }),
  'review-proof-differs': entry<{ ticket: string; proof: string; says: string; fact: string }>({
    says: ({ proof, says, fact }) => `${proof} is said to be ${says}; in the ledger it is ${fact}.`,
    commands: written,
  }),
  'review-section-missing': entry<{ section: string; why: string }>({
    says: ({ section, why }) => `Section "${section}" ${why}.`,
    commands: () => ['cxw validate docs/review'],
  }),
  'review-too-long': entry<{ lines: number; most: number }>({
    says: ({ lines, most }) => `It has ${lines} lines; a review has at most ${most}, so that it is read.`,
    commands: () => ['cxw validate docs/review'],
  }),
  'review-adr-missing': entry<{ ticket: string }>({
    says: ({ ticket }) => `A new decision record is called for, and none in docs/decisions names ${ticket}.`,
    commands: ({ ticket }) => [sh`cxw adr new TITLE --origin ${ticket}`],
  }),
  'review-words-denied': entry<{ ticket: string; field: string; why: string }>({
    says: ({ field, why }) => `${field}: ${why}.`,
    commands: onTicket('log', 'status'),
  }),
  'review-there': entry<{ ticket: string; path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} is there already, and says something else.`,
    commands: ({ ticket }) => [sh`cxw review write ${ticket} --dry-run`, sh`cxw review write ${ticket} --replace`],
  }),
});
