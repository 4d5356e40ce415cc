import type { Digest } from '../../domain/changeSet.js';
import { kinOf, relatives, type Kin } from '../../domain/family/kin.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import { complain, type Problem } from '../../domain/problem.js';
import type { Whereabouts } from '../../domain/documents/whereabouts.js';
import type { Ticket, TicketClass } from '../../domain/ticket.js';
import type { DocumentReader, Reading } from '../documents.js';
import type { Files } from '../files.js';

/** What can be said of a ticket file: its head, when it can be read; and everything that is wrong with it. */
export interface Judgement {
  head?: TicketHead;
  problems: Problem[];
}

/** What others want to know of a ticket that can be read. */
export interface TicketHead {
  digest: Digest;
  title: string;
  class: TicketClass;
  /** The files that it carries out. */
  specs: RepoPath[];
  /** Whom it names in a chain; absent when it names nobody. */
  kin?: Kin;
}

/** By what a ticket is judged: by itself alone, as one that is sealed, which the policy of its day judged; or by today's policy, if there is one. */
export type Rules = 'itself' | { policy?: Policy };

/** Where documents are read, and files that they name looked for. */
export interface Desk {
  documents: Pick<DocumentReader, 'readTicket'>;
  files: Pick<Files, 'kind' | 'obstacle'>;
}

/** Everything wrong with a ticket file. */
export async function judge(desk: Desk, bytes: Uint8Array, path: RepoPath, rules: Rules): Promise<Judgement> {
  const reading = await desk.documents.readTicket(bytes, path);
  if (!reading.ok) return { problems: reading.problems };
  const { value: ticket, where, digest } = reading;
  const head = apart({ digest, title: ticket.title, class: ticket.class, specs: Object.values(specsOf(ticket)), kin: kinIn(ticket) });
  if (rules === 'itself') return { head, problems: reading.warnings };
  return { head, problems: [...await policyProblems(reading, rules.policy), ...await specProblems(desk.files, ticket, where)] };
}

/** Most tickets stand alone. */
function kinIn(ticket: Ticket): Kin | undefined {
  const kin = kinOf(ticket);
  return kin.isParent || relatives(kin).length > 0 ? kin : undefined;
}

/** A copy whose words are no cuttings: each would keep the whole text that it was cut from. */
const apart = (head: TicketHead): TicketHead => JSON.parse(JSON.stringify(head)) as TicketHead;

async function policyProblems({ value, where, warnings }: Readable, policy: Policy | undefined): Promise<Problem[]> {
  return policy === undefined ? warnings : (await import('../../domain/ticketRules.js')).ticketProblems(value, policy, where);
}

type Readable = Extract<Reading<Ticket>, { ok: true }>;

/** The specs that a ticket carries out are there to be locked. */
async function specProblems(files: Pick<Files, 'kind' | 'obstacle'>, ticket: Ticket, where: Whereabouts): Promise<Problem[]> {
  const found = await Promise.all(Object.entries(specsOf(ticket)).map(async ([key, path]) => {
    const before = await files.obstacle(path);
    if (before?.kind === 'link') return [complain('path-through-link', { path, link: before.at }, where.value(['specs', key], 'behind a link'))];
    return await files.kind(path) === 'file' ? [] : [complain('spec-missing', { key, path: showPath(path) }, where.value(['specs', key], 'no such file'))];
  }));
  return found.flat();
}

function specsOf(ticket: Ticket): Record<string, RepoPath> {
  if (ticket.class === 'quick' || ticket.specs.mode === 'no_spec') return {};
  const { requirements, design, tasks, delta } = ticket.specs;
  return { requirements, design, tasks, ...(delta === undefined ? {} : { delta }) };
}
