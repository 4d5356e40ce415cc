import { describe, expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import { tamperings, type Tampering } from '../../src/domain/tampering.js';
import type { Proof } from '../../src/domain/ticket.js';

const TESTS = ['tests/**', '**/*.test.*', '**/test_*.py', '**/*_test.*'];
const proofs: Proof[] = [{ id: 'P1', run: ['npx', 'vitest', 'run', './tests/a.test.ts'] }, { id: 'P2', shell: 'scripts/check.sh && true' }];

function look(path: string, before: string | undefined, after: string | undefined): Tampering {
  return tamperings({ ticket: 'TKT-2026-11-21-fix-typo', files: [{ path: path as RepoPath, before, after }], proofs, tests: TESTS });
}
const refusals = (found: Tampering): string[] => found.refusals.map((refusal) => refusal.code);
const whys = (found: Tampering): string[] => found.sensitive.map(({ why }) => why);
const TWO = "test('a', () => {\n  expect(1).toBe(1);\n});\ntest('b', () => {\n  expect(2).toBe(2);\n});\n";

describe('what is refused', () => {
  test.each([
    ['tests/b.test.ts', TWO.replace('test(', 'test.only('), 'test.only', 1],
    ['tests/b.test.ts', TWO.replace("test('b'", "fit('b'"), 'fit', 4],
    ['tests/b.test.ts', TWO.replace("test('b'", "/* regression */ test.only('b'"), 'test.only', 4],
    ['tests/b.test.ts', TWO.replace("test('b'", "void/**/ it.only('b'"), 'it.only', 4],
    ['tests/b.test.ts', TWO.replace("test('a'", "/* of\n * two\n */ test.only('a'"), 'test.only', 3],
    ['tests/b.test.ts', TWO.replace("test('a'", "const only = test.only; test('a'"), 'test.only', 1],
    ['tests/b.test.ts', `describe.each([1]).x\n${TWO}  describe.only('x', () => {});\n`, 'describe.only', 8],
  ])('%s: a mark that leaves the others out', (path, after, found, line) => {
    expect(look(path, TWO, after).refusals).toMatchObject([{ code: 'test-narrowed', facts: { found, line } }]);
  });

  test('a mark that was there before is nobody’s doing, one more is', () => {
    const only = TWO.replace('test(', 'test.only(');
    expect(refusals(look('tests/b.test.ts', only, `// moved\n${only}`))).toEqual([]);
    expect(refusals(look('tests/b.test.ts', only, only.replace("test('b'", "test.only('b'")))).toEqual(['test-narrowed']);
  });

  test.each([['deleted', undefined], ['emptied', ''], ['commented out', TWO.replace(/^/gm, '// ')]])('a file that a proof names is %s', (_how, after) => {
    expect(refusals(look('tests/a.test.ts', TWO, after))).toEqual(['test-emptied']);
  });

  test('a file that no proof names may go, but is shown', () => {
    const found = look('tests/b.test.ts', TWO, undefined);
    expect(refusals(found)).toEqual([]);
    expect(whys(found)).toEqual(['a test file was deleted']);
  });
});

describe('what is shown to the reviewer', () => {
  test.each([
    ['tests/b.test.ts', TWO, TWO.replace('test(', 'test.skip('), /line 1 adds test\.skip/],
    ['tests/b.test.ts', TWO, TWO.replace('test(', '/**/ test.skip('), /line 1 adds test\.skip/],
    ['tests/b.test.ts', TWO, TWO.replace('test(', 'it.todo('), /adds it\.todo/],
    ['tests/b.test.ts', TWO, TWO.replace('test(', 'xit('), /adds xit/],
    ['tests/test_a.py', 'def test_a():\n    assert f()\n', '@pytest.mark.skip\ndef test_a():\n    assert f()\n', /adds @pytest\.mark\.skip/],
    ['a.test.js', "import { equal, ok as yes } from 'node:assert/strict';\ntest('a', () => { equal(1, f()); yes(g()); });\n", "import { equal, ok as yes } from 'node:assert/strict';\ntest('a', () => { equal(1, f()); });\n", /holds 1 assertions, and held 2/],
    ['a.test.js', "const { deepEqual: same } = require('assert');\ntest('a', () => same(1, f()));\n", "const { deepEqual: same } = require('assert');\ntest('a', () => {});\n", /holds 0 assertions, and held 1/],
    ['tests/test_a.py', 'def test_a():\n    assert f()\n    assert g()\n', 'def test_a():\n    assert f()\n', /holds 1 assertions, and held 2/],
    ['a_test.go', 'func TestA(t *testing.T) {\n}\n', 'func TestA(t *testing.T) {\n\tt.Skip("later")\n}\n', /adds t\.Skip/],
    ['tests/a.rs', '#[test]\nfn a() { assert!(x); }\n', '#[test]\n#[ignore]\nfn a() { assert!(x); }\n', /adds #\[ignore/],
    ['tests/b.test.ts', TWO, TWO.slice(0, TWO.indexOf("test('b'")), /holds 1 tests, and held 2/],
    ['scripts/check.sh', 'npm test\n', 'true\n', /P2 runs this file/],
    ['package.json', '{"scripts":{"test":"vitest"}}', '{"scripts":{"test":"true"}}', /its scripts/],
    ['package.json', '{}', '{', /its scripts/],
    ['web/Makefile', 'test:\n', 'test:\n\ttrue\n', /build and test commands/],
    ['vitest.config.ts', '', 'export default {}', /settings of a test runner/],
  ])('%s', (path, before, after, why) => {
    const found = look(path, before, after);
    expect(refusals(found)).toEqual([]);
    expect(whys(found).some((each) => why.test(each))).toBe(true);
  });

  test.each([
    ['an added test', 'tests/b.test.ts', TWO, `${TWO}test('c', () => { expect(3).toBe(3); });\n`],
    ['a new test file', 'tests/c.test.ts', undefined, TWO],
    ['a mark in quoted text', 'tests/c.test.ts', undefined, `${TWO}const text = "test.only('x')";\n`],
    ['a mark in a comment', 'tests/c.test.ts', undefined, `${TWO}// test.only('x')\n`],
    ['a mark in a block comment', 'tests/c.test.ts', undefined, `${TWO}/* never: test.only('x') */\n/**\n * test.only('x')\n * test.skip */\n`],
    ['words that only look like marks', 'tests/c.test.ts', TWO, `${TWO}unfit('x'); query.skip(3); split.only;\n`],
    ['product code', 'src/skip.ts', 'it.skip()', 'it.only()'],
    ['another version number', 'package.json', '{"version":"1","scripts":{}}', '{"version":"2","scripts":{}}'],
    ['an unknown language', 'tests/data.txt', 'test.only', 'test.only assert'],
  ])('%s raises nothing', (_name, path, before, after) => {
    expect(look(path, before, after)).toEqual({ refusals: [], sensitive: [] });
  });
});
