import { done, no, type Outcome } from '../domain/outcome.js';
import { shellWord } from '../domain/paths.js';
import { refuse, remark } from '../domain/problem.js';
import { changeFolder, DELTA_FILE, isSpecName } from '../domain/specs/places.js';
import { wordsFor } from '../domain/specs/template.js';
import type { World } from '../world/index.js';
import type { SpecNewData, SpecNewRequest } from './specNew.js';
import { namedTicket } from './specs/namedTicket.js';
import { fromTemplates, layDown, shown } from './specs/newFiles.js';
import { readShelf } from './specs/shelf.js';
import { whichSpecs } from './specs/whichSpecs.js';

export interface SpecChangeRequest extends SpecNewRequest {
  /** The spec that is to be changed; it may be left out where there is only one. */
  spec?: string;
}

const COMMAND = 'spec new';

/** Makes the delta for a change to a spec, from its template. Never overwrites. */
export async function specChange(world: Pick<World, 'assets' | 'clock' | 'documents' | 'files' | 'ledger'>, request: SpecChangeRequest): Promise<Outcome<SpecNewData>> {
  const { name, title } = request;
  const shelf = await readShelf(world);
  const [which, ticket] = [whichSpecs(shelf, request.spec), await namedTicket(world, request.ticket)];
  const [spec, ...more] = which.ok ? which.value : [];
  const refusals = [
    ...(isSpecName(name) ? [] : [refuse('spec-name-unusable', { given: name })]),
    ...(which.ok ? [] : which.refusals), ...(ticket.ok ? [] : ticket.refusals),
    ...(which.ok && (spec === undefined || more.length > 0) ? [refuse('change-spec-missing', { change: name, specs: which.value.map((one) => one.name), unknown: [] })] : []),
  ];
  if (!ticket.ok || spec === undefined || refusals.length > 0) return no('refused', COMMAND, {}, refusals);

  const folder = changeFolder(name);
  const made = await fromTemplates(world, folder, [DELTA_FILE], wordsFor(name, { title, ticket: ticket.value, spec: spec.name, now: world.clock.now() }));
  const taken = await layDown(world, folder, made);
  if (taken.length > 0) return no('refused', COMMAND, {}, taken);
  return done(COMMAND, { name, files: shown(made) }, [`cxw validate ${shellWord(folder)}`], [remark('spec-wants-words', { path: made[0]!.path })]);
}
