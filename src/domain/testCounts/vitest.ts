import { addCounts, countWords, NO_TESTS, type Count, type Meaning } from './count.js';

const SUMMARY = /^ {2,}Tests {2}(no tests|\d.*)$/;
const NOTHING = /^No test files found, exiting with code \d+$/;
const MEANING: Meaning = { passed: 'passed', failed: 'failed', skipped: 'skipped', todo: 'skipped', expected: 'skipped' };

/** Vitest: `      Tests  2 failed | 3 passed | 1 skipped (6)`. */
export function readVitest(lines: readonly string[]): Count | undefined {
  return addCounts(lines.flatMap((line) => {
    if (NOTHING.test(line)) return [NO_TESTS];
    const summary = SUMMARY.exec(line)?.[1];
    return summary === undefined ? [] : [countWords(summary, MEANING)];
  }));
}
