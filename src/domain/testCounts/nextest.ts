import { NO_TESTS, numberIn, type Count } from './count.js';

const SUMMARY = /^ {0,12}Summary \[ *[\d.]+s\] (?:\d{1,12}\/)?(\d{1,12}) tests? run: (\d.*)$/;
const PART = /(\d{1,12}) (passed|failed|exec failed|timed out|skipped)\b/g;
/** Of those that passed, some were slow: what stands in brackets was counted already. */
const ASIDE = /\([^()]*\)/g;
const KINDS = { passed: 'passed', skipped: 'skipped' } as const;

/** Cargo's nextest: `     Summary [   0.012s] 4 tests run: 3 passed (1 slow), 1 failed, 2 skipped`. The last one counts: it comes when all have run. */
export function readNextest(lines: readonly string[]): Count | undefined {
  const told = lines.flatMap((line) => SUMMARY.exec(line)?.[2] ?? []).at(-1);
  if (told === undefined) return undefined;
  const count = { ...NO_TESTS };
  for (const [, digits, word] of told.replace(ASIDE, '').matchAll(PART)) count[KINDS[word as keyof typeof KINDS] ?? 'failed'] += numberIn(digits);
  return count;
}
