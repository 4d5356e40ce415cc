import { addCounts, numberIn, type Count } from './count.js';

const TOTAL = /^(?:#|ℹ) (tests|pass|fail|cancelled|skipped|todo) (\d{1,12})$/;
/** For a file without any test the runner reports the file itself as a test that passed. */
const FILE_AS_TEST = /^(?:ok \d+ - |✔ )\S*\.[cm]?[jt]sx?(?: \([\d.]+m?s\))?$/;

/** Node's own runner: `# tests 3`, `# pass 3`, … of its TAP reporter, `ℹ tests 3`, … of the others. */
export function readNode(lines: readonly string[]): Count | undefined {
  const summaries: Record<string, number>[] = [];
  let files = 0;
  for (const line of lines) {
    if (FILE_AS_TEST.test(line)) files += 1;
    const [, word, digits] = TOTAL.exec(line) ?? [];
    if (word === 'tests') summaries.push({});
    if (word !== undefined && summaries.length > 0) summaries.at(-1)![word] = numberIn(digits);
  }
  const count = addCounts(summaries.filter((summary) => summary['pass'] !== undefined).map(countOf));
  return count === undefined ? undefined : { ...count, passed: Math.max(0, count.passed - files) };
}

const countOf = (summary: Record<string, number>): Count => ({
  passed: summary['pass'] ?? 0,
  failed: (summary['fail'] ?? 0) + (summary['cancelled'] ?? 0),
  skipped: (summary['skipped'] ?? 0) + (summary['todo'] ?? 0),
});
