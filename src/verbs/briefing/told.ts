import { showActor } from '../../domain/actors.js';
import type { BriefPart } from '../../domain/brief.js';
import { shortDigest } from '../../domain/changeSet.js';
import { inspected } from '../../domain/codes/reviews.js';
import { inspectionsOf } from '../../domain/gates.js';
import { showPath } from '../../domain/paths.js';
import type { Run } from '../../domain/run.js';
import { alteredInWords } from '../../domain/story.js';

export const part = (heading: string, lines: string[], weight: number, material = false): BriefPart => ({ heading, lines, weight, material });

export const linesOfText = (text: string): string[] => text.trimEnd().split('\n');

/** Where the ticket stands, and what a session must not overlook about that. */
export function standPart(run: Run): BriefPart {
  return part('Where it stands', [
    `State: ${run.state ?? 'not begun'}.`,
    ...(run.writer === undefined ? [] : [`Writer: ${showActor(run.writer)}.`]),
    ...(run.rounds === 0 ? [] : [`Repair rounds used: ${run.rounds}.`]),
    ...(run.blocked === undefined ? [] : [`Blocked by ${showActor(run.blocked.by)}: ${run.blocked.reason} What releases it: ${run.blocked.release}`]),
    ...run.waivers.map((waiver) => `Waived by ${showActor(waiver.by)}: ${waiver.what}. ${waiver.reason}`),
  ], 90);
}

/** The goal posts moved, or what runs beside the work did: whoever reviews must know. */
export const refreshParts = ({ lock, alteredAgreed }: Run): BriefPart[] => [
  ...listOf('Changed in ticket, specs or policy since the first lock, or since a review saw them', lock?.changed ?? []),
  ...listOf('Changed in what executes or redirects, and agreed to', alteredAgreed.map(({ by, altered }) => `${showActor(by)} agreed to ${alteredInWords(altered)}.`)),
];

const listOf = (heading: string, lines: readonly string[]): BriefPart[] => (lines.length === 0 ? [] : [part(heading, lines.map((words) => `- ${words}`), 95, true)]);

export function findingsPart(run: Run): BriefPart[] {
  const lines = run.openFindings.flatMap((finding) => [
    `- ${finding.id} (${finding.severity})${finding.path === undefined ? '' : ` ${showPath(finding.path)}`}${finding.criterion === undefined ? '' : `, fails ${finding.criterion}`}`,
    ...(finding.expected === undefined ? [] : [`  expected: ${finding.expected}`]),
    `  actual: ${finding.actual}`,
    ...(finding.repair === undefined ? [] : [`  required repair: ${finding.repair}`]),
  ]);
  return lines.length === 0 ? [] : [part('Open findings', lines.flatMap((line) => line.split('\n')), 95, true)];
}

/** What was judged before: a repair is read against it. */
export function reviewsPart(run: Run): BriefPart[] {
  const lines = run.reviews.map(({ by, document, changeSet }) =>
    `- ${document.verdict} by ${showActor(by)} on ${changeSet === undefined ? 'no change set' : shortDigest(changeSet.digest)}: ${document.summary}`);
  return lines.length === 0 ? [] : [part('Reviews so far', lines.flatMap((line) => line.split('\n')), 65, true)];
}

export function planPart(run: Run): BriefPart[] {
  const plan = run.records.plan?.document;
  if (plan === undefined) return [];
  return [part('The recorded plan', [
    ...plan.tasks.map((task) => `${task.id}. ${task.text}${task.paths.length === 0 ? '' : ` (${task.paths.map(showPath).join(', ')})`}`),
    ...plan.constraints.map((words) => `Constraint: ${words}`),
    ...plan.success.map((words) => `Success: ${words}`),
  ], 80, true)];
}

/** What only a reviewer can show: it must be said in the review. */
export function inspectionPart(run: Run): BriefPart[] {
  const ids = inspectionsOf(run);
  return ids.length === 0 ? [] : [part('Proofs by inspection', [`Carry out ${ids.join(', ')} as the ticket says, and add${inspected(ids)} to the review.`], 96)];
}
