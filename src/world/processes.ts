import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { systemCode } from './errors.js';

/** A process of this machine, named so that a reused number cannot be taken for it. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own words. */
  started: string;
}

/** Where process numbers mean something: this machine, since it was started, in this container. */
export function processSpace(): { host: string; boot: string; namespace: string } {
  const machine = quietly(() => readFileSync('/etc/machine-id', 'utf8').trim()) ?? 'none';
  return { host: `${hostname()} ${machine}`, boot: bootId(), namespace: quietly(() => readlinkSync('/proc/self/ns/pid')) ?? 'none' };
}

/** Without /proc, the moment of the last start serves, to the nearest minute. */
function bootId(): string {
  return quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? `up since ${Math.round((Date.now() / 1000 - uptime()) / 60)}`;
}

export const thisProcess = (): ProcessIdentity => ({ pid: process.pid, started: startOf(process.pid) ?? 'unknown' });

/** Whether a user's number is that of whoever runs this process. */
export const isThisUser = (uid: number): boolean => uid === process.geteuid?.();

/** When a process started; nothing when there is none with this number, when it has ended and only waits to be noticed, or when it cannot be looked at. */
export function startOf(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== undefined) return hasEnded(stat) ? undefined : afterName(stat)[19];
  if (process.platform === 'linux') return undefined;
  return quietly(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: PLAIN, stdio: ['ignore', 'pipe', 'ignore'] }).trim()) || undefined;
}

/** Whether it can be one: to the system 0 and what is below stand for many at once. */
export const isProcessNumber = (pid: unknown): pid is number => Number.isSafeInteger(pid) && (pid as number) > 0;

/** Whether exactly this process still runs. One that is there and cannot be looked at is taken to be the one. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  if (!isProcessNumber(pid)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    if (systemCode(error) !== 'EPERM') return false;
  }
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== undefined && hasEnded(stat)) return false;
  const now = startOf(pid);
  return now === undefined || started === 'unknown' || now === started;
}

/** A process and where its number means something. */
export type PlacedProcess = ProcessIdentity & ReturnType<typeof processSpace>;

/** Whether a process that was noted still runs, as far as it can be seen from here. */
export function lifeOf(noted: PlacedProcess): 'alive' | 'dead' | 'foreign' {
  const here = processSpace();
  const judgeable = noted.host === here.host && noted.boot === here.boot && noted.namespace === here.namespace;
  const rebooted = noted.host === here.host && noted.boot !== here.boot && noted.namespace === here.namespace && !noted.boot.startsWith('up since');
  return judgeable ? (isAlive(noted) ? 'alive' : 'dead') : rebooted ? 'dead' : 'foreign';
}

/** Whether a process waits to be continued, as after Ctrl-Z. Unknown counts as no. */
export const isStopped = (pid: number): boolean => /^[Tt]$/.test(afterName(quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '')[0] ?? '');

/** A zombie: nothing of it runs any more, and in a container without an init it may stay for ever. */
const hasEnded = (stat: string): boolean => /^[ZX]$/.test(afterName(stat)[0] ?? '');

/** A process, and the command line by which it is known. */
export interface Ancestor extends ProcessIdentity {
  name: string;
}

const MOST_ANCESTORS = 32;

/** What `ps` says must not depend on whose shell asks: it is compared with what it said to another. */
const PLAIN = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The process that has this number now. */
export function processAt(pid: number): Ancestor | undefined {
  const found = process.platform === 'linux' ? describedByProc(pid) : describedByPs()(pid);
  return found && { pid, started: found.started, name: found.name };
}

/** The processes above this one, nearest first, as far as they can be seen. */
export function ancestors(): Ancestor[] {
  const look = process.platform === 'linux' ? describedByProc : describedByPs();
  const found: Ancestor[] = [];
  for (let pid = process.ppid; pid > 1 && found.length < MOST_ANCESTORS;) {
    const above = look(pid);
    if (above === undefined) break;
    found.push({ pid, started: above.started, name: above.name });
    pid = above.parent;
  }
  return found;
}

interface Described {
  parent: number;
  started: string;
  name: string;
}

function describedByProc(pid: number): Described | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return undefined;
  const fields = afterName(stat);
  const command = quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')) ?? '';
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  return { parent: Number(fields[1]), started: fields[19] ?? 'unknown', name: command.trim() || name };
}

/** Where there is no /proc: one listing of all, because starting `ps` is what costs. */
export function describedByPs(): (pid: number) => Described | undefined {
  const listing = quietly(() => execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,lstart=,command='], {
    encoding: 'utf8', env: PLAIN, stdio: ['ignore', 'pipe', 'ignore'], timeout: 5000, maxBuffer: 1 << 26,
  })) ?? '';
  return (pid) => {
    const line = new RegExp(`^ *${pid} +(\\d+) +(\\w{3} +\\w{3} +\\d+ [\\d:]+ \\d{4}) +(.*)$`, 'm').exec(listing);
    return line === null ? undefined : { parent: Number(line[1]), started: line[2]!, name: line[3]! };
  };
}

/** A name in brackets may hold spaces and brackets itself; the fields come after the last one. */
const afterName = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** What comes of it; nothing where the system says no. */
export function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
