import { sameName, showActor, type Actor, type Role } from '../domain/actors.js';
import { matchesDigest, shortDigest, type ChangeSet } from '../domain/changeSet.js';
import type { Draft } from '../domain/facts.js';
import { independenceRefusals } from '../domain/gates.js';
import { memoryPlaces } from '../domain/memoryPlaces.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { shellWord, showPath, type RepoPath } from '../domain/paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../domain/problem.js';
import { isBound, type RecordKind } from '../domain/recordKinds.js';
import type { Documents } from '../domain/records.js';
import { WITH_TEST } from '../domain/review/withTest.js';
import { hasReached, type State } from '../domain/road.js';
import { displacedBy, fold, type Run } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import { mayChangeNothing } from '../domain/withoutProduct.js';
import type { World } from '../world/index.js';
import { actorOr, namedActor } from './actor.js';
import { endingOf, waiverRemarks } from './advance.js';
import { publish } from './road/publish.js';
import { measurable, sight } from './road/sighting.js';
import { standingOf } from './road/standing.js';
import { ticketToMove } from './ticketToMove.js';

export interface RecordRequest {
  kind: RecordKind;
  ticket?: string;
  as?: string;
  /** A file to read the document from, or `-` for standard input; without it the fields make the document. */
  file?: string;
  fields: DocumentFields;
}

/** The short case: a document written as flags. */
export interface DocumentFields {
  verdict?: string;
  changeSet?: string;
  summary?: string;
  findings?: readonly string[];
  clears?: readonly string[];
  inspected?: readonly string[];
  memory?: readonly string[];
  specDrift?: string;
}

export interface RecordData {
  ticket?: TicketId;
  record: RecordKind;
  by?: string;
  seen?: string;
  state?: State;
  changeSet?: string;
  verdict?: string;
  openFindings?: string[];
  /** Where the document waits, when the evidence store cannot be written from here. */
  draft?: string;
}

/** Who attests which document; the first is meant when nobody is named. */
const ROLES_OF: Record<RecordKind, readonly [Role, ...Role[]]> = {
  plan: ['planner', 'writer', 'orchestrator', 'human'],
  changes: ['writer'],
  'self-review': ['writer'],
  expert: ['reviewer', 'human'],
  review: ['reviewer', 'human'],
  curation: ['curator', 'writer', 'orchestrator', 'human'],
  handoff: ['writer', 'planner', 'reviewer', 'curator', 'deliverer', 'orchestrator', 'human'],
  blocker: ['writer', 'planner', 'reviewer', 'curator', 'deliverer', 'orchestrator', 'human'],
  'blocker-decision': ['orchestrator', 'human'],
};

/** A judgement by somebody who wrote none of it. */
const isJudgement = (kind: RecordKind): boolean => kind === 'review' || kind === 'expert';

/** Takes an attested document into the ledger: checked, bound to the change as it is now, and refused when it is about another. */
export async function record(world: World, request: RecordRequest): Promise<Outcome<RecordData>> {
  const { kind } = request;
  const which = await ticketToMove(world, request.ticket, `cxw record ${kind}`);
  if (!which.ok) return no('refused', 'record', { record: kind }, which.refusals);
  const ticket = which.value;
  const speaker = await speakerOf(world, request, ticket);
  if (!speaker.ok) return no('refused', 'record', { ticket, record: kind }, speaker.refusals);
  const text = request.file === undefined ? await textFromFlags(world, ticket, request) : await world.input(request.file);
  const reading = await world.documents.record(kind, text, request.file ?? 'the flags');
  if (!reading.ok) return no('invalid', 'record', { ticket, record: kind, by: showActor(speaker.value) }, reading.problems);

  const attestation: Attestation = { kind, ticket, actor: speaker.value, document: reading.value, text };
  return await world.stateWritable() ? takeIn(world, attestation) : leaveDraft(world, attestation);
}

interface Attestation {
  kind: RecordKind;
  ticket: TicketId;
  actor: Actor;
  document: Documents[RecordKind];
  text: Uint8Array;
}

