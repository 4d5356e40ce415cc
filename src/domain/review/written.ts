import { showActor } from '../actors.js';
import type { ChangedPath } from '../changeSet.js';
import { code, codeCell, inline, list, pathCell, quoted, table } from '../closing/markdown.js';
import { showPath, shellWord } from '../paths.js';
import type { Criterion } from '../ticket.js';
import { changedFiles, howChanged, isShown, partOf, verdictOf, type ReviewedRun } from './facts.js';
import { REVIEW_LINES, SECTIONS, type ReviewSection } from './places.js';
import type { ReviewWords } from './words.js';

/** What is told in full. What is not is cut in this order, until the review is short enough. */
interface Fullness {
  excerpts: boolean;
  reasons: boolean;
  files: boolean;
  criteria: boolean;
  proofs: boolean;
}

/** The review of a ticket: its files, proofs and findings as they are, and the writer's words. Always short enough to be read. */
export function writtenReview(run: ReviewedRun, words: ReviewWords): string {
  const full: Fullness = { excerpts: true, reasons: true, files: true, criteria: true, proofs: true };
  for (const cut of [undefined, ...Object.keys(full) as (keyof Fullness)[]]) {
    if (cut !== undefined) full[cut] = false;
    const text = rendered(run, words, full);
    if (text.split('\n').length - 1 <= REVIEW_LINES) return text;
  }
  throw new Error(`the review of ${run.ticket} cannot be cut to ${REVIEW_LINES} lines`);
}

function rendered(run: ReviewedRun, words: ReviewWords, full: Fullness): string {
  const sections: Record<ReviewSection, string[]> = {
    'Summary': [quoted(summary(run, words).replace(/\s*\n\s*/g, ' '))],
    'Changed files': [filesTable(run, full)],
    'Decisions': [list(words.decisions.map((one) => (full.reasons
      ? `**${inline(one.what)}**: ${inline(one.why)}${one.rejected === undefined ? '' : ` Set aside: ${inline(one.rejected)}`}` : inline(one.what))))],
    'Critical excerpts': [full.excerpts ? list(words.excerpts.map(({ path, lines, why }) => `${code(`${showPath(path)}${lines === undefined ? '' : `:${lines}`}`)}: ${inline(why)}`)) : 'None: left out for length.'],
    'Conformance and deviations': [criteriaTable(run, words, full), list(words.deviations.map(inline), 'Deviations: None.')],
    'Open questions': [list([...openFindings(run), ...words.open_questions.map(inline)])],
    'Test coverage': [proofsTable(run, full), `Changed tests: ${changedTests(run)}`, list(words.test_gaps.map((gap) => `Not shown: ${inline(gap)}`), 'Gaps: None.')],
    'Proposed document updates': [list(words.updates.map(({ file, change }) => `${code(showPath(file))}: ${inline(change)}`)), `New ADR required: ${words.new_adr}`],
  };
  return `${[heading(run), ...SECTIONS.flatMap((title, at) => [`## ${at + 1}. ${title}`, ...sections[title]])].join('\n\n')}\n`;
}

function heading(run: ReviewedRun): string {
  const review = run.reviews.at(-1);
  const { title } = run.lock.ticket.content;
  return [
    `# Review of ${run.ticket}`, '',
    `- Ticket: ${inline(title)}`,
    `- Date: ${(run.last ?? '').slice(0, 10)}`,
    `- Change set: ${run.change.changeSet.digest}`,
    `- Reviewed: ${review === undefined ? 'not yet' : `${review.document.verdict} by ${inline(showActor(review.by))}; ${run.clearedFindings.length} findings cleared, ${run.openFindings.length} open`}`,
    ...(run.waivers.length === 0 ? [] : [`- Waived: ${run.waivers.map(({ what }) => inline(what)).join(', ')}`]),
  ].join('\n');
}

const summary = (run: ReviewedRun, words: ReviewWords): string =>
  words.summary ?? run.records.changes?.document.summary ?? run.records['self-review']?.document.summary ?? run.lock.ticket.content.title;

