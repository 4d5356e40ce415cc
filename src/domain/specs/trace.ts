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
  return (spec.requirements?.tables.requirements ?? []).map((item): TracedRequirement => ({
    id: item.id, status: item.status?.word, text: item.cells['requirement']!.text,
    design: naming(spec.design?.tables.decisions, 'requirements', item.id),
    tasks: naming(spec.tasks?.tables.tasks, 'requirements', item.id),
    proofs: [...proofsSaid(spec, item), ...proofsNamed(spec, item)],
    tickets: works.flatMap((work) => traced(spec, item.id, work)),
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

function traced(spec: Spec, id: string, work: Work): TracedTicket[] {
  const part = partOf(spec, id, work);
  return part === undefined ? [] : [{ ticket: work.ticket, state: work.state, proofs: part.proofs, commit: work.commit }];
}

/** The part of a ticket that is about one requirement. `named`: by the ticket's criteria, or by the spec's own table. */
export interface Part {
  proofs: ProvedBy[];
  named: boolean;
}

/** What a ticket has to do with a requirement: its criteria that name it; where they name none of this spec, all of it. */
export function partOf(spec: Spec, id: string, work: Work): Part | undefined {
  const rows = (spec.requirements?.tables.trace ?? []).filter(({ cells }) => ticketsIn(cells).includes(work.ticket));
  const whole: Part = { proofs: work.proofs, named: rows.some(({ cells }) => idsIn(cells['requirement']?.text ?? '', 'REQ').includes(id)) };
  if (!work.specs.some((path) => path.startsWith(`${spec.folder}/`))) return whole.named ? whole : undefined;
  const own = new Set((spec.requirements?.tables.requirements ?? []).map((item) => item.id));
  const criteria = work.criteria.map(({ words, proofs }) => ({ proofs, about: idsIn(words, 'REQ').filter((one) => own.has(one)) }));
  const naming = criteria.filter(({ about }) => about.includes(id));
  if (naming.length === 0) return whole.named || criteria.every(({ about }) => about.length === 0) ? whole : undefined;
  const proofs = new Set(naming.flatMap((criterion) => criterion.proofs));
  return { proofs: work.proofs.filter((proof) => proofs.has(proof.id)), named: true };
}

const ticketsIn = (cells: Item['cells']): string[] => (cells['ticket']?.text ?? '').split(/[\s,;]+/).filter((word) => word !== '');

/** The tickets that the tables of a spec name. */
export const ticketsNamed = ({ requirements }: Spec): string[] => (requirements?.tables.trace ?? []).flatMap(({ cells }) => ticketsIn(cells));
