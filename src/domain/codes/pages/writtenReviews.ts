import type { RepoPath } from '../../paths.js';
import type { writtenReviewCodes } from '../writtenReviews.js';
import { ID, README } from './examples.js';
import type { PagesOf } from './page.js';

export const writtenReviewPages: PagesOf<typeof writtenReviewCodes> = {
  'review-file-missing': {
    title: 'The review leaves a changed file out',
    cause: 'Which files a ticket changed stands in its ledger. A review that hides one cannot be trusted about the others.',
    fix: 'Add the file to section 2, or let `cxw review write` write the review anew.',
    example: { ticket: ID, path: README },
  },
  'review-file-added': {
    title: 'The review lists a file that was not changed',
    cause: 'Section 2 is held against the change that the ledger names, path by path.',
    fix: 'Take the line out, or let `cxw review write` write the review anew.',
    example: { ticket: ID, name: 'src/other.mjs' },
  },
  'review-proof-differs': {
    title: 'The review says something else of a proof than the ledger',
    cause: 'What came of a proof is observed, and not claimed.',
    fix: 'Write what the ledger says.',
    example: { ticket: ID, proof: 'P1', says: 'passed', fact: 'flaky' },
  },
  'review-section-missing': {
    title: 'A section of the review is missing, empty or out of place',
    cause: 'A review has eight numbered sections in a fixed order, so that readers find what they look for. One with nothing in it says None.',
    fix: 'Write the section.',
    example: { section: '6. Open questions', why: 'is missing' },
  },
  'review-too-long': {
    title: 'The review is too long',
    cause: 'A review that nobody reads in one sitting is not read.',
    fix: 'Cut the excerpts first, then the reasons of decisions.',
    example: { lines: 212, most: 150 },
  },
  'review-adr-missing': {
    title: 'A decision is called for, and was not drafted',
    cause: 'The review says "New ADR required: yes". A decision that is only announced gets lost.',
    fix: 'Draft the record, with the ticket as its origin.',
    example: { ticket: ID },
  },
  'review-words-denied': {
    title: 'The words of a review say what the facts deny',
    cause: 'A criterion is said to hold that no proof showed, or something is named that the ticket does not have.',
    fix: 'Correct the words, or show what they say: run the proof.',
    example: { ticket: ID, field: 'conformance[0]', why: 'AC-1 is said to hold, and P1 is not run' },
  },
  'review-there': {
    title: 'There is a review already',
    cause: 'It may have been edited by hand, and edits are not written over unasked.',
    fix: 'Look at the difference, and replace it where nothing is lost.',
    example: { ticket: ID, path: `docs/review/${ID}.md` as RepoPath },
  },
};
