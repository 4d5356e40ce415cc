import { setMaxListeners } from 'node:events';
import { constants, promises as disk } from 'node:fs';
import type { Digest, ObjectId } from '../domain/changeSet.js';
import { PATIENCE } from '../domain/patience.js';
import { openAssets, type Assets } from './assets.js';
import { crypto } from './crypto.js';
import { blobId, sha256 } from './digests.js';
import { openDocuments, type DocumentReader } from './documents.js';
import { attempt, failed, systemCode } from './errors.js';
import { openFiles, type Files } from './files.js';
import type { EarlyAnswers } from './git/early.js';
import { openGit } from './git/open.js';
import type { Git } from './git/index.js';
import { openLedger, type Ledger } from './ledger.js';
import { openLock, type Lock } from './lock.js';
import { insideGitVariable, openPlaces, type Places } from './places.js';
import { openPrivateState, type PrivateState } from './privateState.js';
import { onFirstUse } from './onFirstUse.js';
import type { Programs } from './programs.js';
import { openLiveState, openReservations, type LiveState, type Reservations } from './reservations.js';
import { openSealedLedgers, type SealedLedgers } from './sealed/index.js';
import { openSession, type Session } from './session.js';
import { openCache } from './cache.js';
import { openClock, type Clock } from './clock.js';
import { openStands, type Stands } from './stands.js';
import { openTickets, type Tickets } from './tickets/index.js';
import { openTicketRewriter, type TicketRewriter } from './ticketRewriter.js';

/** Everything outside. A verb asks for the parts that it uses, with `Pick<World, …>`. */
export interface World {
  places: Places;
  session: Session;
  files: Files;
  documents: DocumentReader;
  tickets: Tickets;
  rewriter: TicketRewriter;
  ledger: Ledger;
  sealed: SealedLedgers;
  stands: Stands;
  lock: Lock;
  private: PrivateState;
  reservations: Reservations;
  live: LiveState;
  programs: Programs;
  git: Git;
  assets: Assets;
  clock: Clock;
  /** SHA-256, as `sha256:` and 64 hexadecimal digits. */
  digest(bytes: Uint8Array | string): Digest;
  /** The id that git gives to these very bytes, in the hash of the other id. */
  blobId(content: Uint8Array, like: ObjectId): ObjectId;
  /** 32 random bytes in hexadecimal: makes digests of private things say nothing but "the same". */
  salt(): string;
  /** A document that a person names on the command line, relative to where they stand; `-` is standard input. */
  input(name: string): Promise<Uint8Array>;
  /** Whether live state can be written: in an agent's sandbox the git directory is read-only. */
  stateWritable(): Promise<boolean>;
  /** Tries what no answer hangs on. */
  attempt: typeof attempt;
  /** Says what goes on, on stderr; never part of an answer. */
  tell(words: string): void;
}

/** What the process knows about itself, handed in so that nothing here asks for it. */
export interface Surroundings {
  /** Where to begin to look for it; nothing when that place has gone. */
  cwd: string | undefined;
  env: Record<string, string | undefined>;
  /** Aborted with an `Interrupted` when a person or the system asks for the end. */
  signal: AbortSignal;
  /** What git was asked before all this was loaded. */
  early?: EarlyAnswers;
  /** The whole command line, named in messages when it cannot be carried out here. */
  command: string;
  tell(words: string): void;
  /** Node opens a stream when it is asked for, which takes time: so nobody asks before there is need. */
  readonly streams: { readonly stdin: AsyncIterable<Uint8Array> & { isTTY?: boolean }; readonly stderr: { isTTY?: boolean } };
}

/** Opens the world around a folder inside a worktree. Throws when there is none, or when git itself is at work around us. */
export async function openWorld({ cwd, env, signal, early, command, tell, streams }: Surroundings): Promise<World> {
  if (process.platform === 'win32' && env['CXW_UNTESTED_PLATFORM'] !== '1') throw failed('unsupported-platform', { platform: 'native Windows' });
  const inside = insideGitVariable(env);
  if (inside !== undefined) throw failed('inside-a-hook', { variable: inside });
  // Every child listens to it, and there may be more of them at a time than Node thinks likely.
  setMaxListeners(0, signal);
  const places = await openPlaces(cwd, env, signal, early);
  const files = openFiles(places.root);
  const documents = openDocuments(files);
  const cache = openCache(places, env);
  const programs = onFirstUse(async () => (await import('./programs.js')).openPrograms(signal, env, places));
  const clock = openClock();
  const ledger = openLedger(places, { clock, command });
  return {
    places,
    session: openSession(env, streams, places),
    files,
    documents,
    tickets: openTickets(places, { files, documents, cache, signal }),
    rewriter: openTicketRewriter(),
    ledger,
    sealed: openSealedLedgers(places, { files, signal }),
    stands: openStands(places, { ledger, cache }),
    lock: openLock(places, { clock, command }),
    private: openPrivateState(places),
    reservations: openReservations(places, command),
    live: openLiveState(places, command),
    programs,
    git: openGit(places, env, { signal, early, patience: () => patienceOf(documents) }, programs),
    assets: openAssets(),
    clock,
    digest: sha256,
    blobId,
    salt: () => crypto().randomBytes(32).toString('hex'),
    input: async (name) => (await import('./input.js')).readInput(name, { cwd: cwd ?? places.root, stdin: streams.stdin, signal }),
    stateWritable: () => writable(places),
    attempt,
    tell,
  };
}

/** How long one call of git may take, by the policy as it stands. */
async function patienceOf(documents: DocumentReader): Promise<number> {
  const policy = await documents.policy();
  return policy?.ok === true ? policy.value.delivery.timeout : PATIENCE.usual;
}

/** The folder is made by whoever writes first; here only whether that could be done. */
async function writable({ state, gitDirectory }: Places): Promise<boolean> {
  for (const folder of [state, gitDirectory]) {
    try {
      await disk.access(folder, constants.W_OK);
      return true;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') return false;
    }
  }
  return false;
}
