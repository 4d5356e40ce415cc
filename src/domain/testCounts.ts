import { readCargo } from './testCounts/cargo.js';
import type { Count, TestCounts } from './testCounts/count.js';
import { readGo } from './testCounts/go.js';
import { readJest } from './testCounts/jest.js';
import { readJUnit } from './testCounts/junit.js';
import { readMocha } from './testCounts/mocha.js';
import { readNextest } from './testCounts/nextest.js';
import { readNode } from './testCounts/node.js';
import { readPytest } from './testCounts/pytest.js';
import { readTap } from './testCounts/tap.js';
import { readUnittest } from './testCounts/unittest.js';
import { readVitest } from './testCounts/vitest.js';

export type { TestCounts } from './testCounts/count.js';

/** Finds the summaries that one kind of test runner prints, and adds them up; nothing when there is none. */
type Reader = (lines: readonly string[]) => Count | undefined;

/** The particular before the general. */
const READERS: [name: string, read: Reader][] = [
  ['node', readNode],
  ['vitest', readVitest],
  ['jest', readJest],
  ['pytest', readPytest],
  ['unittest', readUnittest],
  ['cargo', readCargo],
  ['nextest', readNextest],
  ['go', readGo],
  ['mocha', readMocha],
  ['tap', readTap],
];

/** What workspace runners put before each line of a script: `[pkg]: `, `pkg test: `, `pkg:test: `. */
const PREFIX = /^(?:\[[^\]\s]{1,120}\]:? |[^\s:]{1,120} test(?::\w{1,40})?: |[^\s:]{1,120}:test(?::\w{1,40})?: )/;

/**
 * Reads test counts out of a log without escape sequences. Where runners of several kinds spoke, the first that counted
 * a test is heard; all summaries of that one are added up. Nothing when no runner is recognised.
 */
export function readTestCounts(log: string): TestCounts | undefined {
  const lines = log.split('\n').map((line) => line.replace(PREFIX, '').trimEnd());
  const heard: TestCounts[] = [];
  for (const [reader, read] of READERS) {
    // The TAP of node's runner is the same run told again.
    const count = reader === 'tap' && heard.some((other) => other.reader === 'node') ? undefined : read(lines);
    if (count === undefined) continue;
    if (hasTests(count)) return { reader, ...count };
    heard.push({ reader, ...count });
  }
  return reportIn(log) ?? heard[0];
}

/** A report that was printed: it begins where its first suite does. */
function reportIn(log: string): TestCounts | undefined {
  const start = log.search(/<testsuites?[\s>]/);
  return start < 0 ? undefined : readTestReport(log.slice(start));
}

/** Reads a JUnit XML report. */
export function readTestReport(xml: string): TestCounts | undefined {
  const count = readJUnit(xml);
  return count === undefined ? undefined : { reader: 'junit', ...count };
}

const hasTests = ({ passed, failed, skipped }: Count): boolean => passed + failed + skipped > 0;
