// Run as a process of its own: takes the lock of a state folder again and again, and says what it witnesses while it holds it.
import { openSync, readFileSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openLock } from '../../../src/world/lock.js';
import { isAlive, thisProcess, type ProcessIdentity } from '../../../src/world/processes.js';

const [state, rounds] = [process.argv[2]!, Number(process.argv[3])];
const lock = openLock({ state }, { clock: { now: () => new Date() }, command: 'holder' });
const witness = join(state, 'held');
const pause = (most: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

/** Only one process can make the file; one that was killed left it behind, and nobody else may have. */
function testify(): void {
  const mine = JSON.stringify(thisProcess());
  try {
    writeSync(openSync(witness, 'wx'), mine);
  } catch {
    const other = readFileSync(witness, 'utf8');
    if (other !== '' && isAlive(JSON.parse(other) as ProcessIdentity)) console.log('two holders');
    writeFileSync(witness, mine);
  }
}

for (let round = 0; round < rounds;) {
  try {
    await lock.hold('holder', async () => {
      testify();
      await pause(2);
      if (readFileSync(witness, 'utf8') !== JSON.stringify(thisProcess())) console.log('two holders');
      // Now and then die while holding, so that somebody must take over.
      if (Math.random() < 0.05) process.kill(process.pid, 'SIGKILL');
      unlinkSync(witness);
      console.log('held');
    });
    round += 1;
  } catch (error) {
    const code = error instanceof Error && 'problem' in error ? (error.problem as { code: string }).code : String(error);
    if (code !== 'locked') console.log(code);
    await pause(4);
  }
}
