import { addCounts, countWords, NO_TESTS, type Count, type Meaning } from './count.js';

const SUMMARY = /^Tests: {2,}(\d.* total)$/;
const NOTHING = /^No tests found(?:, exiting with code \d+| related to files changed .*)$/;
const MEANING: Meaning = { passed: 'passed', failed: 'failed', skipped: 'skipped', todo: 'skipped', pending: 'skipped' };

/** Jest: `Tests:       1 failed, 2 passed, 3 total`. */
export function readJest(lines: readonly string[]): Count | undefined {
  return addCounts(lines.flatMap((line) => {
    if (NOTHING.test(line)) return [NO_TESTS];
    const summary = SUMMARY.exec(line)?.[1];
    return summary === undefined ? [] : [countWords(summary, MEANING)];
  }));
}
