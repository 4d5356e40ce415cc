import { done, no, type Outcome } from '../domain/outcome.js';
import type { Policy } from '../domain/policy.js';
import { remark, type Problem } from '../domain/problem.js';
import { isUnder } from '../domain/paths.js';
import { driftOf } from '../domain/specs/drift.js';
import { SPECS } from '../domain/specs/places.js';
import type { Shelf, Spec } from '../domain/specs/spec.js';
import { ticketsNamed } from '../domain/specs/trace.js';
import type { Drift, DriftVerdict } from '../domain/specs/verdict.js';
import { isIn, type Work } from '../domain/specs/work.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { evidenceFor } from './specs/evidence.js';
import { namedTicket } from './specs/namedTicket.js';
import { readShelf } from './specs/shelf.js';
import { whichSpecs } from './specs/whichSpecs.js';
import { everyWork, works } from './specs/works.js';

export interface SpecDriftRequest {
  /** One spec; left out, all of them. */
  name?: string;
  /** Only the specs that this ticket carries out, and its own change. */
  ticket?: string;
}

export interface SpecDriftData {
  verdict?: DriftVerdict;
  /** The specs that were looked at. */
  specs?: string[];
  findings?: { code: string; severity: Problem['severity']; message: string; file?: string; line?: number }[];
}

export type DriftWorld = Pick<World, 'digest' | 'documents' | 'files' | 'git' | 'ledger' | 'tickets'>;

const COMMAND = 'spec drift';

/** Whether specs still tell the truth. Nothing but documents, records, files and git is asked. */
export async function specDrift(world: DriftWorld, request: SpecDriftRequest): Promise<Outcome<SpecDriftData>> {
  const shelf = await readShelf(world);
  const [which, ticket] = [whichSpecs(shelf, request.name), await namedTicket(world, request.ticket)];
  if (!which.ok || !ticket.ok) return no('refused', COMMAND, {}, [...(which.ok ? [] : which.refusals), ...(ticket.ok ? [] : ticket.refusals)]);
  const policy = await world.documents.policy();
  if (policy?.ok === false) return no('invalid', COMMAND, {}, policy.problems);
  const { specs, findings, verdict } = await judged(world, { shelf, specs: which.value, ticket: ticket.value, whole: request.name === undefined, policy: policy?.value });
  const data: SpecDriftData = { verdict, specs: specs.map(({ name }) => name), findings: findings.map(listed) };
  if (verdict !== 'fail') return done(COMMAND, data, [specs.length === 0 ? 'cxw spec list' : 'cxw spec trace'], findings);
  return no('refused', COMMAND, data, findings);
}

interface Scope {
  shelf: Shelf;
  specs: readonly Spec[];
  ticket?: TicketId;
  /** No spec was named: what belongs to none is looked at too. */
  whole: boolean;
  /** Says what the public surface is; without one, nothing is. */
  policy?: Policy;
}

async function judged(world: DriftWorld, { shelf, specs, ticket, whole, policy }: Scope): Promise<Drift & { specs: readonly Spec[] }> {
  const all = ticket === undefined && whole ? await everyWork(world) : await works(world, new Set([...specs.flatMap(ticketsNamed), ...(ticket === undefined ? [] : [ticket])]));
  const own = all.find((work) => work.ticket === ticket);
  const meant = ticket === undefined ? specs : specs.filter((spec) => own !== undefined && carries(own, spec));
  const surface = ticket !== undefined ? [own].filter((work) => work !== undefined) : whole ? all.filter(isIn) : [];
  const elsewhere = (own?.specs ?? []).filter((path) => !isUnder(path, SPECS));
  const unread = own === undefined || elsewhere.length === 0 ? [] : [remark('drift-spec-elsewhere', { ticket: own.ticket, paths: elsewhere }, 'warning')];
  const evidence = await evidenceFor(world, { shelf, specs: meant, works: all, surface, policy, current: own?.ticket });
  return { specs: meant, ...driftOf({ ...evidence, problems: [...evidence.problems, ...unread] }) };
}

const carries = (work: Work, { folder }: Spec): boolean => work.specs.some((path) => path.startsWith(`${folder}/`));

/** The verdict on the specs that a ticket carries out, and on its change, as both stand now. */
export async function driftOfTicket(world: DriftWorld, ticket: TicketId, policy: Policy): Promise<Drift> {
  const shelf = await readShelf(world);
  return judged(world, { shelf, specs: shelf.specs, ticket, whole: true, policy });
}

const listed = ({ code, severity, message, place }: Problem): NonNullable<SpecDriftData['findings']>[number] =>
  ({ code, severity, message, file: place?.file, line: place?.line });