function filesTable(run: ReviewedRun, { files }: Fullness): string {
  const part = partOf(run.lock.policy.content);
  const entries = changedFiles(run);
  if (files) return table(['file', 'change', 'part'], entries.map((entry) => [pathCell(entry.path), howChanged(entry), part(entry.path)]));
  const kinds = grouped(entries);
  return table(['files', 'change', 'how many'], [...kinds].map(([how, some]) => [some.map(({ path }) => pathCell(path)).join(', '), how, String(some.length)]));
}

function grouped(entries: readonly ChangedPath[]): Map<string, ChangedPath[]> {
  const kinds = new Map<string, ChangedPath[]>();
  for (const entry of entries) kinds.set(howChanged(entry), [...kinds.get(howChanged(entry)) ?? [], entry]);
  return kinds;
}

function criteriaTable(run: ReviewedRun, words: ReviewWords, { criteria }: Fullness): string {
  const all = run.lock.ticket.content.acceptance;
  const said = (id: string): ReviewWords['conformance'][number] | undefined => words.conformance.find(({ criterion }) => criterion === id);
  const isPlain = (one: Criterion): boolean => isShown(run, one) && (said(one.id)?.holds ?? 'yes') === 'yes';
  const row = (one: Criterion): string[] => {
    const { holds, note } = said(one.id) ?? {};
    return [one.id, inline(criterionText(one)), one.proofs.map((proof) => `${proof} ${verdictOf(run, proof)}`).join(', '), [holds, note === undefined ? undefined : inline(note)].filter((part) => part !== undefined).join(': ') || '–'];
  };
  const head = ['criterion', 'what must hold', 'shown by', 'the writer says'];
  if (criteria) return table(head, all.map(row));
  const others = all.filter((one) => !isPlain(one)).slice(0, 10);
  return [`Shown by their proofs: ${all.filter(isPlain).map(({ id }) => id).join(', ') || 'none'}.`, ...(others.length === 0 ? [] : ['', table(head, others.map(row))])].join('\n');
}

const criterionText = ({ text, given, when, then }: Criterion): string =>
  text ?? [['Given', given], ['when', when], ['then', then]].filter(([, part]) => part !== undefined).map(([word, part]) => `${word} ${part}`).join(', ');

function openFindings({ openFindings: findings }: ReviewedRun): string[] {
  const told = findings.slice(0, 10).map(({ id, severity, path, actual }) => `Finding ${id} (${severity})${path === undefined ? '' : ` in ${code(showPath(path))}`}: ${inline(actual)}`);
  return findings.length > told.length ? [...told, `${findings.length - told.length} more findings are open.`] : told;
}

function proofsTable(run: ReviewedRun, { proofs }: Fullness): string {
  const all = run.lock.ticket.content.proof.map(({ id }) => id);
  const ran = (id: string) => run.proofRuns.find(({ seq }) => seq === run.proofs?.proofs.find(({ proof }) => proof === id)?.run);
  const row = (id: string): string[] => {
    const { argv, tests } = ran(id) ?? {};
    return [id, argv === undefined ? '–' : codeCell(argv.map(shellWord).join(' ')), verdictOf(run, id), tests === undefined ? '–' : `${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`];
  };
  const head = ['proof', 'command', 'verdict', 'tests'];
  if (proofs) return table(head, all.map(row));
  const hasPassed = (id: string): boolean => ['passed', 'unmeasured'].includes(verdictOf(run, id));
  const others = all.filter((id) => !hasPassed(id)).slice(0, 10);
  return [`Passed: ${all.filter(hasPassed).join(', ') || 'none'}.`, ...(others.length === 0 ? [] : ['', table(head, others.map(row))])].join('\n');
}

function changedTests(run: ReviewedRun): string {
  const part = partOf(run.lock.policy.content);
  const tests = changedFiles(run).filter(({ path }) => part(path) === 'tests');
  const told = tests.slice(0, 10).map((entry) => `${code(showPath(entry.path))} (${howChanged(entry)})`);
  return tests.length === 0 ? 'None.' : `${told.join(', ')}${tests.length > told.length ? ` and ${tests.length - told.length} more` : ''}.`;
}
