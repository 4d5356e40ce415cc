import { promises as disk, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Baseline, FingerprintDetails, PathIdentity, RawContent } from '../domain/repository.js';
import type { RepoPath } from '../domain/paths.js';
import type { TicketId } from '../domain/ticket.js';
import { statOf } from './containment.js';
import { makeDirectory, makeDirectoryDurably, writeDurably } from './durably.js';
import { attempt, failed, WorldError } from './errors.js';
import type { Places } from './places.js';
import { isProcessNumber, type ProcessIdentity } from './processes.js';
import { onState } from './stateAccess.js';
import { stateBytes } from './stateFile.js';
import { openSafetyCopies, type SafetyCopies } from './safetyCopies.js';

/** What a ticket's run must remember and must not publish. Lives below the git directory, mode 0700. */
export interface PrivateState {
  baseline(ticket: TicketId): Promise<PrivateBaseline | undefined>;
  /** The same once the ledger says that there was a discovery: then its baseline was kept before, and nobody else may take it away or change it. */
  knownBaseline(ticket: TicketId, isOurs: (kept: PrivateBaseline) => boolean): Promise<PrivateBaseline>;
  /** The same where a discovery is made again, which is the way on from one that is gone, cannot be read or is not ours. */
  usableBaseline(ticket: TicketId, isOurs: (kept: PrivateBaseline) => boolean): Promise<PrivateBaseline | undefined>;
  saveBaseline(ticket: TicketId, baseline: PrivateBaseline): Promise<void>;
  /** Copies the identified files to safety, content-addressed, up to so many bytes. Answers how many were and were not copied. */
  copyToSafety(ticket: TicketId, paths: readonly RawContent[], most: number): Promise<{ copied: number; notCopied: number }>;
  /** Where the copy of a path's content lies, if there is one. Once somebody may have been told, it outlives the ticket. */
  setCopyAside(ticket: TicketId, digest: string): Promise<string | undefined>;
  /** Remembers whose content has to make room for a ticket's records. That outlives the ticket, as the copies do that were set aside. */
  addDisplaced(ticket: TicketId, displaced: readonly Displaced[]): Promise<void>;
  /** What made room, and where its copy lies; no more of it once somebody has removed the copy. */
  displaced(ticket: TicketId): Promise<{ path: RepoPath; copy: string }[]>;
  /** Keeps a proof's log until the records are written. */
  saveLog(ticket: TicketId, name: string, content: Uint8Array): Promise<void>;
  log(ticket: TicketId, name: string): Promise<Buffer | undefined>;
  /** The child that a delivery started and that may outlive us. */
  saveChild(ticket: TicketId, child: ProcessIdentity | undefined): Promise<void>;
  child(ticket: TicketId): Promise<ProcessIdentity | undefined>;
  /** What was uncommitted when a program that is not ours was started; gone once it has ended and was judged. */
  saveWatch(ticket: TicketId, watch: Watch | undefined): Promise<void>;
  /** One that is damaged is none: whoever could damage it could remove it. */
  watch(ticket: TicketId): Promise<Watch | undefined>;
  /** Drops what is only needed while a ticket runs: copies, baseline, logs, temporary indexes. */
  forget(ticket: TicketId): Promise<void>;
}

export interface PrivateBaseline {
  baseline: Baseline;
  /** Paths that a person declared as their own meanwhile. */
  mine: RepoPath[];
  fingerprints: FingerprintDetails;
  /** What a person agreed to since, or was about to agree to: it counts once a fact says so. */
  agreed?: FingerprintDetails;
}

const WATCHED = ['hook', 'proof', 'rehearsal'] as const;

/** A program that is not ours, and the uncommitted work that must still be there when it has ended. */
export interface Watch {
  kind: (typeof WATCHED)[number];
  /** The name of the hook, which may have been tried on a copy, or the proof's id. */
  name: string;
  before: PathIdentity[];
}

/** Content that stood where a record was to stand. */
export interface Displaced {
  path: RepoPath;
  digest: string;
}

const PRIVATE = 0o600;

