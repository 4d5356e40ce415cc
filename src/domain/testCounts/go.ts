import { NO_TESTS, type Count } from './count.js';
import { readGoEvents } from './goEvents.js';

const RUN = /^=== RUN\s+(\S+)$/;
/** What a test printed without a line end stands before it. */
const ENDED = /--- (PASS|FAIL|SKIP): (\S+) \([\d.]+s\)$/;
const FAILED = /^\s*--- FAIL: \S+ \([\d.]+s\)$/;
const PACKAGE = /^(?:ok|FAIL)\s+\S+\s+(?:\(cached\)|[\d.]+s)(.*)$/;
const NO_TEST_FILES = /^(?:\?\s+\S+\s+\[no test files\]|\s+\S+\s+coverage: 0\.0% of statements)$/;

/**
 * Go: with `-json` every test is an event, with `-v` a line. Without either, a package that is `ok` says only that no
 * test failed (all may have been skipped), so there is no count; that there was nothing to run is said in every form.
 */
export function readGo(lines: readonly string[]): Count | undefined {
  const events = readGoEvents(lines);
  if (events !== undefined) return events;
  const packages = lines.flatMap((line) => PACKAGE.exec(line)?.[1] ?? []);
  if (packages.length === 0) return lines.some((line) => NO_TEST_FILES.test(line)) ? NO_TESTS : undefined;
  const tests = endedTests(lines);
  if (tests !== undefined) return tests;
  // Only failures are lines of their own then.
  const failed = lines.filter((line) => FAILED.test(line)).length;
  if (failed > 0) return { ...NO_TESTS, failed };
  return packages.every((rest) => rest.includes('[no tests to run]')) ? NO_TESTS : undefined;
}

const KINDS = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' } as const;

/** The tests that ended, of those that were seen to begin; nothing when none was. A line that only looks like an end is none. */
function endedTests(lines: readonly string[]): Count | undefined {
  const running = new Map<string, number>();
  const count = { ...NO_TESTS };
  let begun = 0;
  for (const line of lines) {
    const name = RUN.exec(line)?.[1];
    if (name !== undefined) {
      running.set(name, (running.get(name) ?? 0) + 1);
      begun += 1;
    }
    const [, word, ended] = ENDED.exec(line) ?? [];
    const open = ended === undefined ? 0 : running.get(ended) ?? 0;
    if (open === 0) continue;
    running.set(ended!, open - 1);
    count[KINDS[word as keyof typeof KINDS]] += 1;
  }
  return begun === 0 ? undefined : count;
}
