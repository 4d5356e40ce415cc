import { done, no, type Outcome } from '../domain/outcome.js';
import { unreadWhole } from '../domain/specs/spec.js';
import { ticketsNamed, traceSpec, type TracedRequirement } from '../domain/specs/trace.js';
import type { World } from '../world/index.js';
import { readShelf } from './specs/shelf.js';
import { whichSpecs } from './specs/whichSpecs.js';
import { works } from './specs/works.js';

export interface SpecTraceData {
  specs?: { name: string; title?: string; status?: string; requirements: TracedRequirement[] }[];
}

const COMMAND = 'spec trace';

/** From every requirement through design, tasks and tickets to proofs and commits, worked out anew each time. */
export async function specTrace(world: Pick<World, 'digest' | 'documents' | 'files' | 'git' | 'ledger' | 'tickets'>, request: { name?: string }): Promise<Outcome<SpecTraceData>> {
  const shelf = await readShelf(world);
  const which = whichSpecs(shelf, request.name);
  if (!which.ok) return no('refused', COMMAND, {}, which.refusals);
  const carried = await works(world, new Set(which.value.flatMap(ticketsNamed)));
  const specs = which.value.map((spec) => ({
    name: spec.name, title: spec.requirements?.title || undefined, status: spec.requirements?.status?.word, requirements: traceSpec(spec, carried),
  }));
  return done(COMMAND, { specs }, [specs.length === 0 ? 'cxw spec new NAME' : 'cxw validate docs/specs'], unreadWhole(shelf));
}
