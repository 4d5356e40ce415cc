import fc from '../support/property.js';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTestCounts, readTestReport } from '../../src/domain/testCounts.js';

const counts = (reader: string, passed: number, failed: number, skipped: number) => ({ reader, passed, failed, skipped });
const nodeTotals = (mark: string, [tests, pass, fail, cancelled, skipped, todo]: number[]): string =>
  `${mark} tests ${tests}\n${mark} suites 0\n${mark} pass ${pass}\n${mark} fail ${fail}\n${mark} cancelled ${cancelled}\n${mark} skipped ${skipped}\n${mark} todo ${todo}\n${mark} duration_ms 5.1\n`;

describe('readTestCounts', () => {
  test.each([
    ['node, TAP', `TAP version 13\n# Subtest: x\nok 1 - x\n1..1\n${nodeTotals('#', [5, 3, 0, 1, 1, 0])}`, counts('node', 3, 1, 1)],
    ['node, spec', nodeTotals('ℹ', [4, 2, 1, 0, 0, 1]), counts('node', 2, 1, 1)],
    ['node, no test at all', `1..0\n${nodeTotals('#', [0, 0, 0, 0, 0, 0])}`, counts('node', 0, 0, 0)],
    ['node, a file without tests', `TAP version 13\n# Subtest: /r/a/empty.test.mjs\nok 1 - /r/a/empty.test.mjs\n1..1\n${nodeTotals('#', [1, 1, 0, 0, 0, 0])}`, counts('node', 0, 0, 0)],
    ['node, a file without tests, spec', `✔ <repository>/a/empty.test.mjs (281.6ms)\n${nodeTotals('ℹ', [1, 1, 0, 0, 0, 0])}`, counts('node', 0, 0, 0)],
    ['vitest', ' Test Files  1 failed | 1 passed (2)\n      Tests  2 failed | 3 passed | 1 skipped (6)\n   Start at  10:00:00', counts('vitest', 3, 2, 1)],
    ['vitest, nothing', 'No test files found, exiting with code 0', counts('vitest', 0, 0, 0)],
    ['vitest, no tests', ' Test Files  1 passed (1)\n      Tests  no tests', counts('vitest', 0, 0, 0)],
    ['jest', 'Test Suites: 1 failed, 1 total\nTests:       1 failed, 1 skipped, 1 todo, 2 passed, 5 total\nSnapshots:   0 total', counts('jest', 2, 1, 2)],
    ['jest, nothing', 'No tests found, exiting with code 0', counts('jest', 0, 0, 0)],
    ['pytest', '============ 1 failed, 3 passed, 2 skipped, 1 xfailed, 4 warnings in 0.12s ============', counts('pytest', 3, 1, 3)],
    ['pytest -q', '...\n3 passed, 1 error in 62.10s (0:01:02)', counts('pytest', 3, 1, 0)],
    ['pytest, nothing', '===== no tests ran in 0.01s =====', counts('pytest', 0, 0, 0)],
    ['pytest, all deselected', '===== 4 deselected in 0.01s =====', counts('pytest', 0, 0, 0)],
    ['unittest', '..F\n----\nRan 5 tests in 0.001s\n\nFAILED (failures=1, errors=1, skipped=1)', counts('unittest', 2, 2, 1)],
    ['unittest, nothing', 'Ran 0 tests in 0.000s\n\nOK', counts('unittest', 0, 0, 0)],
    ['cargo -q', '\nrunning 4 tests\n..i.\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\nrunning 3 tests\ntest result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out', counts('cargo', 4, 2, 1)],
    ['go, failed', '--- FAIL: TestA (0.00s)\n    a_test.go:3: no\nFAIL\nFAIL\texample.org/a\t0.002s\nok  \texample.org/b\t0.1s', counts('go', 0, 1, 0)],
    ['go, nothing', '?   \texample.org/c\t[no test files]\nok  \texample.org/b\t0.1s [no tests to run]', counts('go', 0, 0, 0)],
    ['go, no file with tests', '?   \texample.org/c\t[no test files]', counts('go', 0, 0, 0)],
    ['nextest, nothing', '     Summary [   0.001s] 0 tests run: 0 passed, 3 skipped', counts('nextest', 0, 0, 3)],
    ['mocha', '\n  3 passing (12ms)\n  1 pending\n  2 failing\n', counts('mocha', 3, 2, 1)],
    ['mocha, nothing', '\n\n  0 passing (1ms)\n', counts('mocha', 0, 0, 0)],
    ['TAP', 'TAP version 14\n1..4\nok 1 - a\n    not ok 1 - inner\n    1..1\nnot ok 2 - b\nok 3 # SKIP later\nnot ok 4 # TODO some day', counts('tap', 1, 1, 2)],
    ['TAP, nothing', '1..0 # no tests', counts('tap', 0, 0, 0)],
    ['JUnit in the output', '3 < 5 isn\'t\n<testsuite tests="3" failures="1" skipped="1"></testsuite>', counts('junit', 1, 1, 1)],
  ])('%s', (_name, log, expected) => {
    expect(readTestCounts(log)).toEqual(expected);
  });

  test.each([
    ['cargo', 'cargo', 3, 0, 1],
    ['cargo-failed', 'cargo', 4, 1, 1],
    ['cargo-nothing', 'cargo', 0, 0, 0],
    ['nextest-failed', 'nextest', 3, 2, 1],
    ['go-v', 'go', 3, 0, 1],
    ['go-json', 'go', 2, 1, 1],
    ['go-json-nothing', 'go', 0, 0, 0],
    ['mocha', 'mocha', 2, 0, 0],
    ['mocha-failed', 'mocha', 3, 1, 2],
    ['mocha-nothing', 'mocha', 0, 0, 0],
  ])('reads the log %s, and none of what its tests print', (name, reader, passed, failed, skipped) => {
    expect(readTestCounts(readFileSync(`tests/fixtures/testCounts/${name}.txt`, 'utf8'))).toEqual(counts(reader, passed, failed, skipped));
  });

  test('says of go packages that are ok only what they say: their tests may all have been skipped', () => {
    expect(readTestCounts('ok  \texample.org/a\t0.002s\nok  \texample.org/b\t(cached)\n?   \texample.org/c\t[no test files]')).toBeUndefined();
  });

  test('adds up the runs of mocha in a workspace', () => {
    expect(readTestCounts('> a@1.0.0 test\n> mocha\n\n  3 passing (2ms)\n\n> b@1.0.0 test\n> mocha\n\n  1 passing (2ms)\n  2 pending\n')).toEqual(counts('mocha', 4, 0, 2));
  });

  test.each(['', 'All matched files use Prettier code style!', '3 files checked', 'ok', 'tests 3', 'Tests run fine', '3 tests passed'])(
    'knows no count in %j', (log) => expect(readTestCounts(log)).toBeUndefined());

  test('adds up the suites of a workspace, whatever stands before their lines', () => {
    const log = 'packages/a test:       Tests  3 passed (3)\n[b]:       Tests  1 failed | 2 passed (3)\nweb:test:       Tests  4 skipped (4)';
    expect(readTestCounts(log)).toEqual(counts('vitest', 5, 1, 4));
  });

  test('hears the runner that counted a test', () => {
    expect(readTestCounts('No tests found, exiting with code 0\n  2 passing (3ms)')).toEqual(counts('mocha', 2, 0, 0));
    expect(readTestCounts('No tests found, exiting with code 0\n\n  0 passing (3ms)')?.reader).toBe('jest');
  });

  test('reads any text in time, and never counts below zero', () => {
    const line = fc.constantFrom('# tests 1', '# pass 0', 'ok 1 - a.js', '1..2', 'Ran 1 test in 0s', 'FAILED (failures=7)', '  1 passing (1ms)', '  2 failing', 'running 1 test', 'test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured;', '=== RUN   T', '--- PASS: T (0.1s)', 'ok  \tp\t0.1s', '{"Action":"pass","Package":"p"}', '{"Action":7}', '     Summary [ 1s] 1 test run: 1 passed', '<testsuite tests="1" failures="9">', '\t');
    fc.assert(fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
      const read = readTestCounts(lines.join('\n'));
      for (const number of [read?.passed, read?.failed, read?.skipped]) expect(number ?? 0).toBeGreaterThanOrEqual(0);
    }));
  });

  test.each([
    ['spaces', ' '.repeat(200_000)],
    ['equals signs', '='.repeat(200_000)],
    ['numbers', '1 passed, '.repeat(50_000)],
    ['a word', 'test:'.repeat(50_000)],
    ['open tags', '<testsuite a="'.repeat(50_000)],
    ['open comments', '<testsuite><!-- '.repeat(50_000)],
  ])('is quick with many %s', (_name, log) => {
    const start = performance.now();
    readTestCounts(log);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('readTestReport', () => {
  test.each([
    ['counts the cases', '<?xml version="1.0"?><testsuites tests="9"><testsuite name="a > b" tests="9"><testcase name="1"/><testcase name="2"><failure message="x">&lt;</failure></testcase><testcase name="3"><skipped/></testcase><testcase name="4"><error/></testcase><testcase name="5"></testcase></testsuite></testsuites>', counts('junit', 2, 2, 1)],
    ['trusts the outermost suites when no case is listed', '<testsuites tests="7" failures="1" errors="1" skipped="2"><testsuite tests="7"/></testsuites>', counts('junit', 3, 2, 2)],
    ['adds up suites side by side', '<testsuite tests="1"/><testsuite tests=\'2\'/>', counts('junit', 3, 0, 0)],
    ['counts one case once', '<testsuite><testcase><failure/><error/><skipped/></testcase></testsuite>', counts('junit', 0, 1, 0)],
    ['takes nothing out of text, comments or CDATA', '<testsuite><!-- <testcase/> --><system-out><![CDATA[<testcase/>]]></system-out><testcase/></testsuite>', counts('junit', 1, 0, 0)],
    ['expands no entity', '<!DOCTYPE x [<!ENTITY a "<testcase/>">]><testsuite tests="0">&a;</testsuite>', counts('junit', 0, 0, 0)],
    ['knows an empty report', '<testsuites/>', counts('junit', 0, 0, 0)],
  ])('%s', (_name, xml, expected) => expect(readTestReport(xml)).toEqual(expected));

  test.each(['', '<html></html>', 'no xml', '<testsuite'])('finds no report in %j', (xml) => expect(readTestReport(xml)).toBeUndefined());
});