/** Opens the private state of this worktree. Nothing is created before something is kept. */
export function openPrivateState(places: Pick<Places, 'root' | 'state'>): PrivateState {
  const folderOf = (ticket: TicketId, ...names: string[]): string => join(places.state, 'tickets', ticket, 'private', ...names.map(plainName));
  const opened = new Map<TicketId, SafetyCopies>();
  function copiesOf(ticket: TicketId): SafetyCopies {
    const copies = opened.get(ticket) ?? openSafetyCopies(folderOf(ticket, 'copies'), join(places.state, 'set-aside/copies'));
    opened.set(ticket, copies);
    return copies;
  }

  async function keep(ticket: TicketId, folder: string, name: string, content: Uint8Array): Promise<void> {
    await onState(places, `keeping the private ${name} of ${ticket}`, async () => {
      const file = join(folder, plainName(name));
      makeDirectoryDurably(folder, 0o700);
      // A folder there was told as damage, and what is made anew cannot take its place.
      if (statOf(file)?.isDirectory()) rmSync(file, { recursive: true });
      writeDurably(file, content, PRIVATE);
    });
  }

  async function readIfThere(ticket: TicketId, file: string, name: string): Promise<Buffer | undefined> {
    const bytes = await onState(places, `reading the private ${name} of ${ticket}`, () => (statOf(file) === undefined ? undefined : stateBytes(file)));
    return bytes === undefined || Buffer.isBuffer(bytes) ? bytes : damaged(ticket, name);
  }

  async function readJson<T>(ticket: TicketId, name: string, isShaped: (kept: unknown) => kept is T, folder = folderOf(ticket)): Promise<T | undefined> {
    const bytes = await readIfThere(ticket, join(folder, plainName(`${name}.json`)), name);
    const kept = bytes === undefined ? undefined : parsed(bytes);
    return kept === undefined || isShaped(kept) ? kept : damaged(ticket, name);
  }

  const baseline = (ticket: TicketId): Promise<PrivateBaseline | undefined> => readJson(ticket, 'baseline', isBaseline);

  async function knownBaseline(ticket: TicketId, isOurs: (kept: PrivateBaseline) => boolean): Promise<PrivateBaseline> {
    const kept = await baseline(ticket);
    return kept !== undefined && isOurs(kept) ? kept : damaged(ticket, 'baseline');
  }

  const keepJson = (ticket: TicketId, name: string, value: unknown): Promise<void> =>
    keep(ticket, folderOf(ticket), `${name}.json`, Buffer.from(JSON.stringify(value)));

  const keepOrDrop = (ticket: TicketId, name: string, value: unknown): Promise<void> => (value === undefined
    ? onState(places, `forgetting the private ${name} of ${ticket}`, () => disk.rm(folderOf(ticket, `${name}.json`), { force: true }))
    : keepJson(ticket, name, value));

  const asideOf = (ticket: TicketId): string => join(places.state, 'set-aside', 'displaced', plainName(ticket));
  /** One that is damaged is none: the copies lie there all the same. */
  const displaced = async (ticket: TicketId): Promise<Displaced[]> => await unlessDamaged(readJson(ticket, 'displaced', isDisplaced, asideOf(ticket))) ?? [];

  return {
    baseline,
    knownBaseline,
    usableBaseline: (ticket, isOurs) => unlessDamaged(knownBaseline(ticket, isOurs)),
    saveBaseline: (ticket, baseline) => keepJson(ticket, 'baseline', baseline),
    copyToSafety: (ticket, paths, most) => onState(places, `copying your uncommitted files to safety for ${ticket}`, async () => {
      makeDirectory(folderOf(ticket, 'copies'), 0o700);
      return copiesOf(ticket).keep(places.root, paths, most);
    }),
    setCopyAside: async (ticket, digest) => {
      try {
        return copiesOf(ticket).setAside(digest);
      } catch {
        // It is a kindness in an answer that must be given all the same, on a full disk or a read-only one too.
        return undefined;
      }
    },
    addDisplaced: async (ticket, more) => {
      const known = new Map([...await displaced(ticket), ...more].map(({ path, digest }) => [`${digest} ${path}`, { path, digest }]));
      await keep(ticket, asideOf(ticket), 'displaced.json', Buffer.from(JSON.stringify([...known.values()])));
    },
    displaced: async (ticket) => {
      const known = await attempt(() => displaced(ticket));
      return (known.ok ? known.value : []).flatMap(({ path, digest }) => {
        const copy = copiesOf(ticket).aside(digest);
        return copy === undefined ? [] : [{ path, copy }];
      });
    },
    saveLog: (ticket, name, content) => keep(ticket, folderOf(ticket, 'logs'), name, content),
    log: (ticket, name) => readIfThere(ticket, folderOf(ticket, 'logs', name), `log ${name}`),
    saveChild: (ticket, child) => keepOrDrop(ticket, 'child', child),
    child: (ticket) => readJson(ticket, 'child', isChild),
    saveWatch: (ticket, watch) => keepOrDrop(ticket, 'watch', watch),
    watch: (ticket) => unlessDamaged(readJson(ticket, 'watch', isWatch)),
    forget: (ticket) => onState(places, `forgetting the private state of ${ticket}`, async () => {
      opened.delete(ticket);
      await disk.rm(folderOf(ticket), { recursive: true, force: true });
    }),
  };
}

function damaged(ticket: TicketId, name: string): never {
  throw failed('private-state-damaged', { ticket, name });
}

async function unlessDamaged<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof WorldError && error.problem.code === 'private-state-damaged') return undefined;
    throw error;
  }
}

/** What is no JSON has no shape of ours either. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** Whether it has the shape that we gave it; somebody may have written something else in its place. */
function isBaseline(kept: unknown): kept is PrivateBaseline {
  const { baseline, mine, fingerprints, agreed } = (kept ?? {}) as Partial<PrivateBaseline>;
  return typeof baseline?.salt === 'string' && isPaths(baseline.paths) && Array.isArray(mine) && isPaths(mine.map((path) => ({ path })))
    && areFingerprints(fingerprints) && (agreed === undefined || areFingerprints(agreed));
}

const areFingerprints = (kept: Partial<FingerprintDetails> | undefined): boolean => KINDS.every((kind) => typeof kept?.[kind] === 'object' && kept[kind] !== null);

const KINDS = ['hooks', 'filters', 'attributes', 'agents', 'config'] as const satisfies (keyof FingerprintDetails)[];
const isPaths = (listed: unknown): listed is PathIdentity[] => Array.isArray(listed) && listed.every((identity: Partial<PathIdentity> | null) => typeof identity?.path === 'string');

function isChild(kept: unknown): kept is ProcessIdentity {
  const { pid, started } = (kept ?? {}) as Partial<ProcessIdentity>;
  return isProcessNumber(pid) && typeof started === 'string';
}

function isWatch(kept: unknown): kept is Watch {
  const { kind, name, before } = (kept ?? {}) as Partial<Watch>;
  return WATCHED.some((known) => known === kind) && typeof name === 'string' && isPaths(before);
}

const isDisplaced = (kept: unknown): kept is Displaced[] => isPaths(kept) && kept.every(({ digest }) => typeof digest === 'string');

/** Names come from our own code; one that could leave its folder is a bug. */
function plainName(name: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) throw new Error(`not a plain file name: ${name}`);
  return name;
}
