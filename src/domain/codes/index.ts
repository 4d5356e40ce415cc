import { actorCodes } from './actors.js';
import { branchCodes } from './branch.js';
import { changeCodes } from './change.js';
import { cliCodes } from './cli.js';
import { decisionCodes } from './decisions.js';
import { deliveryCodes } from './delivery.js';
import { documentFieldCodes } from './documentFields.js';
import { documentTextCodes } from './documentText.js';
import { familyCodes } from './family.js';
import { importCodes } from './imports.js';
import { installCodes } from './install.js';
import { largerTicketCodes } from './largerTicket.js';
import { learningCodes } from './learning.js';
import { ledgerCodes } from './ledger.js';
import { progressCodes } from './progress.js';
import { proofCodes } from './proofs.js';
import { reviewCodes } from './reviews.js';
import { roadCodes } from './road.js';
import { sourceCodes } from './sources.js';
import { specCodes } from './specs.js';
import { steeringCodes } from './steering.js';
import { targetCodes } from './target.js';
import { ticketClassCodes } from './ticketClass.js';
import { ticketRuleCodes } from './ticketRules.js';
import { ticketCodes } from './tickets.js';
import { validationCodes } from './validation.js';
import { verifyCodes } from './verify.js';
import { workCodes } from './work.js';
import { worldCodes } from './world.js';
import { writtenReviewCodes } from './writtenReviews.js';
import type { CodeEntry } from './entry.js';

/**
 * Every code that `cxw` can answer with, in tables. A table is built when a code is looked for in it: most commands say
 * a few words, and to build all tables takes as long as to load the rest of what they need. Those that are asked most
 * come first. The pages of the codes stand under `pages/`, and are loaded only to be shown.
 */
const TABLES = [
  roadCodes, workCodes, proofCodes, reviewCodes, changeCodes, branchCodes, deliveryCodes,
  actorCodes, cliCodes, decisionCodes, documentFieldCodes, documentTextCodes, familyCodes, importCodes, installCodes, largerTicketCodes, learningCodes, ledgerCodes, progressCodes, sourceCodes, specCodes, steeringCodes, targetCodes, ticketClassCodes, ticketRuleCodes, ticketCodes, validationCodes, verifyCodes, worldCodes, writtenReviewCodes,
] as const;

type Tables = ReturnType<(typeof TABLES)[number]>;

export type Code = Tables extends infer Table ? (Table extends Table ? keyof Table : never) : never;
export type FactsOf<C extends Code> = Tables extends infer Table ? (Table extends Record<C, CodeEntry<infer F>> ? F : never) : never;

const tables = TABLES.map((build) => {
  let table: ReadonlyMap<string, CodeEntry<never>> | undefined;
  return () => table ??= new Map(Object.entries<CodeEntry<never>>(build()));
});

/** What is said about cases of a code. */
export function entryOf<C extends Code>(code: C): CodeEntry<FactsOf<C>> {
  for (const table of tables) {
    const found = table().get(code);
    // The tables are keyed by code and the facts by the same code, which the compiler cannot follow through the look-up.
    if (found !== undefined) return found as CodeEntry<FactsOf<C>>;
  }
  throw new Error(`there is no code ${code}`);
}

/** All of them, table by table. */
export const allCodes = (): Code[] => tables.flatMap((table) => [...table().keys()] as Code[]);
