import { addCounts, numberIn, type Count } from './count.js';

const SUMMARY = /^test result: (?:ok|FAILED)\. (\d{1,12}) passed; (\d{1,12}) failed; (\d{1,12}) ignored;/;

/** Cargo: `test result: ok. 3 passed; 0 failed; 1 ignored; …`, one for each crate and kind of test. */
export function readCargo(lines: readonly string[]): Count | undefined {
  return addCounts(lines.flatMap((line) => {
    const [, passed, failed, ignored] = SUMMARY.exec(line) ?? [];
    return passed === undefined ? [] : [{ passed: numberIn(passed), failed: numberIn(failed), skipped: numberIn(ignored) }];
  }));
}
