import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import type { TicketId } from '../domain/ticket.js';
import { makeDirectoryDurably, publishDurably } from './durably.js';
import { systemCode } from './errors.js';
import type { Places } from './places.js';
import { onState, writingState } from './stateAccess.js';
import { stateText, type NoFile } from './stateFile.js';
import { lifeOf, processSpace, quietly, thisProcess, type PlacedProcess } from './processes.js';

/**
 * Ids that were given out in this repository, whichever worktree asked: so that of many who make a ticket at once,
 * each gets an id of its own. A reservation stays: by itself an id is never given out twice.
 */
export interface Reservations {
  /** Takes the id; false when it was taken before. */
  take(id: TicketId): Promise<boolean>;
  /** Takes an id that was taken before by somebody who has ended since, as one who was killed before the ticket was made; false when whoever took it may still run, or another is first. */
  takeOver(id: TicketId): Promise<boolean>;
  /** Gives back an id for which no ticket was made after all. */
  giveBack(id: TicketId): Promise<void>;
  has(id: TicketId): Promise<boolean>;
}

/** Opens the ids of this repository. `command` is named when they cannot be written. */
export function openReservations(places: Pick<Places, 'state' | 'shared'>, command: string): Reservations {
  const writing = { state: places.state, command };
  const folder = join(places.shared, 'ids');

  const publish = (name: string): boolean => publishDurably(join(folder, name), Buffer.from(JSON.stringify({ ...processSpace(), ...thisProcess() })), 0o600);

  return {
    take: (id) => writingState(writing, 'reserving a ticket id', async () => {
      makeDirectoryDurably(folder, 0o700);
      return publish(id);
    }),
    takeOver: (id) => writingState(writing, 'reserving a ticket id', async () => {
      // No id holds a tilde. Who comes first to the next number has it.
      const times = (await namesIn(folder)).filter((name) => name.startsWith(`${id}~`)).length;
      const last = stateText(join(folder, times === 0 ? id : `${id}~${times}`));
      return hasEnded(last) && publish(`${id}~${times + 1}`);
    }),
    giveBack: (id) => onState(places, 'giving back a ticket id', () => disk.unlink(join(folder, id))),
    has: (id) => onState(places, 'reading the reserved ticket ids', async () => (await namesIn(folder)).includes(id)),
  };
}

/** An older release noted nobody: it was never seen to hold an id for long. */
function hasEnded(noted: string | NoFile): boolean {
  const taker = typeof noted === 'string' ? quietly(() => JSON.parse(noted) as PlacedProcess | null) : undefined;
  return !taker || lifeOf(taker) === 'dead';
}

const below = async (folder: string): Promise<string[]> => (await namesIn(folder)).sort().map((name) => join(folder, name));

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await disk.readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** All live state of cxw in this worktree, and the ids that its siblings share. */
export interface LiveState {
  /** What a purge removes, by its place: copies that an answer has named, and all else by ticket or by kind. */
  places(): Promise<{ copies: string[]; others: string[] }>;
  /** Removes it: ledgers, locks, copies, reservations. What siblings keep for themselves stays. */
  purge(): Promise<void>;
}

/** Opens it as a whole. `command` is named when it cannot be removed. */
export function openLiveState(places: Pick<Places, 'state' | 'shared'>, command: string): LiveState {
  return {
    places: () => onState(places, 'listing the live state', async () => {
      const [state, ...within] = await Promise.all([
        below(places.state), below(join(places.state, 'tickets')), below(join(places.state, 'set-aside')), below(places.shared),
      ]);
      const [tickets, aside, shared] = within;
      const copies = await below(join(places.state, 'set-aside/copies'));
      const split = new Set(['tickets', 'set-aside', 'ids'].map((name) => join(places.state, name)));
      return {
        copies,
        others: [
          ...state!.filter((place) => !split.has(place)), ...tickets!, ...aside!.filter((place) => place !== join(places.state, 'set-aside/copies')),
          ...shared!.filter((place) => place === join(places.shared, 'ids')),
        ],
      };
    }),
    purge: () => writingState({ state: places.state, command }, 'removing the live state', async () => {
      // For a linked worktree `shared` is where the main one keeps its own state: only the common part goes.
      await disk.rm(join(places.shared, 'ids'), { recursive: true, force: true });
      await disk.rm(places.state, { recursive: true, force: true });
    }),
  };
}
