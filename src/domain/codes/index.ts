import { actorCodes } from './actors.js';
import { branchCodes } from './branch.js';
import { changeCodes } from './change.js';
import { cliCodes } from './cli.js';
import { decisionCodes } from './decisions.js';
import { deliveryCodes } from './delivery.js';
import { documentCodes } from './documents.js';
import { familyCodes } from './family.js';
import { importCodes } from './imports.js';
import { installCodes } from './install.js';
import { learningCodes } from './learning.js';
import { ledgerCodes } from './ledger.js';
import { progressCodes } from './progress.js';
import { proofCodes } from './proofs.js';
import { reviewCodes } from './reviews.js';
import { roadCodes } from './road.js';
import { sourceCodes } from './sources.js';
import { steeringCodes } from './steering.js';
import { specCodes } from './specs.js';
import { targetCodes } from './target.js';
import { ticketCodes } from './tickets.js';
import { verifyCodes } from './verify.js';
import { workCodes } from './work.js';
import { worldCodes } from './world.js';
import { writtenReviewCodes } from './writtenReviews.js';

/** Every code that `cxw` can answer with. Its page stands under `pages/`, and is loaded only to be shown. */
export const codes = {
  ...actorCodes,
  ...branchCodes,
  ...changeCodes,
  ...cliCodes,
  ...decisionCodes,
  ...deliveryCodes,
  ...documentCodes,
  ...familyCodes,
  ...importCodes,
  ...installCodes,
  ...learningCodes,
  ...ledgerCodes,
  ...progressCodes,
  ...proofCodes,
  ...reviewCodes,
  ...roadCodes,
  ...sourceCodes,
  ...steeringCodes,
  ...specCodes,
  ...targetCodes,
  ...ticketCodes,
  ...verifyCodes,
  ...workCodes,
  ...worldCodes,
  ...writtenReviewCodes,
};

export type Code = keyof typeof codes;
export type FactsOf<C extends Code> = Parameters<(typeof codes)[C]['says']>[0];
