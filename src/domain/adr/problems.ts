import { placesIn } from '../documents/places.js';
import { showPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { differencesOf, hasTable, indexRows, type IndexRow } from './index.js';
import { ADR_INDEX, adrName, fieldPlace, padded, sectionPlace, unwrittenSections, type Decision, type DecisionReading } from './record.js';

/** Everything that the records of a repository say together. */
export interface Decisions {
  readings: readonly DecisionReading[];
  /** Text of the index; absent when there is none. */
  index?: string;
  /** What a record says before anybody has written in it. */
  template: string;
}

/** What is wrong with the records together: their numbers, the links between them, and the index. */
export function decisionProblems({ readings, index, template }: Decisions): Problem[] {
  const decisions = readings.flatMap(({ decision }) => decision ?? []);
  return [
    ...readings.flatMap(({ problems }) => problems),
    ...numberProblems(readings, decisions),
    ...decisions.flatMap((decision) => [...linkProblems(decision, decisions, readings), ...unwritten(decision, template)]),
    ...(index === undefined ? missingIndex(decisions) : indexProblems(index, decisions, readings)),
  ];
}

function numberProblems(readings: readonly DecisionReading[], decisions: readonly Decision[]): Problem[] {
  const numbers = readings.map(({ number }) => number);
  const highest = Math.max(0, ...numbers);
  const doubled = decisions.filter(({ number, path }) => decisions.some((other) => other.number === number && other.path < path));
  const gaps = Array.from({ length: highest }, (_, at) => at + 1).filter((number) => !numbers.includes(number));
  return [
    ...doubled.map(({ number, path, text }, at) => {
      const others = decisions.filter((other) => other.number === number && other.path !== path).map((other) => other.path);
      return complain('adr-number-twice', { number: padded(number), others, path, free: padded(highest + 1 + at) }, placesIn(showPath(path), text)(0, 1));
    }),
    ...(gaps.length === 0 ? [] : [complain('adr-number-gap', { missing: gaps.slice(0, 10).map(padded) }, { file: ADR_INDEX })]),
  ];
}

function linkProblems(decision: Decision, decisions: readonly Decision[], readings: readonly DecisionReading[]): Problem[] {
  const { number, status, revises, revisedBy } = decision;
  const known = (other: number): boolean => readings.some((reading) => reading.number === other);
  const broken = (name: string, others: number[], back: 'revises' | 'revisedBy', backName: string): Problem[] => others.flatMap((other) => {
    if (!known(other)) return [complain('adr-link-missing', { record: adrName(number), field: name, target: adrName(other) }, fieldPlace(decision, name))];
    const target = decisions.find((one) => one.number === other);
    if (target === undefined || target[back].includes(number)) return [];
    return [complain('adr-link-one-way', { record: adrName(number), field: name, target: adrName(other), back: backName, line: `- ${backName}: [${adrName(number)}](${decision.path.split('/').at(-1)!})`, path: target.path }, fieldPlace(decision, name))];
  });
  const alone = status === 'Revised' && revisedBy.length === 0
    ? [complain('adr-revised-alone', { record: adrName(number) }, fieldPlace(decision, 'Status'))] : [];
  const binding = revisedBy.length > 0 && status !== 'Revised'
    ? [complain('adr-malformed', { what: 'Status', why: `must be Revised: ${revisedBy.map(adrName).join(', ')} took its place` }, fieldPlace(decision, 'Status'))] : [];
  // A draft takes nobody's place yet.
  const replaces = status === 'Draft' ? revises.filter((other) => !known(other)) : revises;
  return [...broken('Revises', replaces, 'revisedBy', 'Revised by'), ...broken('Revised by', revisedBy, 'revises', 'Revises'), ...alone, ...binding];
}

function unwritten(decision: Decision, template: string): Problem[] {
  if (decision.status !== 'Accepted') return [];
  const sections = unwrittenSections(decision.text, template);
  return sections.length === 0 ? [] : [complain('adr-unwritten', { record: adrName(decision.number), path: decision.path, sections, status: decision.status }, sectionPlace(decision, sections[0]!))];
}

const missingIndex = (decisions: readonly Decision[]): Problem[] =>
  (decisions.length === 0 ? [] : [complain('adr-index-missing', { path: ADR_INDEX }, { file: ADR_INDEX })]);

function indexProblems(index: string, decisions: readonly Decision[], readings: readonly DecisionReading[]): Problem[] {
  const place = placesIn(ADR_INDEX, index);
  if (!hasTable(index)) return decisions.length === 0 ? [] : [complain('adr-index-missing', { path: ADR_INDEX }, place(0))];
  const rows = indexRows(index);
  const twins = new Set(decisions.filter(({ number }, at) => decisions.findIndex((other) => other.number === number) < at).map(({ number }) => number));
  const twice = (row: IndexRow): boolean => !twins.has(row.number ?? 0) && rows.some((other) => other !== row && other.number === row.number && other.row.from < row.row.from);
  return [
    ...decisions.filter(({ number }) => !rows.some((row) => row.number === number)).map(({ number, path }) => complain('adr-not-indexed', { record: adrName(number), path }, { file: ADR_INDEX })),
    ...rows.flatMap((row) => {
      const at = place(row.row.from, row.row.to);
      const decision = decisions.find(({ number }) => number === row.number);
      if (decision === undefined) return readings.some(({ number }) => number === row.number) ? [] : [complain('adr-index-extra', { row: row.row.cells[0]?.text ?? '' }, at)];
      if (twice(row)) return [complain('adr-index-extra', { row: row.row.cells[0]?.text ?? '' }, at)];
      const differences = differencesOf(row, decision);
      return differences.length === 0 ? [] : [complain('adr-index-differs', { record: adrName(decision.number), differences }, at)];
    }),
  ];
}