async function speakerOf(world: World, { kind, as }: RecordRequest, ticket: TicketId): Promise<Verdict<Actor>> {
  const named = namedActor(world, as);
  if (!named.ok) return named;
  const allowed = ROLES_OF[kind];
  if (named.value === undefined && isJudgement(kind)) return refused([refuse('actor-unnamed', { record: kind, role: allowed[0], ticket })]);
  const actor = await actorOr(world, named.value, allowed[0]);
  return allowed.includes(actor.role)
    ? granted(actor)
    : refused([refuse('wrong-role', { record: kind, actor: showActor(actor), allowed: [...allowed], ticket })]);
}

async function takeIn(world: World, attestation: Attestation): Promise<Outcome<RecordData>> {
  const { kind, ticket, actor, text } = attestation;
  const origin = await world.session.origin();
  const measured = await changeNow(world, ticket, kind, actor);
  if (!measured.ok) return no('refused', 'record', { ticket, record: kind, by: showActor(actor) }, measured.refusals);
  const change = measured.value;
  const verdict = await publish(world, ticket, (run) => {
    const refusals = attestationRefusals(run, attestation, change, origin);
    if (refusals.length > 0) return refused(refusals);
    const bound = change === undefined ? undefined : { digest: change.digest, base: change.base };
    const document = 'change_set' in attestation.document && change !== undefined ? { ...attestation.document, change_set: change.digest } : attestation.document;
    // Kind and document belong together: the document was read by the schema of this kind.
    return granted([{ kind: 'recorded', record: kind, document, by: actor, origin, changeSet: bound, digest: world.digest(text) } as Draft]);
  });
  const data: RecordData = { ticket, record: kind, by: showActor(actor), seen: origin.seen, changeSet: change?.digest, verdict: verdictOf(attestation.document) };
  if (!verdict.ok) return no(endingOf(verdict.refusals), 'record', data, verdict.refusals);
  const run = verdict.value;
  return done('record', { ...data, state: run.state, openFindings: run.openFindings.map((finding) => finding.id) }, nextCommands(run, change?.digest), waiverRemarks({ run }));
}

/** The change that the document is about: the one that is there now. */
async function changeNow(world: World, ticket: TicketId, kind: RecordKind, actor: Actor): Promise<Verdict<ChangeSet | undefined>> {
  const standing = await standingOf(world, ticket, actor, { adopt: false, dryRun: true });
  if (!isBound(kind) || !hasReached(standing.run.state, 'writer_assigned') || standing.run.delivery !== undefined) return granted(undefined);
  return measurable(standing, async () => granted((await sight(standing)).change));
}

function attestationRefusals(run: Run, { kind, ticket, actor, document }: Attestation, change: ChangeSet | undefined, origin: Parameters<typeof independenceRefusals>[2]): Refusal[] {
  if (run.end !== undefined) return [refuse('ticket-ended', { ticket, how: run.end.how })];
  if (run.delivery !== undefined) return [refuse('too-late', { ticket, record: kind, state: run.state! })];
  const earliest: State = isBound(kind) ? 'writer_assigned' : 'source_lock_validated';
  if (!hasReached(run.state, earliest)) return [refuse('too-early', { ticket, record: kind, state: run.state ?? 'not begun' })];
  const byOther = (kind === 'changes' || kind === 'self-review') && run.writer !== undefined && !sameName(run.writer, actor)
    ? [refuse('not-the-writer', { actor: showActor(actor), writer: showActor(run.writer), ticket })]
    : [];
  if (kind === 'blocker-decision' && run.blocked === undefined) return [refuse('not-blocked', { ticket })];
  const dependent = isJudgement(kind) ? independenceRefusals(run, actor, origin) : [];
  const misplaced = kind === 'curation' ? memoryPlaces(run, document as Documents['curation']) : [];
  return [...byOther, ...dependent, ...misplaced, ...(change === undefined ? [] : bindingRefusals(run, kind, document, change))];
}

