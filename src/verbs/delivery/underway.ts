import type { Intent } from '../../domain/delivery/intent.js';
import type { Delivery } from '../../domain/run.js';
import type { Policy } from '../../domain/policy.js';
import type { Draft } from '../../domain/facts.js';
import { locked, remember, type Standing } from '../road/standing.js';

/** A delivery under way, as its facts tell it. */
export function underway(standing: Standing): { delivery: Delivery; intent: Intent; policy: Policy; seconds: number } {
  const delivery = standing.run.delivery;
  if (delivery === undefined) throw new Error(`${standing.ticket} has no delivery; a step was taken out of order`);
  const { policy } = locked(standing);
  return { delivery, intent: delivery.intent, policy, seconds: policy.delivery.timeout };
}

type EnteredDraft = Extract<Draft, { kind: 'entered' }>;
type Entering = EnteredDraft extends infer E ? (E extends EnteredDraft ? Pick<E, 'state' | 'evidence'> : never) : never;

/** Remembers that states were entered. */
export async function enter(standing: Standing, ...entered: Entering[]): Promise<void> {
  const { actor: by, origin } = standing;
  await remember(standing, entered.map((one) => ({ kind: 'entered', by, origin, ...one }) as Draft));
}
