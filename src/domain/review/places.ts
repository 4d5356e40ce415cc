import type { RepoPath } from '../paths.js';
import type { TicketId } from '../ticket.js';

/** Reviews stand here, one for each ticket. */
export const REVIEW_FOLDER = 'docs/review' as RepoPath;

export const reviewPath = (ticket: TicketId): RepoPath => `${REVIEW_FOLDER}/${ticket}.md` as RepoPath;

/** The eight sections, in their order. */
export const SECTIONS = ['Summary', 'Changed files', 'Decisions', 'Critical excerpts', 'Conformance and deviations', 'Open questions', 'Test coverage', 'Proposed document updates'] as const;
export type ReviewSection = (typeof SECTIONS)[number];

/** A review is read in one sitting. */
export const REVIEW_LINES = 150;
