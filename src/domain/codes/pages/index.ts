import type { Code } from '../index.js';
import { actorPages } from './actors.js';
import { branchPages } from './branch.js';
import { changePages } from './change.js';
import { cliPages } from './cli.js';
import { decisionPages } from './decisions.js';
import { deliveryPages } from './delivery.js';
import { documentPages } from './documents.js';
import { familyPages } from './family.js';
import { importPages } from './imports.js';
import { installPages } from './install.js';
import { learningPages } from './learning.js';
import { ledgerPages } from './ledger.js';
import { progressPages } from './progress.js';
import { proofPages } from './proofs.js';
import { reviewPages } from './reviews.js';
import { roadPages } from './road.js';
import { sourcePages } from './sources.js';
import { steeringPages } from './steering.js';
import { specPages } from './specs.js';
import { targetPages } from './target.js';
import { ticketPages } from './tickets.js';
import { verifyPages } from './verify.js';
import { workPages } from './work.js';
import { worldPages } from './world.js';
import { writtenReviewPages } from './writtenReviews.js';
import type { Page } from './page.js';

/** The page of every code, by what the codes are about: the order in which they are listed. */
export const subjects: Record<string, Partial<Record<Code, Page<unknown>>>> = {
  'Tickets': ticketPages,
  'Chains': familyPages,
  'Old tickets': importPages,
  'Documents': documentPages,
  'Decisions': decisionPages,
  'Guidance packs': steeringPages,
  'Specs': specPages,
  'The road': roadPages,
  'Ticket and policy under lock': sourcePages,
  'The work': workPages,
  'The change': changePages,
  'Proofs': proofPages,
  'Reviews and curation': reviewPages,
  'Written reviews': writtenReviewPages,
  'Progress': progressPages,
  'Learning': learningPages,
  'Actors': actorPages,
  'The branch': branchPages,
  'The remote': targetPages,
  'Delivery': deliveryPages,
  'Verification': verifyPages,
  'The ledger': ledgerPages,
  'Set-up': installPages,
  'The world': worldPages,
  'The command line': cliPages,
};
