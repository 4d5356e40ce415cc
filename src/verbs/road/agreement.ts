import type { FactOf } from '../../domain/facts.js';
import { refuse, remark, type Refusal } from '../../domain/problem.js';
import type { FingerprintDetails } from '../../domain/repository.js';
import type { PrivateBaseline } from '../../world/privateState.js';
import { earlierBaseline, fingerprintDigests, keepAgreed, usableFingerprints } from './keptBaseline.js';
import { alteredThings, compareFingerprints, lookOf, type Altered } from './sighting.js';
import type { Standing } from './standing.js';

/**
 * What executes or redirects and is as it was neither at the discovery nor when a person last agreed to it. Nobody goes
 * on from there without a word: whoever began anew would let in what was planted meanwhile.
 */
export async function unagreedRefusals(standing: Standing): Promise<Refusal[]> {
  if (standing.run.discovery === undefined) return [];
  const kept = await usableFingerprints(standing);
  return kept === undefined ? uncomparedRefusals(standing) : (await alteredThings(standing, kept)).map(({ refusal }) => refusal);
}

/** Where what was kept of it is lost, nobody can tell. A person goes on, and is told; an agent could have lost it on purpose. */
export function uncomparedRefusals({ ticket, run, remarks, world: { session: { agent } } }: Standing): Refusal[] {
  if (agent !== undefined) return [refuse('baseline-lost', { ticket, agent, isPushed: run.delivery?.pushed !== undefined })];
  remarks.push(remark('settings-uncompared', { ticket }, 'warning'));
  return [];
}

/** An agent that refreshes can agree to nothing new. */
export async function unagreedByAgent(standing: Standing): Promise<Refusal[]> {
  const { ticket, world: { session: { agent } } } = standing;
  const unagreed = agent === undefined ? [] : await unagreedRefusals(standing);
  const command = `cxw rework ${ticket} --refresh --as human:NAME`;
  return agent === undefined || unagreed.length === 0 ? [] : [...unagreed, refuse('person-needed', { command, agent })];
}

/** What the fact of a refresh says of what executes: digests of it, and how much of it was altered. */
type Agreement = Pick<FactOf<'refreshed'>, 'agreed' | 'altered'>;

/**
 * What a person who refreshes agrees to: everything as it is now. They are told what was altered. Git is not asked for
 * it what could start any of that, so what can only be told then is still to be agreed to.
 */
export async function agreementOf(standing: Standing): Promise<Agreement> {
  const { ticket, run, remarks, world: { session: { agent } } } = standing;
  // A refresh that was cut short between its two facts has agreed already.
  if (agent !== undefined || run.discovery === undefined || run.state === undefined) return {};
  const kept = await usableFingerprints(standing);
  if (kept === undefined) return agreementAnew(standing);
  const { altered, now } = await compareFingerprints(standing, kept);
  remarks.push(...altered.map(({ kind, what, names }) => remark('altered-agreed', { ticket, what, names, inSettings: kind === 'filters' || kind === 'config' }, 'warning')));
  return { ...await agreeTo(standing, kept, now), ...(altered.length === 0 ? {} : { altered: countsOf(altered) }) };
}

/** Where nothing is left to compare with. */
async function agreementAnew(standing: Standing): Promise<Agreement> {
  uncomparedRefusals(standing);
  const kept = await earlierBaseline(standing);
  return kept === undefined ? {} : agreeTo(standing, kept, await (await lookOf(standing)).earlyFingerprints(kept.baseline.salt));
}

/** Kept before its fact is published: from then on it is what the next one compares with. */
async function agreeTo(standing: Standing, kept: PrivateBaseline, fingerprints: FingerprintDetails): Promise<Agreement> {
  await keepAgreed(standing, kept, fingerprints);
  return { agreed: fingerprintDigests(standing, { ...kept, fingerprints }) };
}

const countsOf = (altered: readonly Altered[]): Agreement['altered'] => Object.fromEntries(altered.map(({ kind, names }) => [kind, names.length]));
