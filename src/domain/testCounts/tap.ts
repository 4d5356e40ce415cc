import { addCounts, NO_TESTS, type Count } from './count.js';

const PLAN = /^1\.\.\d{1,12}(?:\s+#.*)?$/;
/** Subtests are indented: only the top level is counted. */
const TEST = /^(ok|not ok)\b(.*)$/;
const DIRECTIVE = /(?:^|\s)# *(skip|todo)/i;

/** TAP: a plan `1..N`, and lines of `ok` and `not ok`, some with the directive SKIP or TODO. */
export function readTap(lines: readonly string[]): Count | undefined {
  if (!lines.some((line) => PLAN.test(line))) return undefined;
  return addCounts([NO_TESTS, ...lines.flatMap((line) => {
    const [, word, rest] = TEST.exec(line) ?? [];
    return word === undefined ? [] : [countOf(word, rest!)];
  })]);
}

function countOf(word: string, rest: string): Count {
  if (DIRECTIVE.test(rest)) return { ...NO_TESTS, skipped: 1 };
  return word === 'ok' ? { ...NO_TESTS, passed: 1 } : { ...NO_TESTS, failed: 1 };
}
