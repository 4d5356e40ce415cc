import type { Standing } from '../road/standing.js';
import { goingOn, type Progress } from './sight.js';
import { enter, underway } from './underway.js';

/** The last facts. Where nothing is pushed by the policy, the states of the push are entered as not assigned. */
export async function finish(standing: Standing): Promise<Progress> {
  const { delivery, intent } = underway(standing);
  const { mode } = intent;
  const commit = delivery.committed!;
  const unassigned = mode === 'commit-push' ? [] : [
    { state: 'pushed', evidence: { assigned: false } },
    { state: 'head_equals_origin_main_proved', evidence: { assigned: false } },
  ] as const;
  const reason = mode === 'commit' ? 'The policy delivers local commits; nothing was pushed.' : undefined;
  await enter(standing, ...unassigned, { state: 'done', evidence: { mode, commit, reason } });
  return goingOn();
}

/** The policy delivers nothing: the ticket ends where its evidence is complete. */
export async function finishUndelivered(standing: Standing): Promise<void> {
  const reason = 'The policy delivers nothing (delivery.mode is none); the evidence is complete and the work stays where it is.';
  await enter(standing, { state: 'done', evidence: { mode: 'none', reason } });
}
