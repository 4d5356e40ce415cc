import { addCounts, NO_TESTS, numberIn, type Count } from './count.js';

const LINE = /^ {2}(\d{1,12}) (passing|failing|pending)(?: \(\d+\w+\))?$/;
const KINDS = { passing: 'passed', failing: 'failed', pending: 'skipped' } as const;

/** Mocha: `  3 passing (12ms)`, then `  1 pending` and `  1 failing` where there are any. */
export function readMocha(lines: readonly string[]): Count | undefined {
  const parts = lines.flatMap((line) => {
    const [, digits, word] = LINE.exec(line) ?? [];
    return word === undefined ? [] : [{ ...NO_TESTS, [KINDS[word as keyof typeof KINDS]]: numberIn(digits) }];
  });
  return addCounts(parts);
}