/** A verdict counts for exactly the change that was read, and only its reader can say which that was. */
function bindingRefusals(run: Run, kind: RecordKind, document: Documents[RecordKind], change: ChangeSet): Refusal[] {
  const role = 'profile' in document ? document.profile : ROLES_OF[kind][0];
  if (change.entries.length === 0 && !mayChangeNothing(run.lock?.ticket.content)) {
    const content = run.lock?.ticket.content;
    return [refuse('no-change', { ticket: run.ticket, files: content?.class === 'quick' ? content.scope.files : [] })];
  }
  const named = 'change_set' in document ? document.change_set : undefined;
  if (named === undefined || matchesDigest(named, change.digest)) return kind === 'review' ? numberRefusals(run, document as Documents['review'], change) : [];
  return named === ''
    ? [refuse('change-set-unnamed', { record: kind, digest: change.digest, ticket: run.ticket, role })]
    : [refuse('change-set-differs', { record: kind, named: shortDigest(named), digest: change.digest, ticket: run.ticket, role })];
}

/** A finding ends only when a review clears it, never by a number that is given to another. */
function numberRefusals(run: Run, review: Documents['review'], { digest }: ChangeSet): Refusal[] {
  const findings = displacedBy(run, review).map(({ id, actual }) => ({ id, actual }));
  return findings.length === 0 ? [] : [refuse('finding-number-taken', { ticket: run.ticket, findings, free: `F${firstFree(run, review)}`, digest })];
}

/** The first number above all that findings ever had. */
const firstFree = ({ reviews }: Run, ...documents: Documents['review'][]): number =>
  Math.max(0, ...[...reviews.map((review) => review.document), ...documents].flatMap(({ findings }) => findings.map(({ id }) => Number(id.slice(1))))) + 1;

/** In an agent's sandbox the evidence store is out of reach: the document waits where a person can take it in. */
async function leaveDraft(world: World, { kind, ticket, actor, text }: Attestation): Promise<Outcome<RecordData>> {
  const moment = world.clock.now().toISOString().replace(/[-:]|\.\d+/g, '');
  const path = `tickets/records/${ticket}/drafts/${kind}-${moment}.yaml` as RepoPath;
  await world.files.write(path, text);
  const command = `cxw record ${kind} ${ticket} --as ${shellWord(showActor(actor))} --file ${shellWord(path)}`;
  const { state } = fold(ticket, (await world.ledger.read(ticket)).facts);
  return no('waiting', 'record', { ticket, record: kind, by: showActor(actor), state, draft: showPath(path) }, [refuse('draft-left', { ticket, path, command })]);
}

const verdictOf = (document: Documents[RecordKind]): string | undefined => ('verdict' in document ? document.verdict : undefined);

async function textFromFlags(world: World, ticket: TicketId, { kind, fields }: RecordRequest): Promise<Uint8Array> {
  const run = fold(ticket, (await world.ledger.read(ticket)).facts);
  return Buffer.from(JSON.stringify(documentFrom(kind, fields, firstFree(run)), undefined, 2));
}

/**
 * The document that the flags make: all of them, so that its schema refuses what this kind does not hold. Findings
 * without a number get the next free ones.
 */
function documentFrom(kind: RecordKind, fields: DocumentFields, firstFinding: number): object {
  const document = {
    change_set: fields.changeSet, verdict: fields.verdict, summary: fields.summary,
    findings: fields.findings?.map((written, at) => findingFrom(written, firstFinding + at)), clears: fields.clears, inspected: fields.inspected,
    memory: memoryFrom(fields.memory), spec_drift: fields.specDrift,
  };
  return isVerdict(kind) ? { ...document, change_set: fields.changeSet ?? '' } : document;
}

/** Of these the change that was read must be named: an empty name says so better than none. */
const isVerdict = (kind: RecordKind): boolean => kind === 'review' || kind === 'self-review';

const memoryFrom = (memory: readonly string[] | undefined): string | readonly string[] | undefined =>
  (memory?.length === 1 && memory[0] === 'none' ? 'none' : memory);

/** `[F2 ][blocking|major|minor|note ][PATH: ]what is wrong[ (repair it with a test)]`; what is left out is filled in. */
function findingFrom(written: string, number: number): object {
  const parts = /^(?:(F\d{1,4})\s+)?(?:(blocking|major|minor|note)\s+)?(?:([^\s:]+):\s+)?([\s\S]*)$/.exec(written.trim());
  return { id: parts?.[1] ?? `F${number}`, severity: parts?.[2] ?? 'blocking', path: parts?.[3], actual: parts?.[4] ?? written, with_test: written.trimEnd().endsWith(WITH_TEST) || undefined };
}
