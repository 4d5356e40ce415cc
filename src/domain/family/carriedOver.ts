import { showActor } from '../actors.js';
import type { Run } from '../run.js';

/** How many of the chain's latest tickets are told about. */
const RECENT = 5;

/** What the next ticket of a chain must know of those before it, as lines; the latest first. */
export function carriedOver(runs: readonly Run[]): string[] {
  const recent = runs.filter((run) => run.length > 0).sort((a, b) => ((a.last ?? '') < (b.last ?? '') ? 1 : -1)).slice(0, RECENT);
  return recent.flatMap((run) => {
    const lines = [...results(run), ...failures(run), ...blockers(run), ...skipped(run)];
    return lines.length === 0 ? [] : [`${run.ticket}:`, ...lines.map((line) => `- ${line}`)];
  });
}

function results({ end, records, delivery, state }: Run): string[] {
  const said = records.changes?.document.summary ?? records['self-review']?.document.summary;
  const commit = delivery?.committed ?? delivery?.prepared;
  if (end?.how === 'no-change') return [`It needed no change: ${end.reason ?? 'no reason is known'}`];
  if (end?.how !== 'done' && state !== 'context_curated') return [];
  return [`Result${commit === undefined ? '' : `, delivered as ${commit.slice(0, 12)}`}: ${said ?? 'nothing was said of it'}`];
}

/** What was tried and did not do. */
function failures({ reviews, proofRuns, end }: Run): string[] {
  const failed = new Map<string, number>();
  for (const { proof, verdict } of proofRuns) if (verdict !== 'passed') failed.set(proof, (failed.get(proof) ?? 0) + 1);
  return [
    ...reviews.filter(({ document }) => document.verdict === 'fail').map(({ by, document }) => `${showActor(by)} refused it: ${document.summary}`),
    ...[...failed].map(([proof, times]) => `${proof} did not pass ${times === 1 ? 'once' : `${times} times`}.`),
    ...(end?.how === 'abandoned' ? [`It was given up: ${end.reason ?? 'no reason is known'}`] : []),
  ];
}

const blockers = ({ blocked }: Run): string[] => (blocked === undefined ? [] : [`Held: ${blocked.reason} Released by: ${blocked.release}`]);

const skipped = ({ records }: Run): string[] =>
  (records.changes?.document.skipped_checks ?? []).map(({ check, reason }) => `Not checked: ${check}. ${reason}`);
