import type { Actor, Origin } from './actors.js';
import type { Digest, ObjectId } from './changeSet.js';
import type { Evidence, Fact, FactOf, Recorded } from './facts.js';
import type { RecordKind } from './recordKinds.js';
import type { Finding } from './records.js';
import type { State } from './road.js';
import type { TicketId } from './ticket.js';

/** What the facts of a ticket add up to. It is stored nowhere: `fold` reads it out of the ledger each time. */
export interface Run {
  ticket: TicketId;
  /** Where the ticket stands; absent before it has begun, and after a refresh until it is locked again. */
  state?: State;
  /** How many facts there are. */
  length: number;
  lock?: Evidence<'source_lock_validated'>;
  discovery?: Evidence<'repository_discovered'>;
  writer?: Actor;
  /** Everyone who had a hand in the work: assigned writers, and whoever attested as one. */
  writers: Hand[];
  change?: Evidence<'implementation_complete'>;
  proofRuns: FactOf<'proof-ran'>[];
  /** Number of the last fact that sent the writer back to work: failures before it are not counted any more. */
  workSince: number;
  proofs?: Evidence<'focused_tests_passed'>;
  /** The latest document of each kind. */
  records: Partial<{ [K in RecordKind]: Extract<Recorded, { record: K }> }>;
  /** Every review, oldest first. */
  reviews: Extract<Recorded, { record: 'review' }>[];
  openFindings: Finding[];
  /** Findings that a later review listed as cleared. */
  clearedFindings: string[];
  /** Repair rounds used, and granted beyond the policy's by a person. */
  rounds: number;
  grantedRounds: number;
  waivers: FactOf<'waived'>[];
  blocked?: FactOf<'blocked'>;
  curation?: Evidence<'context_curated'>;
  delivery?: Delivery;
  end?: { how: 'done' | 'abandoned' | 'no-change'; at: string; reason?: string };
  /** When the first and the last fact were recorded. */
  began?: string;
  last?: string;
}

export interface Hand {
  actor: Actor;
  origin: Origin;
}

/** A delivery that was begun: what was intended, and how far it got. */
export interface Delivery {
  intent: Evidence<'git_delivery_started'>;
  /** Number of the intent's fact: everything before it is sealed. */
  intentAt: number;
  tree?: ObjectId;
  /** The commit object, whether or not the branch names it yet. */
  prepared?: ObjectId;
  committed?: ObjectId;
  pushed?: Evidence<'pushed'>;
  confirmed?: Evidence<'head_equals_origin_main_proved'>;
}

/** The run before anything happened. */
export const freshRun = (ticket: TicketId): Run => ({
  ticket, length: 0, writers: [], proofRuns: [], workSince: 0, records: {}, reviews: [], openFindings: [], clearedFindings: [],
  rounds: 0, grantedRounds: 0, waivers: [],
});

/** Reads the run out of the facts. */
export function fold(ticket: TicketId, facts: readonly Fact[]): Run {
  return facts.reduce(evolve, freshRun(ticket));
}

/** The run after one more fact. */
export function evolve(before: Run, fact: Fact): Run {
  const run: Run = { ...before, length: fact.seq, began: before.began ?? fact.at, last: fact.at };
  switch (fact.kind) {
    case 'entered':
      return enter(run, fact);
    case 'recorded':
      return record(run, fact);
    case 'proof-ran':
      return { ...run, proofRuns: [...run.proofRuns, fact] };
    case 'reworked':
      return { ...without(run, 'delivery', 'blocked'), state: 'writer_assigned', workSince: fact.seq, rounds: run.rounds + (fact.repair ? 1 : 0) };
    case 'refreshed':
      return { ...without(run, 'state', 'delivery'), workSince: fact.seq };
    case 'blocked':
      return { ...run, blocked: fact };
    case 'unblocked':
      return { ...without(run, 'blocked'), grantedRounds: run.grantedRounds + fact.rounds };
    case 'abandoned':
      return { ...run, end: { how: fact.noChange ? 'no-change' : 'abandoned', at: fact.at, reason: fact.reason } };
    case 'waived':
      return { ...run, waivers: [...run.waivers, fact] };
    case 'commit-prepared':
      return withDelivery(run, { prepared: fact.commit });
    case 'delivery-aborted':
      return { ...without(run, 'delivery'), state: 'context_curated' };
    case 'escalated':
    case 'declared-mine':
      return run;
  }
}

