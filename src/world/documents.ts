import type { Digest } from '../domain/changeSet.js';
import type { FactsOf } from '../domain/codes/index.js';
import type { Policy } from '../domain/policy.js';
import { complain, type Problem } from '../domain/problem.js';
import { judge } from '../domain/documents/judge.js';
import type { Whereabouts } from '../domain/documents/whereabouts.js';
import { showPath, type RepoPath } from '../domain/paths.js';
import type { RecordKind } from '../domain/recordKinds.js';
import type { Documents as Records } from '../domain/records.js';
import type { SteeringPack } from '../domain/steering/pack.js';
import type { ReviewPoints } from '../domain/review/points.js';
import type { ReviewWords } from '../domain/review/words.js';
import type { Ticket, TicketId } from '../domain/ticket.js';
import { TICKET_ID, TICKET_ID_MAX } from '../domain/ticketId.js';
import { sha256 } from './digests.js';
import type { Files } from './files.js';

/** A document as it was read: its value, or everything that is wrong with it; and its exact bytes. */
export type Reading<T> =
  | { ok: true; value: T; path: RepoPath; text: string; digest: Digest; warnings: Problem[]; where: Whereabouts }
  | { ok: false; path: RepoPath; problems: Problem[] };

/** YAML documents of the worktree, read strictly: every problem at once, each with its place. */
export interface DocumentReader {
  ticket(id: TicketId): Promise<Reading<Ticket> | undefined>;
  /** Any ticket file. What the policy does not allow is not looked at: that is for who has both. */
  ticketAt(path: RepoPath): Promise<Reading<Ticket> | undefined>;
  /** A text that tickets are written from: the same, but its name says nothing. */
  ticketTemplate(bytes: Uint8Array, path: RepoPath): Promise<Reading<Ticket>>;
  policy(): Promise<Reading<Policy> | undefined>;
  /** The same from bytes that stand elsewhere, as in a sealed ledger. */
  readTicket(bytes: Uint8Array, path: RepoPath): Promise<Reading<Ticket>>;
  readPolicy(bytes: Uint8Array, path: RepoPath): Promise<Reading<Policy>>;
  /** An attested document from text; `name` is how the person calls it, for messages. YAML, or JSON as its subset. */
  record<K extends RecordKind>(kind: K, text: Uint8Array, name: string): Promise<Reading<Records[K]>>;
  /** A guidance pack: Markdown whose front matter says when it is loaded. */
  readSteering(bytes: Uint8Array, path: RepoPath): Promise<Reading<SteeringPack>>;
  /** The words of a written review. */
  reviewWords(text: Uint8Array, name: string): Promise<Reading<ReviewWords>>;
  /** What a reader of the work remarked on. */
  reviewPoints(text: Uint8Array, name: string): Promise<Reading<ReviewPoints>>;
  /** Any YAML text, with no schema: what its caller makes of it is its caller's. */
  any(bytes: Uint8Array, name: string): Promise<Reading<unknown>>;
  /** Whether there is a ticket file of this id. */
  hasTicket(id: TicketId): Promise<boolean>;
  /** Ids of the ticket files in tickets/, sorted. */
  ticketIds(): Promise<TicketId[]>;
}

const TICKETS = 'tickets' as RepoPath;
/** The same as the domain's own constant, which would load the whole schema. */
const POLICY = '.cxw/policy.yaml' as RepoPath;

