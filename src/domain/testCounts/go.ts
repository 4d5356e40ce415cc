import { addCounts, NO_TESTS, type Count } from './count.js';

const TEST = /^\s*--- (PASS|FAIL|SKIP): \S+ \([\d.]+s\)$/;
const PACKAGE = /^(ok|FAIL)\s+\S+\s+(?:\(cached\)|[\d.]+s)(.*)$/;
const NO_TEST_FILES = /^\?\s+\S+\s+\[no test files\]$/;

/**
 * Go: with `-v` every test is a line; without, a package that is `ok` holds at least one test that passed, and it
 * counts as one.
 */
export function readGo(lines: readonly string[]): Count | undefined {
  const tests = lines.flatMap((line) => TEST.exec(line)?.[1] ?? []).map((word) => countOf(word));
  const packages = lines.flatMap((line) => {
    if (NO_TEST_FILES.test(line)) return [NO_TESTS];
    const [, word, rest] = PACKAGE.exec(line) ?? [];
    if (word === undefined) return [];
    return [rest!.includes('[no tests to run]') ? NO_TESTS : countOf(word)];
  });
  if (packages.length === 0) return undefined;
  const passedSilently = addCounts(packages)!;
  const counted = addCounts(tests);
  // Without -v only failures are lines of their own: the packages then say what passed.
  return counted === undefined || counted.passed === 0 ? { ...passedSilently, failed: Math.max(passedSilently.failed, counted?.failed ?? 0) } : counted;
}

const countOf = (word: string): Count => ({
  passed: word === 'PASS' || word === 'ok' ? 1 : 0,
  failed: word === 'FAIL' ? 1 : 0,
  skipped: word === 'SKIP' ? 1 : 0,
});
