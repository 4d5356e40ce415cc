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
    proofs: proofsSaid(spec, item),
    tickets: works.flatMap((work) => traced(spec, item.id, work)),
  }));
}

const naming = (items: readonly Item[] = [], column: string, id: string): string[] =>
  items.filter(({ cells }) => idsIn(cells[column]?.text ?? '', 'REQ').includes(id)).map((item) => item.id);

/** The proofs that the documents of a spec say for a requirement: in its own row, and in the table of proofs. */
export function proofsSaid({ tasks }: Spec, { id, cells }: Item): string[] {
  const proofs = tasks?.tables.proofs ?? [];
  const target = cells['how it is proved']?.text ?? '';
  const named = referencesIn(target, ['P']).map((reference) => reference.id);
  const covering = proofs.filter((proof) => named.includes(proof.id) || idsIn(proof.cells['covers']?.text ?? '', 'REQ').includes(id));
  const commands = covering.filter((proof) => !saysNothing(proof.cells['command']?.text ?? '')).map((proof) => `${proof.id}: ${proof.cells['command']!.text}`);
  return [...commands, ...(named.length > 0 || saysNothing(target) ? [] : [target])];
}

/** What a ticket has to do with a requirement: its criteria that name it; where they name none of this spec, all of it. */
function traced(spec: Spec, id: string, work: Work): TracedTicket[] {
  const proofs = proofsAbout(spec, id, work);
  return proofs === undefined ? [] : [{ ticket: work.ticket, state: work.state, proofs, commit: work.commit }];
}

export function proofsAbout(spec: Spec, id: string, work: Work): ProvedBy[] | undefined {
  const carried = work.specs.some((path) => path.startsWith(`${spec.folder}/`));
  const rows = (spec.requirements?.tables.trace ?? []).filter(({ cells }) => (cells['ticket']?.text ?? '').split(/[\s,;]+/).includes(work.ticket));
  const listed = rows.some(({ cells }) => idsIn(cells['requirement']?.text ?? '', 'REQ').includes(id));
  if (!carried) return listed ? work.proofs : undefined;
  const own = new Set((spec.requirements?.tables.requirements ?? []).map((item) => item.id));
  const criteria = work.criteria.map((criterion) => ({ ...criterion, about: idsIn(criterion.words, 'REQ').filter((one) => own.has(one)) }));
  const naming = criteria.filter(({ about }) => about.includes(id));
  if (naming.length === 0) return listed || criteria.every(({ about }) => about.length === 0) ? work.proofs : undefined;
  const proofs = new Set(naming.flatMap((criterion) => criterion.proofs));
  return work.proofs.filter((proof) => proofs.has(proof.id));
}

/** The tickets that the tables of a spec name. */
export const ticketsNamed = ({ requirements }: Spec): string[] =>
  (requirements?.tables.trace ?? []).flatMap(({ cells }) => (cells['ticket']?.text ?? '').split(/[\s,;]+/)).filter((word) => word !== '');
