import { refuse, type Refusal } from '../../domain/problem.js';
import type { PrivateBaseline } from '../../world/privateState.js';
import { earlierBaseline, usableFingerprints } from './keptBaseline.js';
import { alteredThings, lookOf } from './sighting.js';
import type { Standing } from './standing.js';

/**
 * What executes or redirects and is as it was neither at the discovery nor when a person last agreed to it. Nobody goes
 * on from there without a word: whoever began anew would let in what was planted meanwhile. Where what was kept of it is
 * lost, nobody can tell; a person may go on, an agent could have lost it on purpose.
 */
export async function unagreedRefusals(standing: Standing): Promise<Refusal[]> {
  const { ticket, run, world: { session: { agent } } } = standing;
  if (run.discovery === undefined) return [];
  const kept = await usableFingerprints(standing);
  if (kept !== undefined) return (await alteredThings(standing, kept)).map(({ refusal }) => refusal);
  return agent === undefined ? [] : [refuse('baseline-lost', { ticket, agent })];
}

/** What a refresh agrees to: of a person, everything as it is now; an agent can agree to nothing new. */
export async function refreshAgreement(standing: Standing): Promise<{ refusals: Refusal[]; agreed?: PrivateBaseline }> {
  const { ticket, world: { session: { agent } } } = standing;
  if (agent !== undefined) {
    const unagreed = await unagreedRefusals(standing);
    const command = `cxw rework ${ticket} --refresh --as human:NAME`;
    return { refusals: unagreed.length === 0 ? [] : [...unagreed, refuse('person-needed', { command, agent })] };
  }
  const kept = await earlierBaseline(standing);
  if (kept === undefined) return { refusals: [] };
  return { refusals: [], agreed: { ...kept, fingerprints: await (await lookOf(standing)).fingerprints(kept.baseline.salt) } };
}
