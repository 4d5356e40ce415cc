import { isByPerson, type Actor, type Origin } from './actors.js';
import type { ChangeSet, Digest, ObjectId } from './changeSet.js';
import type { AlteredCounts, Evidence, Fact, FactOf, Fingerprints, Recorded } from './facts.js';
import type { RepoPath } from './paths.js';
import type { RecordKind } from './recordKinds.js';
import type { Documents, Finding } from './records.js';
import { withoutDemand } from './review/withTest.js';
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
  /** Number of the fact that locked them. */
  lockedAt?: number;
  /** Number of the last fact that locked other words than the one before it; 0 where there is none. */
  rewordedAt: number;
  discovery?: Evidence<'repository_discovered'>;
  /** What HEAD named when the repository was first discovered: whatever was done for the ticket came after it. */
  firstBase?: ObjectId;
  /** What executes or redirects, as a person agreed to it since that discovery. */
  agreed?: Fingerprints;
  /** What of it had been altered when somebody agreed to it, each time. */
  alteredAgreed: { by: Actor; altered: AlteredCounts }[];
  writer?: Actor;
  /** Everyone who had a hand in the work: assigned writers, whoever attested as one, and agents that called it finished. */
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
  /** Every answer of an expert, oldest first. */
  experts: ExpertAnswer[];
  /** What reviews found and experts call blocking, and no later review has listed as cleared. */
  openFindings: OpenFinding[];
  /** Findings that a later review listed as cleared. */
  clearedFindings: string[];
  /** Findings whose repair must touch a test, and the change that they were found in, where it is known. */
  testRepairs: (NamedFinding & { found?: ChangeSet })[];
  /** Repair rounds used, and granted beyond the policy's by a person. */
  rounds: number;
  grantedRounds: number;
  waivers: FactOf<'waived'>[];
  /** Work beside the ticket that a person declared as their own: how many paths each time, and their salted digest. */
  declaredMine: Pick<FactOf<'declared-mine'>, 'paths' | 'digest'>[];
  /** Memory files that somebody had edited when the ticket began, and has committed since. */
  settledMemory: RepoPath[];
  blocked?: FactOf<'blocked'>;
  /** What a decision about the blocker asks a person: until the ticket is released, or somebody who is no agent decides otherwise. */
  question?: string;
  curation?: Evidence<'context_curated'>;
  delivery?: Delivery;
  /** A commit that was given up while a push of it had no answer: the remote may take it still. */
  unanswered?: NonNullable<FactOf<'delivery-aborted'>['unanswered']>;
  end?: { how: 'done' | 'abandoned' | 'no-change'; at: string; reason?: string };
  /** When the first and the last fact were recorded. */
  began?: string;
  last?: string;
}

/** By these it is told whether two reviews speak of the same. */
type NamedFinding = Pick<Finding, 'id' | 'path' | 'actual'>;

/** Of a review, by the number that it gave; of an expert, as E1, by the number of blocking ones before it. */
export type OpenFinding = Omit<Finding, 'with_test'> & {
  /** A later review used its number for something else without clearing it, which `record` refuses. Ledgers of before may hold it. */
  displaced?: true;
};

export type ExpertAnswer = Extract<Recorded, { record: 'expert' }>;

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
  /** When the remote said so. */
  confirmedAt?: string;
}

/** The run before anything happened. */
export const freshRun = (ticket: TicketId): Run => ({
  ticket, length: 0, writers: [], proofRuns: [], workSince: 0, records: {}, reviews: [], experts: [], openFindings: [], clearedFindings: [], testRepairs: [],
  rounds: 0, grantedRounds: 0, waivers: [], declaredMine: [], settledMemory: [], alteredAgreed: [], rewordedAt: 0,
});

/** Reads the run out of the facts. */
export function fold(ticket: TicketId, facts: readonly Fact[]): Run {
  const run = freshRun(ticket);
  for (const fact of facts) take(run, fact);
  return run;
}

