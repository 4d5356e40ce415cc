import { addCounts, numberIn, type Count } from './count.js';

const BEGUN = /^running (\d{1,12}) tests?$/;
const ENDED = /^test result: (?:ok|FAILED)\. (\d{1,12}) passed; (\d{1,12}) failed; (\d{1,12}) ignored; (\d{1,12}) measured;/;

/**
 * Cargo: `running 4 tests`, and at the end `test result: ok. 3 passed; 0 failed; 1 ignored; …`, once for each crate and
 * kind of test. A test may print such a line itself: it is heard only where it adds up to a number that was announced.
 */
export function readCargo(lines: readonly string[]): Count | undefined {
  const announced: number[] = [];
  const counts: Count[] = [];
  for (const line of lines) {
    const begun = BEGUN.exec(line)?.[1];
    if (begun !== undefined) announced.push(numberIn(begun));
    const ended = ENDED.exec(line)?.slice(1).map(numberIn);
    if (ended === undefined) continue;
    const [passed = 0, failed = 0, skipped = 0, measured = 0] = ended;
    const at = announced.lastIndexOf(passed + failed + skipped + measured);
    if (at < 0) continue;
    announced.splice(at, 1);
    counts.push({ passed, failed, skipped });
  }
  return addCounts(counts);
}
