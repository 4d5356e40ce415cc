import { addCounts, NO_TESTS, numberIn, type Count } from './count.js';

const PASSING = /^ {2}(\d{1,12}) passing \(\d+\w+\)$/;
const OTHERS = /^ {2}(\d{1,12}) (pending|failing)$/;
const KINDS = { pending: 'skipped', failing: 'failed' } as const;

/** What a script runner prints before the next run of a workspace. */
const BEGINNING = /^(?:> |\$ |yarn run |\S{1,120} test\$ )/;

/**
 * Mocha ends with `  3 passing (12ms)`, and right below it `  1 pending` and `  1 failing` where there are any. A test
 * may print such an end itself, but only before the real one: of several ends of one run the last is heard.
 */
export function readMocha(lines: readonly string[]): Count | undefined {
  const ends: Count[] = [];
  let isNewRun = true;
  lines.forEach((line, at) => {
    isNewRun ||= BEGINNING.test(line);
    const passed = PASSING.exec(line)?.[1];
    if (passed === undefined) return;
    if (!isNewRun) ends.pop();
    ends.push({ ...NO_TESTS, passed: numberIn(passed), ...others(lines.slice(at + 1, at + 3)) });
    isNewRun = false;
  });
  return addCounts(ends);
}

function others(lines: readonly string[]): Partial<Count> {
  const words = lines.map((line) => OTHERS.exec(line));
  const adjoining = words.slice(0, words.indexOf(null) < 0 ? words.length : words.indexOf(null));
  return Object.fromEntries(adjoining.map((match) => [KINDS[match![2] as keyof typeof KINDS], numberIn(match![1])]));
}
