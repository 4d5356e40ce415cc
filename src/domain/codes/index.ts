import { actorCodes } from './actors.js';
import { changeCodes } from './change.js';
import { deliveryCodes } from './delivery.js';
import { documentCodes } from './documents.js';
import { installCodes } from './install.js';
import { ledgerCodes } from './ledger.js';
import { proofCodes } from './proofs.js';
import { roadCodes } from './road.js';
import { ticketCodes } from './tickets.js';
import { verifyCodes } from './verify.js';
import { worldCodes } from './world.js';

/** Every code that `cxw` can answer with. `cxw explain CODE` and the reference pages are printed from here. */
export const codes = {
  ...actorCodes,
  ...changeCodes,
  ...deliveryCodes,
  ...documentCodes,
  ...installCodes,
  ...ledgerCodes,
  ...proofCodes,
  ...roadCodes,
  ...ticketCodes,
  ...verifyCodes,
  ...worldCodes,
};

export type Code = keyof typeof codes;
export type FactsOf<C extends Code> = Parameters<(typeof codes)[C]['says']>[0];