/** Opens the documents among these files. Parser and schemas are loaded when a document is read, not before. */
export function openDocuments(files: Pick<Files, 'read' | 'list' | 'kind'>): DocumentReader {
  async function ticketAt(path: RepoPath): Promise<Reading<Ticket> | undefined> {
    if (await files.kind(path) === 'link') return { ok: false, path, problems: [complain('path-through-link', { path, link: path }, { file: showPath(path) })] };
    const bytes = await files.read(path);
    return bytes === undefined ? undefined : readTicketHere(bytes, path);
  }

  /** A file that cannot take the name of its id, because another has it, is told that. */
  async function readTicketHere(bytes: Uint8Array, path: RepoPath): Promise<Reading<Ticket>> {
    const reading = await readTicket(bytes, path);
    const misnamed = reading.ok ? undefined : reading.problems.find(({ code }) => code === 'ticket-id-not-file-name');
    if (reading.ok || misnamed === undefined) return reading;
    const { id, name } = misnamed.facts as FactsOf<'ticket-id-not-file-name'>;
    if (await files.kind(fileOf(id)) === 'absent') return reading;
    const stem = name.slice(0, -'.yaml'.length);
    const twin = complain('ticket-id-twice', { id, name, free: isTicketId(stem) ? stem : undefined }, misnamed.place!);
    return { ...reading, problems: reading.problems.map((problem) => (problem === misnamed ? twin : problem)) };
  }

  return {
    ticket: async (id) => (isTicketId(id) ? ticketAt(fileOf(id)) : undefined),
    ticketAt,
    policy: async () => {
      const bytes = await files.read(POLICY);
      return bytes === undefined ? undefined : readPolicy(bytes, POLICY);
    },
    readTicket: readTicketHere,
    ticketTemplate: readTicketTemplate,
    any: readAny,
    readPolicy,
    readSteering,
    record: async (kind, text, name) => readRecord(kind, text, name),
    reviewWords: async (text, name) => {
      const { reviewWordsSchema } = await import('../domain/review/words.js');
      return readDocument(text, name as RepoPath, { name, format: 'review-words', schema: reviewWordsSchema }, () => []);
    },
    reviewPoints: async (text, name) => {
      const { reviewPointsSchema } = await import('../domain/review/points.js');
      return readDocument(text, name as RepoPath, { name, format: 'review-points', schema: reviewPointsSchema }, () => []);
    },
    hasTicket: async (id) => isTicketId(id) && await files.kind(fileOf(id)) !== 'absent',
    ticketIds: async () => (await files.list(TICKETS))
      .flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []))
      .filter(isTicketId)
      .sort(),
  };
}

const fileOf = (id: TicketId): RepoPath => `${TICKETS}/${id}.yaml` as RepoPath;

const isTicketId = (text: string): boolean => text.length <= TICKET_ID_MAX && TICKET_ID.test(text);

/** Loaded once: thousands of tickets may be read. */
let ticketReader: Promise<[typeof import('../domain/ticketClasses.js'), typeof import('../domain/ticketRules.js')]> | undefined;

const loadTicketReader = (): NonNullable<typeof ticketReader> => (ticketReader ??= Promise.all([import('../domain/ticketClasses.js'), import('../domain/ticketRules.js')]));

const wholeTicketSchema = async (): Promise<Schema<Ticket>> => (await import('../domain/ticket.js')).ticketSchema;

async function readTicket(bytes: Uint8Array, path: RepoPath): Promise<Reading<Ticket>> {
  const [{ schemaOfItsClass }, { nameProblems, ticketProblems }] = await loadTicketReader();
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  return readDocument(bytes, path, { name: showPath(path), format: 'ticket', schema: wholeTicketSchema, partFor: schemaOfItsClass }, (ticket, where) =>
    [...nameProblems(ticket.id, fileName, where), ...ticketProblems(ticket, undefined, where)]);
}

async function readTicketTemplate(bytes: Uint8Array, path: RepoPath): Promise<Reading<Ticket>> {
  const [{ schemaOfItsClass }, { ticketProblems }] = await loadTicketReader();
  return readDocument(bytes, path, { name: showPath(path), format: 'ticket', schema: wholeTicketSchema, partFor: schemaOfItsClass }, (ticket, where) => ticketProblems(ticket, undefined, where));
}

async function readPolicy(bytes: Uint8Array, path: RepoPath): Promise<Reading<Policy>> {
  const [{ policySchema }, { policyProblems }] = await Promise.all([import('../domain/policy.js'), import('../domain/ticketRules.js')]);
  return readDocument(bytes, path, { name: showPath(path), format: 'policy', schema: policySchema }, policyProblems);
}

