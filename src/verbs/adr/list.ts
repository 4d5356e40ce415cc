import { selectByTags, type Decision } from '../../domain/adr/record.js';
import { done, type Outcome } from '../../domain/outcome.js';
import { showPath } from '../../domain/paths.js';
import type { World } from '../../world/index.js';
import { adrFolder } from './folder.js';
import { decisionsIn } from './settle.js';

export interface ListedDecision {
  number: number;
  path: string;
  title: string;
  status: string;
  date: string;
  tags: string[];
  revisedBy?: number[];
}

export interface AdrListData {
  decisions: ListedDecision[];
  /** How many records could not be read. */
  broken?: number;
}

/** Every record; with tags, those that bind work with one of them. Writes nothing. */
export async function adrList(world: Pick<World, 'assets' | 'files'>, { tags }: { tags: readonly string[] }): Promise<Outcome<AdrListData>> {
  const folder = await adrFolder(world);
  const known = decisionsIn(folder);
  const decisions = (tags.length > 0 ? selectByTags(known, tags) : known).map(listed);
  const broken = folder.readings.length - known.length;
  const next = broken > 0 ? 'cxw validate docs/decisions' : nextFor(known);
  return done('adr list', { decisions, broken: broken === 0 ? undefined : broken }, [next], folder.indexProblems.filter(({ code }) => code === 'path-through-link'));
}

const listed = ({ number, path, title, status, date, tags, revisedBy }: Decision): ListedDecision =>
  ({ number, path: showPath(path), title, status, date, tags, revisedBy: revisedBy.length === 0 ? undefined : revisedBy });

function nextFor(known: readonly Decision[]): string {
  const draft = known.find(({ status }) => status === 'Draft');
  return draft === undefined ? 'cxw adr new TITLE' : `cxw adr accept ${draft.number}`;
}
