import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { onTestFinished } from 'vitest';

const WATCHED = ['openSync', 'fsyncSync', 'closeSync', 'linkSync', 'renameSync', 'unlinkSync'] as const;
type Watched = (typeof WATCHED)[number];

/**
 * Tells, until the test ends, what is really asked of the system, in order: `flush a`, `link a`, `open a as 600`. Our
 * temporary files are called `temporary`. `failing` makes one kind of call fail with an error of one's own, after it has acted.
 */
export function watchedDisk(failing: Partial<Record<Watched, Error>> = {}): string[] {
  const told: string[] = [];
  const names = new Map<number, string>();
  const usual = { ...fs };
  const nameOf = (place: unknown): string => (typeof place === 'number' ? names.get(place)! : basename(String(place)).replace(/^\.cxw-.*\.tmp$/, 'temporary'));
  const words: Record<Watched, string> = { openSync: 'open', fsyncSync: 'flush', closeSync: 'close', linkSync: 'link', renameSync: 'rename', unlinkSync: 'unlink' };
  for (const call of WATCHED) {
    (fs as unknown as Record<string, unknown>)[call] = (...args: unknown[]): unknown => {
      const mode = call === 'openSync' && typeof args[2] === 'number' ? ` as ${args[2].toString(8)}` : '';
      told.push(`${words[call]} ${nameOf(call === 'linkSync' || call === 'renameSync' ? args[1] : args[0])}${mode}`);
      const answer = (usual[call] as (...of: unknown[]) => unknown)(...args);
      if (call === 'openSync') names.set(answer as number, nameOf(args[0]));
      if (failing[call] !== undefined) throw failing[call];
      return answer;
    };
  }
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(fs, Object.fromEntries(WATCHED.map((call) => [call, usual[call]])));
    syncBuiltinESMExports();
  });
  return told;
}
