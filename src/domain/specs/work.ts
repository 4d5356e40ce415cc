import type { ObjectId } from '../changeSet.js';
import { shellWord, type RepoPath } from '../paths.js';
import type { Run } from '../run.js';
import type { Criterion, Proof, Ticket, TicketId } from '../ticket.js';

/** A ticket as far as specs are concerned: what it was to do, by what that is proved, and how far it got. */
export interface Work {
  ticket: TicketId;
  /** The files of specs that it carries out. */
  specs: RepoPath[];
  criteria: { words: string; proofs: string[] }[];
  proofs: ProvedBy[];
  /** `not begun`, a state, or how it ended: `delivered` where the remote has it, `committed` where that is not known. */
  state: string;
  commit?: ObjectId;
  /** It says why it needs no spec. */
  excused: boolean;
  /** The paths of its change, as far as it got. */
  changed: RepoPath[];
  /** When the last of it was recorded. */
  at: string;
}

export interface ProvedBy {
  id: string;
  command: string;
  /** How it went on the change that was delivered, or is under way. */
  how?: string;
}

/** What a ticket says, and what its facts add to that. */
export function workOf(ticket: Ticket, run: Run | undefined, state: string, commit: ObjectId | undefined): Work {
  const how = new Map((run?.proofs?.proofs ?? []).map((proof) => [proof.proof, proof.how]));
  return {
    ticket: ticket.id, specs: specFilesOf(ticket), state, commit,
    excused: ticket.class !== 'quick' && ticket.specs.mode === 'no_spec',
    changed: (run?.change?.changeSet.entries ?? []).map(({ path }) => path), at: run?.last ?? '',
    criteria: ticket.acceptance.map((criterion) => ({ words: wordsOf(criterion), proofs: criterion.proofs })),
    proofs: ticket.proof.map((proof) => ({ id: proof.id, command: saidAs(proof), how: how.get(proof.id) })),
  };
}

/** What was done is in HEAD, whether or not a remote is known to have it. */
export const isIn = ({ state }: Work): boolean => state === 'delivered' || state === 'committed';

/** The specs that a ticket carries out. */
export function specFilesOf(ticket: Ticket): RepoPath[] {
  if (ticket.class === 'quick' || ticket.specs.mode === 'no_spec') return [];
  const { requirements, design, tasks, delta } = ticket.specs;
  return [requirements, design, tasks, ...(delta === undefined ? [] : [delta])];
}

const wordsOf = ({ text, given, when, then }: Criterion): string => [text, given, when, then].filter((part) => part !== undefined).join(' ');

const saidAs = ({ run, shell, inspect }: Proof): string => shell ?? (Array.isArray(run) ? run.map(shellWord).join(' ') : run) ?? `inspect: ${inspect ?? ''}`;