async function readRecord<K extends RecordKind>(kind: K, bytes: Uint8Array, name: string): Promise<Reading<Records[K]>> {
  const [{ recordSchemas }, { recordProblems }] = await Promise.all([import('../domain/records.js'), import('../domain/recordRules.js')]);
  // The table is keyed by kind, and the compiler does not follow the key through it.
  const schema = recordSchemas[kind] as unknown as Schema<Records[K]>;
  return readDocument(bytes, name as RepoPath, { name, format: `record-${kind}`, schema }, (document, where) => recordProblems(kind, document, where));
}

async function readSteering(bytes: Uint8Array, path: RepoPath): Promise<Reading<SteeringPack>> {
  const [{ splitFrontMatter }, { steeringSchema, steeringProblems }] = await Promise.all([import('../domain/documents/frontMatter.js'), import('../domain/steering/pack.js')]);
  const name = showPath(path);
  const split = splitFrontMatter(Buffer.from(bytes).toString('utf8'));
  if (!split.ok) return { ok: false, path, problems: [complain('front-matter-missing', { fault: split.fault }, { file: name, line: 1, column: 1 })] };
  const reading = await readDocument(Buffer.from(split.head), path, { name, format: 'steering', schema: steeringSchema }, (pack, where) => steeringProblems(pack, path, where));
  return reading.ok ? { ...reading, digest: sha256(bytes), value: { ...reading.value, path, body: split.body } } : reading;
}

async function readAny(bytes: Uint8Array, name: string): Promise<Reading<unknown>> {
  const { anyDocument } = await import('../domain/documents/anyDocument.js');
  return readDocument(bytes, name as RepoPath, { name, format: 'ticket', schema: anyDocument }, () => []);
}

let yamlReader: Promise<typeof import('./yaml.js')> | undefined;

type Schema<T> = import('zod').ZodType<T>;

interface Kind<T> {
  /** How the file is called in messages. */
  name: string;
  format: string;
  schema: Schema<T> | (() => Promise<Schema<T>>);
  /** A part of the schema that lets pass what the whole lets pass of this value, and is built sooner. */
  partFor?: (value: unknown) => Schema<T> | undefined;
}

/** What is wrong is told by the whole schema. */
async function judgedBy<T>({ schema, partFor }: Kind<T>, value: unknown): Promise<{ schema: Schema<T>; judged: ReturnType<typeof judge<T>> }> {
  const part = partFor?.(value);
  const passed = part && judge(part, value);
  if (passed?.success) return { schema: part!, judged: passed };
  const whole = typeof schema === 'function' ? await schema() : schema;
  return { schema: whole, judged: judge(whole, value) };
}

/** Documents that `cxw validate` reads, and so tells of once more. The others come from anywhere. */
const READ_WHERE_THEY_STAND: ReadonlySet<string> = new Set(['ticket', 'policy', 'steering']);

/** Text, then schema, then rules: each step tells everything that it finds, and the next one needs the one before. */
async function readDocument<T>(bytes: Uint8Array, path: RepoPath, kind: Kind<T>, rules: (value: T, where: Whereabouts) => Problem[]): Promise<Reading<T>> {
  const { readYaml } = await (yamlReader ??= import('./yaml.js'));
  const yaml = await readYaml(bytes, kind.name);
  if (!yaml.ok) return { ok: false, path, problems: READ_WHERE_THEY_STAND.has(kind.format) ? yaml.problems : yaml.problems.map((problem) => ({ ...problem, commands: [`cxw schema ${kind.format}`] })) };
  const { value, text, where } = yaml.document;
  const { schema, judged } = await judgedBy(kind, value);
  if (!judged.success) {
    const { schemaProblems } = await import('../domain/documents/issues.js');
    return { ok: false, path, problems: schemaProblems(judged.error.issues, { value, where, schema, format: kind.format }) };
  }
  const problems = rules(judged.data, where);
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, path, problems };
  return { ok: true, value: judged.data, path, text, digest: sha256(bytes), warnings: problems, where };
}
