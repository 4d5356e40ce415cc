import { showPath } from '../paths.js';
import type { Plan } from '../records.js';
import type { Run } from '../run.js';
import type { Criterion, Ticket } from '../ticket.js';
import { codeCell, code, inline, list, record, section, table } from './markdown.js';

/** The plan that the work followed: the recorded one, or the ticket's own. */
export function planRecord(run: Run, ticket: Ticket): Uint8Array {
  const plan = run.records.plan?.document;
  return record(
    `# Plan of ${run.ticket}`,
    `${inline(ticket.title)} (${ticket.class}, ${ticket.kind})`,
    ...(plan === undefined ? ownPlan(ticket) : recordedPlan(plan)),
    section('Acceptance', table(['criterion', 'what must hold', 'proofs'], ticket.acceptance.map((criterion) =>
      [criterion.id, inline(criterionText(criterion)), coverage(criterion, plan).join(', ')]))),
    section('Proofs', table(['proof', 'command'], ticket.proof.map((proof) =>
      [proof.id, proof.inspect === undefined ? codeCell(commandText(proof)) : `inspect: ${inline(proof.inspect)}`]))),
  );
}

const ownPlan = (ticket: Ticket): string[] => [section('Steps', list((ticket.plan ?? []).map(inline)))];

function recordedPlan(plan: Plan): string[] {
  return [
    section('Read first', list(plan.read_order.map((path) => code(showPath(path))))),
    section('Tasks', list(plan.tasks.map((task) =>
      `${task.id}: ${inline(task.text)}${task.paths.length === 0 ? '' : ` (${task.paths.map((path) => code(showPath(path))).join(', ')})`}`))),
    section('Constraints', list(plan.constraints.map(inline))),
    section('Success', list(plan.success.map(inline))),
    section('Commit note', inline(plan.commit_note)),
  ];
}

function criterionText(criterion: Criterion): string {
  if (criterion.text !== undefined) return criterion.text;
  const parts = [['Given', criterion.given], ['when', criterion.when], ['then', criterion.then]] as const;
  return parts.flatMap(([word, text]) => (text === undefined ? [] : [`${word} ${text}`])).join(', ');
}

const coverage = (criterion: Criterion, plan: Plan | undefined): string[] =>
  [...new Set([...criterion.proofs, ...(plan?.coverage ?? []).filter((line) => line.criterion === criterion.id).flatMap((line) => line.proofs)])].map(inline);

function commandText(proof: Ticket['proof'][number]): string {
  if (proof.shell !== undefined) return `shell: ${proof.shell}`;
  return typeof proof.run === 'string' ? proof.run : (proof.run ?? []).join(' ');
}
