import { pathCell } from '../closing/markdown.js';
import { sectionsIn, tablesIn, type Cell, type Section } from '../documents/markdown.js';
import { placesIn, type PlaceFinder } from '../documents/places.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { changedFiles, verdictOf, type ReviewedRun } from './facts.js';
import { REVIEW_LINES, reviewPath, SECTIONS, type ReviewSection } from './places.js';

/** A review as it stands, and what it is held against. */
export interface ReviewCase {
  run: ReviewedRun;
  text: string;
  /** A record of a decision names the ticket. */
  hasRecord: boolean;
}

/** What is wrong with a review: its length and sections, and every file and verdict that is other than the facts. */
export function reviewProblems({ run, text, hasRecord }: ReviewCase): Problem[] {
  const path = reviewPath(run.ticket);
  const place = placesIn(showPath(path), text);
  const sections = sectionsIn(text).filter(({ level }) => level === 2);
  const found = SECTIONS.map((title, at) => sections.find((section) => section.title === `${at + 1}. ${title}`));
  const at = (title: ReviewSection): Section | undefined => found[SECTIONS.indexOf(title)];
  return [
    ...lengthProblems(text, place),
    ...sectionProblems(found, text, place),
    ...fileProblems(run, at('Changed files'), text, place),
    ...proofProblems(run, at('Test coverage'), text, place),
    ...recordProblems(run, at('Proposed document updates'), hasRecord, text, place),
  ];
}

function lengthProblems(text: string, place: PlaceFinder): Problem[] {
  const lines = text.trimEnd().split('\n').length;
  return lines <= REVIEW_LINES ? [] : [complain('review-too-long', { lines, most: REVIEW_LINES }, place(lineStart(text, REVIEW_LINES)))];
}

const lineStart = (text: string, line: number): number => text.split('\n').slice(0, line).join('\n').length + 1;

function sectionProblems(found: readonly (Section | undefined)[], text: string, place: PlaceFinder): Problem[] {
  const last = found.findLast((section) => section !== undefined);
  return SECTIONS.flatMap((title, at) => {
    const section = found[at];
    const name = `${at + 1}. ${title}`;
    if (section === undefined) return [complain('review-section-missing', { section: name, why: 'is missing' }, place(last?.from ?? 0, last?.body ?? 1))];
    const isLate = found.slice(at + 1).some((later) => later !== undefined && later.from < section.from);
    const end = found.reduce((nearest, other) => (other !== undefined && other.from > section.from && other.from < nearest ? other.from : nearest), text.length);
    const isEmpty = text.slice(section.body, end).trim() === '';
    return [
      ...(isLate ? [complain('review-section-missing', { section: name, why: 'stands after a later one' }, place(section.from, section.body))] : []),
      ...(isEmpty ? [complain('review-section-missing', { section: name, why: 'is empty; where there is nothing to say it says None' }, place(section.from, section.body))] : []),
    ];
  });
}

/** Rows of the first table in a section. */
function rowsIn(section: Section, text: string): Cell[][] {
  const table = tablesIn(text).find(({ head }) => head.from >= section.body && head.from < section.to);
  return table?.rows.map(({ cells }) => cells) ?? [];
}

/** What a cell names: each piece of code in it, or else all of it. */
function namesIn(cell: Cell): string[] {
  const spans = [...cell.text.matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)].map(([, , inside]) => bare(inside!));
  return spans.length > 0 ? spans : [bare(cell.text)];
}

/** A name without the blanks that set it off from ticks. */
const bare = (text: string): string => text.trim();

/** How a path stands in a cell, once bars are read. */
const nameOf = (path: RepoPath): string => namesIn({ text: pathCell(path).replaceAll('\\|', '|'), from: 0, to: 0 })[0]!;

function fileProblems(run: ReviewedRun, section: Section | undefined, text: string, place: PlaceFinder): Problem[] {
  if (section === undefined) return [];
  const { ticket } = run;
  const listed = rowsIn(section, text).flatMap(([cell]) => (cell === undefined ? [] : namesIn(cell).map((name) => ({ name, cell }))));
  const changed = changedFiles(run).map(({ path }) => ({ path, name: nameOf(path) }));
  return [
    ...changed.filter(({ name }) => !listed.some((one) => one.name === name))
      .map(({ path }) => complain('review-file-missing', { ticket, path }, place(section.from, section.body))),
    ...listed.filter(({ name }) => name !== '' && !changed.some((one) => one.name === name))
      .map(({ name, cell }) => complain('review-file-added', { ticket, name }, place(cell.from, cell.to))),
  ];
}

function proofProblems(run: ReviewedRun, section: Section | undefined, text: string, place: PlaceFinder): Problem[] {
  if (section === undefined) return [];
  const { ticket } = run;
  return rowsIn(section, text).flatMap(([proof, , verdict]) => {
    if (proof === undefined || verdict === undefined) return [];
    const isKnown = run.lock.ticket.content.proof.some(({ id }) => id === proof.text);
    const fact = isKnown ? verdictOf(run, proof.text) : 'no proof of this ticket';
    return fact === verdict.text ? [] : [complain('review-proof-differs', { ticket, proof: proof.text, says: verdict.text, fact }, place(verdict.from, verdict.to))];
  });
}

function recordProblems({ ticket }: ReviewedRun, section: Section | undefined, hasRecord: boolean, text: string, place: PlaceFinder): Problem[] {
  if (section === undefined) return [];
  const said = /^New ADR required:[ \t]*(\w*)/m.exec(text.slice(section.body));
  const [from, to] = said === null ? [section.from, section.body] : [section.body + said.index, section.body + said.index + said[0].length];
  const answer = said?.[1]?.toLowerCase();
  if (answer !== 'yes' && answer !== 'no') return [complain('review-section-missing', { section: '8. Proposed document updates', why: 'does not say "New ADR required: yes" or "no"' }, place(from, to))];
  return answer === 'no' || hasRecord ? [] : [complain('review-adr-missing', { ticket }, place(from, to))];
}
