import { done, no, type Outcome } from '../domain/outcome.js';
import { shellWord } from '../domain/paths.js';
import { refuse, remark } from '../domain/problem.js';
import { isSpecName, SPEC_FILES, specFolder } from '../domain/specs/places.js';
import { wordsFor } from '../domain/specs/template.js';
import type { World } from '../world/index.js';
import { namedTicket } from './specs/namedTicket.js';
import { fromTemplates, layDown, shown } from './specs/newFiles.js';

export interface SpecNewRequest {
  name: string;
  title?: string;
  /** The ticket that carries it out, or a part of its id. */
  ticket?: string;
}

export interface SpecNewData {
  name?: string;
  /** What was written. */
  files?: string[];
}

const COMMAND = 'spec new';

/** Makes a spec from the templates: what is wanted, how, and in which steps. Never overwrites. */
export async function specNew(world: Pick<World, 'assets' | 'clock' | 'documents' | 'files' | 'ledger'>, request: SpecNewRequest): Promise<Outcome<SpecNewData>> {
  const { name, title } = request;
  const ticket = await namedTicket(world, request.ticket);
  const refusals = [...(isSpecName(name) ? [] : [refuse('spec-name-unusable', { given: name })]), ...(ticket.ok ? [] : ticket.refusals)];
  if (!ticket.ok || refusals.length > 0) return no('refused', COMMAND, {}, refusals);

  const folder = specFolder(name);
  const made = await fromTemplates(world, folder, Object.values(SPEC_FILES), wordsFor(name, { title, ticket: ticket.value, now: world.clock.now() }));
  const taken = await layDown(world, folder, made);
  if (taken.length > 0) return no('refused', COMMAND, {}, taken);
  return done(COMMAND, { name, files: shown(made) }, [`cxw validate ${shellWord(folder)}`], [remark('spec-wants-words', { path: made[0]!.path })]);
}
