import type { ChildProcess } from 'node:child_process';

/** How long a leader may tidy up when it is asked to end: git takes its lock files away then. */
const GRACE_MS = 2000;
/** The same for what the leader has left behind. */
const LEFTOVER_GRACE_MS = 200;

/** Leaders of groups that still run. When we must end at once, as at a second Ctrl-C, none of them outlives us. */
const running = new Set<number>();
let watching = false;

/** From now on the group that this process leads is ended when we end at once. Answers how to let go of it. */
export function watchGroup({ pid }: Leader): () => void {
  if (pid === undefined) return () => undefined;
  if (!watching) process.once('exit', endAllNow);
  watching = true;
  running.add(pid);
  return () => void running.delete(pid);
}

/** A process that was started with a group of its own; one that did not start has no id. */
type Leader = Pick<ChildProcess, 'pid' | 'exitCode' | 'signalCode' | 'once'>;

/** Asks the whole group to end, and after a moment of grace makes it. One whose leader has ended may still have others in it. */
export async function endGroup(leader: Leader): Promise<void> {
  const { pid } = leader;
  if (pid === undefined || !signalGroup(pid, 'SIGTERM')) return;
  if (await atMost(GRACE_MS, ended(leader)) && await vanishes(pid)) return;
  signalGroup(pid, 'SIGKILL');
}

/** Waits for something, but not for ever. Answers whether it came. */
export async function atMost(milliseconds: number, event: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => { timer = setTimeout(() => resolve(false), milliseconds); });
  return Promise.race([event.then(() => true), late]).finally(() => clearTimeout(timer));
}

const ended = (leader: Leader): Promise<void> => new Promise((resolve) => {
  if (leader.exitCode !== null || leader.signalCode !== null) resolve();
  else leader.once('exit', () => resolve());
});

/** Whether nobody of the group is left after a moment; most often that is so at once. */
async function vanishes(group: number): Promise<boolean> {
  for (let waited = 0, wait = 1; signalGroup(group, 0); waited += wait, wait = Math.min(wait * 2, 20)) {
    if (waited >= LEFTOVER_GRACE_MS) return false;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return true;
}

/** Nothing can be awaited any more, so the grace is slept through. */
function endAllNow(): void {
  const groups = [...running].filter((group) => signalGroup(group, 'SIGTERM'));
  if (groups.length === 0) return;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LEFTOVER_GRACE_MS);
  for (const group of groups) signalGroup(group, 'SIGKILL');
}

/** Signals everybody of a group, or with 0 only looks. False when nobody of it is left. */
export function signalGroup(group: number, what: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, what);
    return true;
  } catch (error) {
    // EPERM: only zombies are left, nothing that could still run.
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
