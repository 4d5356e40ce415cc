import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import { entriesOf, fileName, LAST_NUMBER, numbered } from './chain.js';
import { makeDirectoryDurably, publish } from './durably.js';
import { busy, failed, systemCode } from './errors.js';
import type { Places } from './places.js';
import { isProcessNumber, isStopped, lifeOf, processSpace, thisProcess, type ProcessIdentity } from './processes.js';
import { onState, writingState } from './stateAccess.js';
import { stateText } from './stateFile.js';

/** The courtesy lock of writing commands in one worktree. Truth never depends on it: the ledger and git compare and swap. */
export interface Lock {
  /** Runs the work while holding the lock. Throws busy `locked` or `lock-foreign` when another holds it. */
  hold<T>(command: string, work: () => Promise<T>): Promise<T>;
  /** Who holds it, if anybody. */
  holder(): Promise<LockHolder | undefined>;
  /** Clears a lock that cannot be judged. Answers whose it was. */
  clear(): Promise<LockHolder | undefined>;
}

export interface LockHolder {
  /** 0 where who holds it cannot be read. */
  pid: number;
  command: string;
  seconds: number;
  /** `alive`, `dead`, or `foreign` when it cannot be judged from here. */
  state: 'alive' | 'dead' | 'foreign';
}

/** Who took a generation of the lock. Written whole before it can be seen. */
interface Owner extends ProcessIdentity {
  host: string;
  boot: string;
  namespace: string;
  command: string;
  at: string;
}

/**
 * Opens the lock of a worktree. It goes by generations: whoever publishes the next number owns it, the owner is the
 * highest, and a number is never used twice. Removing or renaming a dead owner's lock, the usual ways, let two in.
 */
export function openLock(places: Pick<Places, 'state'>, { clock, command: opened }: { clock: { now(): Date }; command: string }): Lock {
  const folder = join(places.state, 'lock');
  const ownerPath = (generation: number): string => join(folder, fileName(generation));
  const releasePath = (generation: number): string => join(folder, releaseName(generation));

  /** The highest generation, and who holds it, unless it was released. */
  function current(): { generation: number; owner?: Owner | 'unreadable' } {
    const names = namesOf(folder);
    const generation = Math.max(0, ...numbered(names, 'json'));
    if (generation === 0 || names.includes(releaseName(generation))) return { generation };
    return { generation, owner: readOwner(ownerPath(generation)) };
  }

  /** Publishes the generation after the given one. False when somebody else was first, or is already further. */
  async function take(generation: number, command: string): Promise<boolean> {
    // Only somebody else brought it that far, and nobody can go on from there.
    if (generation > LAST_NUMBER) throw failed('disk-failed', { doing: 'taking the lock', said: 'no number is left after this one', place: `cxw/lock/${fileName(LAST_NUMBER)}` });
    const owner: Owner = { ...processSpace(), ...thisProcess(), command, at: clock.now().toISOString() };
    const taken = await writingState({ state: places.state, command: opened }, 'taking the lock', async () => {
      // What others put below the same folders must not go with them in a power cut.
      makeDirectoryDurably(folder, 0o700);
      return publish(ownerPath(generation), Buffer.from(`${JSON.stringify(owner)}\n`), 0o600);
    });
    return taken && current().generation === generation;
  }

  /** The lock of a process that has ended is taken over anyway, so failing to release it must not fail the work. */
  function release(generation: number): void {
    try {
      publish(releasePath(generation), Buffer.alloc(0), 0o600);
    } catch {
      // Whoever comes next sees that we have ended.
    }
  }

  /** Older generations mean nothing any more, so leaving them may not fail the work. The highest is never removed: its number is what comes next. */
  async function tidy(generation: number): Promise<void> {
    const names = namesOf(folder);
    const older = [...numbered(names, 'json').map(fileName), ...numbered(names, 'released').map(releaseName)].filter((name) => Number.parseInt(name) < generation);
    for (const name of older) await disk.rm(join(folder, name), { force: true });
  }

  async function acquire(command: string): Promise<number> {
    const { generation, owner } = current();
    if (owner !== undefined) refuseUnlessDead(owner, clock.now());
    if (await take(generation + 1, command)) return generation + 1;
    const other = current().owner;
    if (other !== undefined) refuseUnlessDead(other, clock.now());
    return acquire(command);
  }

  function holder(): LockHolder | undefined {
    const { owner } = current();
    return owner === undefined ? undefined : describe(owner, clock.now());
  }

  const looking = <T>(work: () => T | Promise<T>): Promise<T> => onState(places, 'looking at the lock', work);

  return {
    hold: async (command, work) => {
      const generation = await looking(() => acquire(command));
      try {
        await tidy(generation).catch(() => undefined);
        return await work();
      } finally {
        release(generation);
      }
    },
    holder: () => looking(holder),
    clear: () => looking(async () => {
      const { generation, owner } = current();
      if (owner === undefined) return undefined;
      if (await take(generation + 1, opened)) release(generation + 1);
      // Somebody may have been quicker, who cleared it as well or is at work; one who cannot be judged either is in the way as before.
      const left = holder();
      if (left?.state === 'foreign') throw busy('lock-foreign', left);
      return describe(owner, clock.now());
    }),
  };
}

function refuseUnlessDead(owner: Owner | 'unreadable', now: Date): void {
  const holder = describe(owner, now);
  if (holder.state === 'alive') throw busy('locked', { ...holder, stopped: isStopped(holder.pid) });
  if (holder.state === 'foreign') throw busy('lock-foreign', holder);
}

const releaseName = (generation: number): string => fileName(generation).replace('json', 'released');

const namesOf = (folder: string): string[] => entriesOf(folder).map(({ name }) => name);

/** A lock that cannot be read is held by somebody whom we cannot judge: dead is only who is provably gone. */
function describe(owner: Owner | 'unreadable', now: Date): LockHolder {
  if (owner === 'unreadable') return { pid: 0, command: 'an unknown command', seconds: 0, state: 'foreign' };
  return { pid: owner.pid, command: owner.command, seconds: Math.max(0, Math.round((now.getTime() - Date.parse(owner.at)) / 1000)), state: lifeOf(owner) };
}

const WORDS = ['started', 'host', 'boot', 'namespace', 'command', 'at'] as const;

function readOwner(path: string): Owner | 'unreadable' | undefined {
  try {
    const text = stateText(path);
    const owner = typeof text === 'string' ? JSON.parse(text) as Partial<Owner> | null : null;
    return isProcessNumber(owner?.pid) && WORDS.every((name) => typeof owner![name] === 'string') && !Number.isNaN(Date.parse(owner!.at!)) ? owner as Owner : 'unreadable';
  } catch (error) {
    // It was cleaned away since we looked: then somebody is further, and nobody holds this one.
    return systemCode(error) === 'ENOENT' ? undefined : 'unreadable';
  }
}