/** Lets the run go on by one fact, in place: to copy what is already there would make many facts slow. */
export function take(run: Run, fact: Fact): void {
  run.length = fact.seq;
  run.began ??= fact.at;
  run.last = fact.at;
  switch (fact.kind) {
    case 'entered':
      return enter(run, fact);
    case 'recorded':
      return record(run, fact);
    case 'proof-ran':
      run.proofRuns.push(fact);
      return;
    case 'reworked':
      // A ledger from before a blocked ticket was kept from going back may hold one that did.
      drop(run, 'delivery', 'blocked', 'question');
      run.state = 'writer_assigned';
      run.workSince = fact.seq;
      run.rounds += fact.repair ? 1 : 0;
      return;
    case 'refreshed':
      drop(run, 'state', 'delivery');
      if (fact.agreed !== undefined) run.agreed = fact.agreed;
      run.settledMemory.push(...fact.settled ?? []);
      if (fact.altered !== undefined) run.alteredAgreed.push({ by: fact.by, altered: fact.altered });
      run.workSince = fact.seq;
      return;
    case 'blocked':
      // What a person holds stays theirs to release, whatever an agent says on top of it.
      if (run.blocked === undefined || !isByPerson(run.blocked) || isByPerson(fact)) run.blocked = fact;
      return;
    case 'unblocked':
      drop(run, 'blocked', 'question');
      run.grantedRounds += fact.rounds;
      return;
    case 'abandoned':
      run.end = { how: fact.noChange ? 'no-change' : 'abandoned', at: fact.at, reason: fact.reason };
      return;
    case 'waived':
      run.waivers.push(fact);
      return;
    case 'commit-prepared':
      return goOnDelivering(run, { prepared: fact.commit });
    case 'delivery-aborted':
      if (fact.unanswered !== undefined) run.unanswered = fact.unanswered;
      drop(run, 'delivery');
      run.state = 'context_curated';
      return;
    case 'declared-mine':
      run.declaredMine.push({ paths: fact.paths, digest: fact.digest });
      return;
    case 'escalated':
      return;
  }
}

function enter(run: Run, fact: FactOf<'entered'>): void {
  run.state = fact.state;
  switch (fact.state) {
    case 'source_lock_validated':
      run.lock = fact.evidence;
      run.lockedAt = fact.seq;
      if (fact.evidence.changed?.length) run.rewordedAt = fact.seq;
      return;
    case 'repository_discovered':
      run.discovery = fact.evidence;
      if (fact.evidence.baseline.renewed) run.settledMemory = [];
      run.firstBase ??= fact.evidence.head;
      drop(run, 'agreed');
      return;
    case 'writer_assigned':
      run.writer = fact.evidence.writer;
      run.writers = withHand(run.writers, { actor: fact.evidence.writer, origin: fact.origin });
      run.workSince = fact.seq;
      return;
    case 'implementation_complete':
      run.change = fact.evidence;
      // An agent that says of a change that it is finished speaks as its writer, whoever began the ticket.
      if (fact.origin.seen === 'agent') run.writers = withHand(run.writers, { actor: fact.by, origin: fact.origin });
      return;
    case 'focused_tests_passed':
      run.proofs = fact.evidence;
      return;
    case 'context_curated':
      run.curation = fact.evidence;
      return;
    case 'git_delivery_started':
      run.delivery = { intent: fact.evidence, intentAt: fact.seq };
      return;
    case 'explicit_paths_staged':
      return goOnDelivering(run, { tree: fact.evidence.tree });
    case 'committed':
      return goOnDelivering(run, { committed: fact.evidence.commit });
    case 'pushed':
      drop(run, 'unanswered');
      return goOnDelivering(run, { pushed: fact.evidence });
    case 'head_equals_origin_main_proved':
      return goOnDelivering(run, { confirmed: fact.evidence, confirmedAt: fact.at });
    case 'done':
      run.end = { how: 'done', at: fact.at, reason: fact.evidence.reason };
      return;
    default:
  }
}

