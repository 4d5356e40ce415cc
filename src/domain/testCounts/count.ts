/** How many tests ended how. A test that was expected to fail, or that is still to be written, counts as skipped. */
export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** The same, and who counted. */
export interface TestCounts extends Count {
  reader: string;
}

export const NO_TESTS: Count = { passed: 0, failed: 0, skipped: 0 };

/** Adds up the summaries of several suites; nothing when there was none. */
export function addCounts(counts: readonly Count[]): Count | undefined {
  if (counts.length === 0) return undefined;
  return counts.reduce((sum, count) => ({
    passed: sum.passed + count.passed,
    failed: sum.failed + count.failed,
    skipped: sum.skipped + count.skipped,
  }));
}

/** A number as a runner prints it. One that no test suite reaches is capped, so that sums stay exact. */
export const numberIn = (digits: string | undefined): number => Math.min(Number(digits ?? '0'), 1_000_000_000);

/** What each word of a summary counts as. */
export type Meaning = Record<string, keyof Count>;

/** Reads `2 failed | 3 passed`, `1 skipped, 4 total`: numbers before words, of which those with a meaning count. */
export function countWords(text: string, meaning: Meaning): Count {
  const count = { ...NO_TESTS };
  for (const [, digits, word] of text.matchAll(/(\d{1,12}) ([a-z]+)/g)) {
    const kind = Object.hasOwn(meaning, word!) ? meaning[word!] : undefined;
    if (kind !== undefined) count[kind] += numberIn(digits);
  }
  return count;
}
