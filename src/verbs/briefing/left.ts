import { showActor } from '../../domain/actors.js';
import type { BriefPart } from '../../domain/brief.js';
import type { Run } from '../../domain/run.js';
import { part } from './told.js';

/** What the last session left for the next one, and what was found out about a blocker that still stands. */
export const leftParts = (run: Run): BriefPart[] => [...handoffPart(run), ...(run.blocked === undefined ? [] : [...blockerPart(run), ...decisionPart(run, run.blocked.seq)])];

function handoffPart({ records: { handoff } }: Run): BriefPart[] {
  if (handoff === undefined) return [];
  const { summary, left, facts, failed, risks, next } = handoff.document;
  return [material(`Handed over by ${showActor(handoff.by)}`, 86, [
    summary, ...said('Left', left), ...said('Fact', facts), ...said('Failed', failed), ...said('Risk', risks), `Next action: ${next}`,
  ])];
}

function blockerPart({ records: { blocker } }: Run): BriefPart[] {
  if (blocker === undefined) return [];
  const { objective, failed, excerpt, attempts, boundary, smallest_action: action } = blocker.document;
  return [material(`The blocker, as ${showActor(blocker.by)} reports it`, 93, [
    `Objective: ${objective}`, `Failed: ${failed}`, ...excerpt.split('\n').map((line) => `  | ${line}`), ...said('Tried', attempts),
    ...said('In the way', boundary === undefined ? [] : [boundary]), `Smallest action: ${action}`,
  ])];
}

/** A decision counts for the blocker that it was made about, and for no later one. */
function decisionPart({ records: { 'blocker-decision': decision } }: Run, blockedAt: number): BriefPart[] {
  if (decision === undefined || decision.seq < blockedAt) return [];
  const { class: named, confidence, authorization, action, boundaries, proof, rollback, question } = decision.document;
  return [material(`The decision of ${showActor(decision.by)} about the blocker`, 93, [
    `${named}, confidence ${confidence}, ${authorization}`, `Action: ${action}`, ...said('Within', boundaries), `Proof: ${proof}`, `Way back: ${rollback}`,
    ...said('A person is asked', question === undefined ? [] : [question]),
  ])];
}

const material = (heading: string, weight: number, texts: readonly string[]): BriefPart => part(heading, texts.flatMap((text) => text.split('\n')), weight, true);
const said = (what: string, texts: readonly string[]): string[] => texts.map((text) => `${what}: ${text}`);
