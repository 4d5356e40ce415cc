import type { AdrPlan, Ground } from '../../domain/adr/plan.js';
import { ADR_INDEX, adrName, type Decision } from '../../domain/adr/record.js';
import { showPath } from '../../domain/paths.js';
import { granted, refuse, refused, type Verdict } from '../../domain/problem.js';
import type { World } from '../../world/index.js';
import { adrFolder, type AdrFolder } from './folder.js';

export interface AdrData {
  number?: number;
  path?: string;
  title?: string;
  status?: string;
  tags?: string[];
  dryRun?: boolean;
  /** What is written, in this order. */
  files?: { path: string; action: string }[];
}

export type AdrWorld = Pick<World, 'assets' | 'clock' | 'files' | 'lock'>;

/** The records as a plan needs them. Those that cannot be read keep their numbers. */
export async function groundOf(world: AdrWorld): Promise<Verdict<Ground>> {
  const folder = await adrFolder(world);
  if (folder.indexProblems.length > 0) return refused(folder.indexProblems);
  return granted({
    decisions: decisionsIn(folder),
    numbers: folder.readings.map(({ number }) => number),
    index: folder.index ?? await world.assets.template(ADR_INDEX),
    template: folder.template,
  });
}

export const decisionsIn = ({ readings }: AdrFolder): Decision[] => readings.flatMap(({ decision }) => decision ?? []);

/** The record that is meant by 3, 0003 or ADR-0003. */
export function namedDecision({ decisions, numbers }: Ground, given: string): Verdict<Decision> {
  const number = Number(/^(?:ADR-)?0*(\d{1,6})$/i.exec(given.trim())?.[1] ?? NaN);
  const found = decisions.find((decision) => decision.number === number);
  if (found !== undefined) return granted(found);
  return numbers.includes(number)
    ? refused([refuse('adr-malformed', { what: adrName(number), why: 'cannot be read' })])
    : refused([refuse('adr-unknown', { given, last: Math.max(0, ...numbers) })]);
}

/** Writes what was planned, the new record first, the index last: what is cut short is told by `validate`, and the same command completes it, or `adr index`. */
export async function carryOut({ files }: Pick<World, 'files'>, plan: AdrPlan): Promise<void> {
  for (const { path, text, action } of plan.files) {
    if (action === 'update') await files.write(path, text);
    else if (!await files.create(path, text)) throw new Error(`${path} has come into being under the lock`);
  }
}

export function dataOf({ decision, files }: AdrPlan, dryRun: boolean): AdrData {
  const { number, path, title, status, tags } = decision;
  return { number, path: showPath(path), title, status, tags, dryRun, files: files.map((file) => ({ path: showPath(file.path), action: file.action })) };
}