function enter(before: Run, fact: FactOf<'entered'>): Run {
  const run: Run = { ...before, state: fact.state };
  switch (fact.state) {
    case 'source_lock_validated':
      return { ...run, lock: fact.evidence };
    case 'repository_discovered':
      return { ...run, discovery: fact.evidence };
    case 'writer_assigned':
      return { ...run, writer: fact.evidence.writer, writers: withHand(run.writers, { actor: fact.evidence.writer, origin: fact.origin }), workSince: fact.seq };
    case 'implementation_complete':
      return { ...run, change: fact.evidence };
    case 'focused_tests_passed':
      return { ...run, proofs: fact.evidence };
    case 'context_curated':
      return { ...run, curation: fact.evidence };
    case 'git_delivery_started':
      return { ...run, delivery: { intent: fact.evidence, intentAt: fact.seq } };
    case 'explicit_paths_staged':
      return withDelivery(run, { tree: fact.evidence.tree });
    case 'committed':
      return withDelivery(run, { committed: fact.evidence.commit });
    case 'pushed':
      return withDelivery(run, { pushed: fact.evidence });
    case 'head_equals_origin_main_proved':
      return withDelivery(run, { confirmed: fact.evidence });
    case 'done':
      return { ...run, end: { how: 'done', at: fact.at, reason: fact.evidence.reason } };
    default:
      return run;
  }
}

function record(run: Run, fact: Recorded): Run {
  const recorded: Run = { ...run, records: { ...run.records, [fact.record]: fact } };
  if (fact.record === 'changes' || fact.record === 'self-review') {
    return { ...recorded, writers: withHand(run.writers, { actor: fact.by, origin: fact.origin }) };
  }
  if (fact.record !== 'review') return recorded;
  const { findings, clears } = fact.document;
  const stillOpen = run.openFindings.filter((open) => !clears.includes(open.id) && !findings.some((found) => found.id === open.id));
  return {
    ...recorded,
    reviews: [...run.reviews, fact],
    openFindings: [...stillOpen, ...findings.filter((finding) => finding.severity !== 'note')],
    clearedFindings: [...run.clearedFindings, ...clears],
  };
}

function withDelivery(run: Run, news: Partial<Delivery>): Run {
  return run.delivery === undefined ? run : { ...run, delivery: { ...run.delivery, ...news } };
}

function withHand(hands: Hand[], hand: Hand): Hand[] {
  const known = hands.some((other) => JSON.stringify(other) === JSON.stringify(hand));
  return known ? hands : [...hands, hand];
}

function without<K extends keyof Run>(run: Run, ...keys: K[]): Omit<Run, K> & Partial<Pick<Run, K>> {
  const rest = { ...run };
  for (const key of keys) delete rest[key];
  return rest;
}

/** Whether the run was ended: nothing moves it any more. */
export const hasEnded = (run: Run): boolean => run.end !== undefined;

/** The latest review of exactly this change. */
export function reviewOf(run: Run, changeSet: Digest): Run['reviews'][number] | undefined {
  return run.reviews.findLast((review) => review.changeSet?.digest === changeSet);
}

/** The latest document of a kind that was attested for exactly this change. */
export function recordFor<K extends RecordKind>(run: Run, kind: K, changeSet: Digest): Run['records'][K] | undefined {
  const latest = run.records[kind];
  return latest !== undefined && latest.changeSet?.digest === changeSet ? latest : undefined;
}

/** What a person waived, by name: a state, or `proof:P1`. */
export const isWaived = (run: Run, what: string): FactOf<'waived'> | undefined => run.waivers.findLast((waiver) => waiver.what === what);