function record(run: Run, fact: Recorded): void {
  (run.records as Partial<Record<RecordKind, Recorded>>)[fact.record] = fact;
  if (fact.record === 'changes' || fact.record === 'self-review') run.writers = withHand(run.writers, { actor: fact.by, origin: fact.origin });
  if (fact.record === 'expert') {
    run.openFindings.push(...blockingOf(run, fact));
    run.experts.push(fact);
  }
  if (fact.record === 'blocker-decision') decide(run, fact);
  if (fact.record !== 'review') return;
  const { findings, clears } = fact.document;
  const displaced = new Set(displacedBy(run, fact.document));
  const stillOpen = run.openFindings.filter((open) => displaced.has(open) || !(clears.includes(open.id) || findings.some((found) => found.id === open.id)));
  run.reviews.push(fact);
  run.openFindings = [...stillOpen.map((open) => (displaced.has(open) ? { ...open, displaced: true as const } : open)), ...findings.filter((finding) => finding.severity !== 'note')];
  run.clearedFindings.push(...clears);
  const found = run.change?.changeSet.digest === fact.changeSet?.digest ? run.change?.changeSet : undefined;
  const demanding = findings.filter((finding) => finding.with_test === true);
  const others = run.testRepairs.filter((demand) => !findings.some((finding) => isSameFinding(demand, finding)));
  run.testRepairs = [...others, ...demanding.map(({ id, path, actual }) => ({ id, path, actual, found }))];
}

/** What was left to a person, no agent takes back: neither by a second decision, nor by a second blocker. */
function decide(run: Run, { document, origin }: Extract<Recorded, { record: 'blocker-decision' }>): void {
  if (document.authorization === 'user_required') run.question = document.question ?? '';
  else if (isByPerson({ origin })) drop(run, 'question');
}

/** Open findings whose numbers a review gives to something else. It neither clears them nor says the same again, so they stay open. */
export const displacedBy = (run: Run, { findings, clears }: Pick<Documents['review'], 'findings' | 'clears'>): OpenFinding[] =>
  run.openFindings.filter((open) => !clears.includes(open.id)
    && findings.some(({ id }) => id === open.id)
    && !findings.some((finding) => finding.severity !== 'note' && isSameFinding(open, finding)));

/** Number, place and words are the same; the demand for a test may have been dropped. */
const isSameFinding = (one: NamedFinding, other: NamedFinding): boolean =>
  one.id === other.id && one.path === other.path && withoutDemand(one.actual) === withoutDemand(other.actual);

/** What an expert calls blocking, the writer answers as what a review found. The same words again are the same finding. */
function blockingOf(run: Run, { document }: ExpertAnswer): OpenFinding[] {
  const before = run.experts.reduce((count, one) => count + one.document.findings.filter(isBlocking).length, 0);
  return document.findings.filter(isBlocking).map((finding, at) => ({ id: `E${before + at + 1}`, ...finding }))
    .filter(({ path, actual }) => !run.openFindings.some((open) => open.path === path && open.actual === actual));
}

const isBlocking = ({ severity }: { severity: Finding['severity'] }): boolean => severity === 'blocking';

function goOnDelivering(run: Run, news: Partial<Delivery>): void {
  if (run.delivery !== undefined) run.delivery = { ...run.delivery, ...news };
}

function withHand(hands: Hand[], hand: Hand): Hand[] {
  return hands.some((other) => areAlike(other, hand)) ? hands : [...hands, hand];
}

const areAlike = (a: Hand, b: Hand): boolean =>
  a.actor.role === b.actor.role && a.actor.name === b.actor.name && ORIGIN.every((member) => a.origin[member] === b.origin[member]);

const ORIGIN = ['seen', 'agent', 'session', 'ancestor'] as const satisfies readonly (keyof Origin)[];

function drop(run: Run, ...keys: ('state' | 'delivery' | 'blocked' | 'question' | 'agreed' | 'unanswered')[]): void {
  for (const key of keys) delete run[key];
}

/** Whether the run was ended: nothing moves it any more. */
export const hasEnded = (run: Run): boolean => run.end !== undefined;

/** The latest review of exactly this change. */
export function reviewOf(run: Run, changeSet: Digest): Run['reviews'][number] | undefined {
  return run.reviews.findLast((review) => review.changeSet?.digest === changeSet);
}

/** Whether ticket, specs or policy have other words since: whoever spoke then had not read them. */
export const isOutdated = ({ rewordedAt }: Run, { seq }: { seq: number }): boolean => seq < rewordedAt;

/** The latest document of a kind that was attested for exactly this change. */
export function recordFor<K extends RecordKind>(run: Run, kind: K, changeSet: Digest): Run['records'][K] | undefined {
  const latest = run.records[kind];
  return latest !== undefined && latest.changeSet?.digest === changeSet ? latest : undefined;
}

/** What a person waived, by name: a state, or `proof:P1`. */
export const isWaived = (run: Run, what: string): FactOf<'waived'> | undefined => run.waivers.findLast((waiver) => waiver.what === what);
