import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { signalGroup } from '../processGroups.js';

const execute = promisify(execFile);

/** How far the clock of the process table and our own may be apart, in milliseconds. */
const SLACK = 5000;

/**
 * Waits for a push whose run was killed, so that two never race, and ends its process group when it takes longer.
 * Process ids are used again, so a process counts only when it is a git push that began when ours did.
 */
export async function settlePush(child: { pid: number; started: string }, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (await isOurs(child)) {
    if (Date.now() > until) {
      // It was started as the leader of a group of its own, with its transport in it.
      signalGroup(child.pid, 'SIGKILL');
      return;
    }
    await pause(100);
  }
}

async function isOurs({ pid, started }: { pid: number; started: string }): Promise<boolean> {
  const told = await execute('ps', ['-o', 'lstart=', '-o', 'args=', '-p', String(pid)], { env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } })
    // `ps` ends with an error when there is no such process.
    .then(({ stdout }) => stdout.trim(), () => '');
  const [, began, args] = /^(\w{3} \w{3} +\d+ [\d:]{8} \d{4}) +(.*)$/s.exec(told) ?? [];
  if (began === undefined || !/\bgit\b.* push /.test(args!)) return false;
  return Math.abs(Date.parse(`${began} UTC`) - Date.parse(started)) < SLACK;
}
