import { showActor } from '../actors.js';
import type { Entered, Fact, FactOf } from '../facts.js';
import { shellWord } from '../paths.js';
import { ROAD } from '../road.js';
import type { Run } from '../run.js';
import { speakerOf, storyOf } from '../story.js';
import type { Ticket } from '../ticket.js';
import { changedPaths, changesOf, risksOf, skippedChecks } from './changes.js';
import { codeCell, inline, list, record, section, table } from './markdown.js';

/** Everything that was shown before the delivery began. It ends where the records are listed: at `context_curated`. */
export function resultRecord(run: Run, ticket: Ticket, facts: readonly Fact[]): Uint8Array {
  const changes = changesOf(run, facts);
  return record(
    `# Result of ${run.ticket}`,
    `${inline(ticket.title)} (${ticket.class}, ${ticket.kind})`,
    ...waivers(run),
    section('Change', `Change set ${run.change?.changeSet.digest ?? 'none'} on base ${run.change?.changeSet.base ?? 'none'}.`, changedPaths(run.change?.changeSet.entries ?? [])),
    section('States', states(facts)),
    section('Proofs', proofs(run)),
    section('Reviews', list(reviews(run))),
    section('Repair rounds', repairs(run)),
    section('Turns on the way', list(storyOf(facts).filter((line) => line.kind === 'turn').map((line) => `${line.at} ${inline(speakerOf(line))}: ${inline(line.says)}`))),
    section('Skipped checks', list(skippedChecks(changes))),
    section('Risks', list(risksOf(run, changes))),
  );
}

function waivers(run: Run): string[] {
  if (run.waivers.length === 0) return [];
  return [section('WAIVED: this evidence is missing', list(run.waivers.map((waiver) =>
    `**${inline(waiver.what)}** waived by ${inline(showActor(waiver.by))} at ${waiver.at}: ${inline(waiver.reason)}`)))];
}

/** The last time that each state was entered. The last line's own time stands in the ledger: this record is part of its evidence. */
function states(facts: readonly Fact[]): string {
  const entered = new Map(facts.filter((fact): fact is Entered => fact.kind === 'entered').map((fact) => [fact.state, fact] as const));
  const rows = ROAD.slice(0, 10).map(({ state }, at) => {
    const fact = entered.get(state);
    return [String(at + 1), state, fact?.at ?? '–', fact === undefined ? '–' : inline(showActor(fact.by))];
  });
  return table(['#', 'state', 'entered', 'by'], [...rows, ['11', 'context_curated', 'lists these records', '–']]);
}

function proofs(run: Run): string {
  const rows = (run.proofs?.proofs ?? []).map((proof) => {
    const ran = run.proofRuns.find((candidate) => candidate.seq === proof.run);
    return [inline(proof.proof), `**${proof.how}**`, ...ranCells(ran), proof.failures === 0 ? 'no' : `${proof.failures} of ${proof.runs} runs failed`];
  });
  return rows.length === 0 ? 'None.' : table(['proof', 'how', 'command', 'exit', 'ms', 'tests', 'output', 'flaky'], rows);
}

function ranCells(ran: FactOf<'proof-ran'> | undefined): string[] {
  if (ran === undefined) return ['–', '–', '–', '–', '–'];
  const tests = ran.tests === undefined ? 'not countable' : `${ran.tests.passed} passed, ${ran.tests.failed} failed, ${ran.tests.skipped} skipped`;
  return [codeCell(ran.argv.map(shellWord).join(' ')), String(ran.exit ?? ran.signal ?? '–'), String(ran.duration), tests, ran.log?.digest ?? 'none'];
}

const reviews = (run: Run): string[] => run.reviews.map((review, at) =>
  `[review-${at + 1}.md](review-${at + 1}.md): **${review.document.verdict}** by ${inline(showActor(review.by))} (${review.origin.seen}) on ${review.changeSet?.digest ?? 'no change set'}`);

function repairs(run: Run): string {
  const allowed = (run.lock?.policy.content.limits.repair_rounds ?? 0) + run.grantedRounds;
  const granted = run.grantedRounds === 0 ? '' : `, ${run.grantedRounds} of them granted by a person`;
  return `${run.rounds} used of ${allowed} allowed${granted}.`;
}
