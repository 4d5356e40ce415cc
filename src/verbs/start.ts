import { composeBrief } from '../domain/brief.js';
import { nearest } from '../domain/nearest.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse } from '../domain/problem.js';
import { parseEntry } from '../domain/rendering.js';
import { ENTRIES } from '../domain/roles.js';
import type { World } from '../world/index.js';
import type { BriefData } from './brief.js';

/** The words with which a session begins that has no ticket yet, or only its name. Writes nothing. */
export async function start(world: Pick<World, 'assets'>, written: string): Promise<Outcome<BriefData>> {
  const entry = ENTRIES.find((name) => name === written);
  if (entry === undefined) return no('refused', 'brief', {}, [refuse('unknown-entry', { written, entries: [...ENTRIES], near: nearest(written, ENTRIES)[0] })]);
  const { title, body } = parseEntry(await world.assets.prompt(`entry/${entry}`));
  const { leftOut: _, ...composed } = composeBrief(`# ${title}\n\n${body}`, [], { lines: Infinity, because: '' });
  return done('brief', { start: entry, ...composed }, ['cxw status']);
}
