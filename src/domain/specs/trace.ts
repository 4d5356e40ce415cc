import { idsIn, referencesIn, saysNothing } from './ids.js';
import type { Item } from './sheet.js';
import type { Spec } from './spec.js';
import type { ProvedBy, Work } from './work.js';

/** A requirement, and everything that leads from it to a commit. */
export interface TracedRequirement {
  id: string;
  status?: string;
  text: string;
  /** Decisions of the design that name it. */
  design: string[];
  tasks: string[];
  /** Proofs that the spec itself says. */
  proofs: string[];
  tickets: TracedTicket[];
}

export interface TracedTicket {
  ticket: string;
  state: string;
  /** The proofs of the ticket that are about this requirement. */
  proofs: ProvedBy[];
  commit?: string;
}

/** Follows every requirement of a spec through its design and tasks to the tickets, their proofs and their commits. */
export function traceSpec(spec: Spec, works: readonly Work[]): TracedRequirement[] {
  const carrying = carriersOf(spec, works);
  return (spec.requirements?.tables.requirements ?? []).map((item): TracedRequirement => ({
    id: item.id, status: item.status?.word, text: item.cells['requirement']!.text,
    design: naming(spec.design?.tables.decisions, 'requirements', item.id),
    tasks: naming(spec.tasks?.tables.tasks, 'requirements', item.id),
    proofs: [...proofsSaid(spec, item), ...proofsNamed(spec, item)],
    tickets: carrying(item.id).map(({ work, proofs }) => ({ ticket: work.ticket, state: work.state, proofs, commit: work.commit })),
  }));
}

const naming = (items: readonly Item[] = [], column: string, id: string): string[] =>
  items.filter(({ cells }) => idsIn(cells[column]?.text ?? '', 'REQ').includes(id)).map((item) => item.id);

/** The proofs that the documents of a spec say for a requirement: in its own row, and in the table of proofs. */
export function proofsSaid(spec: Spec, item: Item): string[] {
  const target = targetOf(item);
  const commands = covering(spec, item).map(({ id, cells }) => `${id}: ${cells['command']!.text}`);
  return [...commands, ...(referencesIn(target, ['P']).length > 0 || saysNothing(target) ? [] : [target])];
}

/** Proofs that its row names, and whose command the spec leaves to the ticket. */
function proofsNamed(spec: Spec, item: Item): string[] {
  const said = covering(spec, item).map(({ id }) => id);
  return referencesIn(targetOf(item), ['P']).map(({ id }) => id).filter((id) => !said.includes(id));
}

const targetOf = ({ cells }: Item): string => cells['how it is proved']?.text ?? '';

/** The lines of the table of proofs that are about a requirement and give a command. */
function covering({ tasks }: Spec, item: Item): Item[] {
  const named = referencesIn(targetOf(item), ['P']).map(({ id }) => id);
  return (tasks?.tables.proofs ?? []).filter(({ id, cells }) =>
    (named.includes(id) || idsIn(cells['covers']?.text ?? '', 'REQ').includes(item.id)) && !saysNothing(cells['command']?.text ?? ''));
}

/** The part of a ticket that is about one requirement. `named`: by the ticket's criteria, or by the spec's own table. */
export interface Part {
  work: Work;
  proofs: ProvedBy[];
  named: boolean;
}

/**
 * What tickets have to do with a requirement: their criteria that name it; where they name none of this spec, all of
 * them. Each ticket is read once, however many requirements are asked for.
 */
export function carriersOf(spec: Spec, works: readonly Work[]): (id: string) => Part[] {
  const own = new Set((spec.requirements?.tables.requirements ?? []).map((item) => item.id));
  const rows = (spec.requirements?.tables.trace ?? []).flatMap(({ cells }) => ticketsIn(cells).map((ticket) => ({ ticket, ids: idsIn(cells['requirement']?.text ?? '', 'REQ') })));
  const listed = new Map<string, string[]>();
  for (const { ticket, ids } of rows) append(listed, ticket, ...ids);
  const parts = new Map<string, Part[]>();
  for (const work of works) {
    for (const [id, part] of partsOf(work, spec, own, listed.get(work.ticket) ?? [])) append(parts, id, part);
  }
  return (id) => parts.get(id) ?? [];
}

function append<T>(lists: Map<string, T[]>, key: string, ...items: T[]): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, items);
  else list.push(...items);
}

function partsOf(work: Work, { folder }: Spec, own: ReadonlySet<string>, listed: readonly string[]): Map<string, Part> {
  const parts = new Map(listed.map((id) => [id, { work, proofs: work.proofs, named: true }]));
  if (!work.specs.some((path) => path.startsWith(`${folder}/`))) return parts;
  const criteria = work.criteria.map(({ words, proofs }) => ({ proofs, about: idsIn(words, 'REQ').filter((one) => own.has(one)) }));
  const about = new Set(criteria.flatMap((criterion) => criterion.about));
  for (const id of about.size === 0 ? own : about) {
    const proofs = new Set(criteria.filter((criterion) => criterion.about.includes(id)).flatMap((criterion) => criterion.proofs));
    if (about.size > 0) parts.set(id, { work, proofs: work.proofs.filter((proof) => proofs.has(proof.id)), named: true });
    else if (!parts.has(id)) parts.set(id, { work, proofs: work.proofs, named: false });
  }
  return parts;
}

const ticketsIn = (cells: Item['cells']): string[] => (cells['ticket']?.text ?? '').split(/[\s,;]+/).filter((word) => word !== '');

/** The tickets that the tables of a spec name. */
export const ticketsNamed = ({ requirements }: Spec): string[] => (requirements?.tables.trace ?? []).flatMap(({ cells }) => ticketsIn(cells));
