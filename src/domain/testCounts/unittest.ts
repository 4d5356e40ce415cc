import { addCounts, numberIn, type Count } from './count.js';

const RAN = /^Ran (\d{1,12}) tests? in [\d.]+s$/;
const ENDED = /^(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$/;
const PART = /(failures|errors|unexpected successes|skipped|expected failures)=(\d{1,12})/g;
const FAILURES = new Set(['failures', 'errors', 'unexpected successes']);

/** Python's unittest: `Ran 3 tests in 0.001s`, and some lines later `FAILED (failures=1, skipped=1)`. */
export function readUnittest(lines: readonly string[]): Count | undefined {
  return addCounts(lines.flatMap((line, at) => {
    const ran = RAN.exec(line)?.[1];
    if (ran === undefined) return [];
    const ended = lines.slice(at + 1, at + 4).map((next) => ENDED.exec(next)).find((match) => match !== null);
    const parts = [...(ended?.[1] ?? '').matchAll(PART)];
    const sum = (isFailure: boolean): number => parts.reduce((all, [, word, digits]) => all + (FAILURES.has(word!) === isFailure ? numberIn(digits) : 0), 0);
    return [{ passed: Math.max(0, numberIn(ran) - sum(true) - sum(false)), failed: sum(true), skipped: sum(false) }];
  }));
}
