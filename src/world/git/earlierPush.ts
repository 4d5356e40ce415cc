import { setTimeout as pause } from 'node:timers/promises';
import { signalGroup } from '../processGroups.js';
import { processAt, type ProcessIdentity } from '../processes.js';

/**
 * Waits for a push whose run was killed, so that two never race, and ends its process group when it takes longer.
 * Process ids are used again, so a process counts only when it is a git push that began when ours did.
 */
export async function settlePush(child: ProcessIdentity, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (isOurs(child)) {
    if (Date.now() > until) {
      // It was started as the leader of a group of its own, with its transport in it.
      signalGroup(child.pid, 'SIGKILL');
      return;
    }
    await pause(100);
  }
}

function isOurs({ pid, started }: ProcessIdentity): boolean {
  const there = processAt(pid);
  return there !== undefined && there.started === started && /\bgit\b.* push /.test(there.name);
}
