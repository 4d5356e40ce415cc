import { addCounts, countWords, type Count, type Meaning } from './count.js';

/** With and without the rule of equals signs around it, which `-q` leaves out. */
const SUMMARY = /^(?:=+ )?((?:no tests ran|\d+ [a-z]+)(?:, \d+ [a-z]+)*) in [\d.]+s(?: \([\d:]+\))?(?: =+)?$/;
const MEANING: Meaning = {
  passed: 'passed', xpassed: 'passed', failed: 'failed', error: 'failed', errors: 'failed', skipped: 'skipped', xfailed: 'skipped',
};

/** Pytest: `===== 3 passed, 1 skipped in 0.12s =====`, `no tests ran in 0.01s`. */
export function readPytest(lines: readonly string[]): Count | undefined {
  return addCounts(lines.flatMap((line) => {
    const summary = SUMMARY.exec(line)?.[1];
    return summary === undefined ? [] : [countWords(summary, MEANING)];
  }));
}
