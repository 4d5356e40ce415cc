// Run as a process of its own: takes the lock of a state folder some times, and marks the moments it holds it.
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openLock } from '../../src/world/lock.js';

const [state, rounds] = [process.argv[2]!, Number(process.argv[3])];
const lock = openLock({ state }, { clock: { now: () => new Date() }, command: 'contender' });
const marker = join(state, 'held');

for (let round = 0; round < rounds;) {
  try {
    await lock.hold('contender', async () => {
      try {
        const handle = openSync(marker, 'wx');
        writeSync(handle, String(process.pid));
        closeSync(handle);
      } catch {
        console.log('two holders');
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      unlinkSync(marker);
      console.log('held');
    });
    round += 1;
    // Now and then die while holding, so that somebody must take over.
    if (process.argv[4] === 'dies' && Math.random() < 0.2) await lock.hold('contender', async () => process.exit(9));
  } catch (error) {
    if (!(error instanceof Error) || !('problem' in error)) throw error;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
  }
}
