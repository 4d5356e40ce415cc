import { describe, expect, test } from 'vitest';
import type { FactOf, ProofRun } from '../../src/domain/facts.js';
import { isNoOp } from '../../src/domain/noOp.js';
import { scriptOf } from '../../src/domain/packageScript.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { inspectionRefusals, judgeRun, proofCommand, proofFormRefusals, summarizeProof, type SeenRun } from '../../src/domain/proofs.js';
import type { Proof } from '../../src/domain/ticket.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const ID = 'TKT-2026-11-21-fix-typo';
const proof = (more: Partial<Proof> = { run: ['npm', 'test'] }): Proof => ({ id: 'P1', ...more });

describe('proofCommand', () => {
  test.each([
    ['a list', { run: ['npm', 'run', 'a b'] }, ['npm', 'run', 'a b'], "npm run 'a b'"],
    ['a line', { run: 'npm run "a b"' }, ['npm', 'run', 'a b'], 'npm run "a b"'],
    ['a shell line', { shell: 'npm test | tee log' }, ['/bin/sh', '-c', 'npm test | tee log'], 'npm test | tee log'],
  ])('reads %s', (_name, form, argv, display) => {
    expect(proofCommand(proof(form))).toMatchObject({ ok: true, value: { argv, display } });
  });

  test.each([
    [{ run: 'npm test && true' }, 'shell-syntax-in-run'],
    [{ run: 'CI=1 npm test' }, 'shell-syntax-in-run'],
    [{ run: 'npm "test' }, 'run-unreadable'],
    [{ inspect: 'look' }, 'proof-form'],
    [{ run: 'npm test', shell: 'npm test' }, 'proof-form'],
    [{}, 'proof-form'],
  ])('refuses %j: %s', (form, code) => {
    const command = proofCommand(proof(form));
    expect(command.ok ? [] : command.refusals.map((refusal) => refusal.code)).toEqual([code]);
  });

  test('another command, limit or demand makes another proof; another spelling does not', () => {
    const definition = (form: Partial<Proof>): string => {
      const command = proofCommand(proof(form));
      return command.ok ? command.value.definition : '';
    };
    const plain = definition({ run: 'npm test' });
    expect(definition({ run: ['npm', 'test'] })).toBe(plain);
    for (const other of [{ run: 'npm tests' }, { run: 'npm test', timeout: 5 }, { run: 'npm test', expect: { tests_min: 2 } }, { run: 'npm test', must_fail_on_base: true }]) {
      expect(definition(other)).not.toBe(plain);
    }
  });

  test('an inspection is well formed, and stands only for documentation', () => {
    expect(proofFormRefusals(proof({ inspect: 'look' }))).toEqual([]);
    const paths = ['README.md', 'src/app.ts'] as RepoPath[];
    expect(inspectionRefusals(ID, [proof({ inspect: 'look' })], paths.slice(0, 1), ['**/*.md'])).toEqual([]);
    expect(inspectionRefusals(ID, [proof()], paths, ['**/*.md'])).toEqual([]);
    expect(inspectionRefusals(ID, [proof({ inspect: 'look' })], paths, ['**/*.md'])).toMatchObject([{ code: 'proof-inspection-not-allowed', facts: { paths: ['src/app.ts'] } }]);
  });
});

describe('isNoOp', () => {
  const shell = (script: string): string[] => ['/bin/sh', '-c', script];
  test.each([
    ['true'], ['/bin/true'], [':'], ['echo', 'all', 'good'], ['printf', 'x'], ['exit', '0'], ['env', 'A=1', 'true'], ['env', 'true'],
    shell('true'), shell(': '), shell('echo ok'), shell('exit 0'), shell('true && echo ok'), shell('npm test || true'), shell('npm test; exit 0'), shell('exit 0; npm test'), shell('true && exit 0; npm test'), shell('npm test || exit 0'), shell('true || exit 1; echo ok'), shell('exit'), shell('echo ok; exit'), shell('npm test; true; exit'),
    shell('npm test; true'), shell('npm test &'), shell('npm test | echo done'), shell('npm test || echo "it failed; never mind"'), shell('npm test\necho done'),
    shell('npm test > log 2>&1 || true'), shell('echo ok > log'), ['bash', '-lc', 'A=1 true'],
    ['node', '-e', '0'], ['node', '-e', ''], ['node', '--eval', 'console.log("ok"); process.exit(0)'], ['python3', '-c', 'pass'], ['node', '--version'], ['npm', '--version'],
    ['timeout', '5', 'true'], ['timeout', '-k', '1', '5', 'true'], ['test', '1'], ['[', '1', ']'],
    ['nice', '-n', '5', 'true'], ['env', '-u', 'X', 'true'], ['env', '-i', 'A=1', 'true'], ['time', '-p', 'true'], ['setsid', '--wait', 'true'], ['xargs', '-n', '1', 'true'], ['timeout', '-s', 'KILL', '5', 'true'],
    ['stdbuf', '-oL', 'echo', 'x'], ['nice', '--', 'true'], shell('(true)'), shell('{ true; }'), shell('eval true'), shell('nice -n 5 env -u X true'),
    ['[', '1', '=', '1', ']'], ['[', '1', '-eq', '1', ']'], ['test', 'a', '!=', 'b'], ['test', '-d', '.'], ['test', '-n', 'x'], ['test', '-z', ''], ['ls'], ['ls', '-la'], ['ls', '.'],
    ['node', '-v'], ['node', '-e', 'void 0'], ['git', 'version'], ['go', 'version'], ['python3', '-V'],
  ])('%s %s %s passes whatever the work is like', (...argv) => expect(isNoOp(argv)).toBe(true));

  test.each([
    ['npm', 'test'], ['node', 'true.js'], ['env', 'A=1', 'npm', 'test'], ['test', '-f', 'x'], ['exit', '1'], ['false'],
    shell('npm test'), shell('true && npm test'), shell('npm test && echo ok'), shell('test -f x'), shell('npm test | tee log'), shell('echo start; npm test'),
    shell('set -e; npm test; echo ok'), shell('grep -q bye a.txt || exit 1; echo all good'), shell('test -f a.txt || exit 2; test -f b.txt || exit 3; echo ok'), shell('false && exit 1; npm test; exit'), shell('npm test || exit; echo ok'), shell('cmp a b; exit $?'), shell('set -e; npm test; exit 0'), shell('test -f a.txt && exit 1; echo gone'), ['sh', '-ec', 'npm test; echo ok'], shell('cd web && npm test'), shell('if true; then false; fi'), shell('exit 1'),
    shell('echo "a || true"; npm test'), shell('npm test 2>&1'), ['sh', 'script.sh'], [],
    ['node', '-e', 'require("./app")'], ['node', '-e', 'process.exit(1)'], ['node', '-e', 'console.log(`${x}`)'], ['python3', '-c', 'import app'], ['timeout', '5', 'npm', 'test'],
    ['test', '-f', 'x'], ['[', '-d', 'x', ']'], ['test', 'a', '=', 'b'], ['node', '--test'], ['tool', '--help', 'x'], ['pytest', '-v'], ['timeout'],
    ['nice', '-n', '5', 'npm', 'test'], ['env', '-u', 'true', 'npm', 'test'], ['time', '-p', 'npm', 'test'], ['xargs', '-a', 'files', 'npm', 'test'], ['xargs', '-a', 'files', 'echo'], ['xargs', '--arg-file=files', 'true'], ['xargs', 'ls'], ['xargs', '-r', 'test', '-d', '.'], ['sh', '-c', 'cat files | xargs ls'], ['env', '-C', 'build', 'true'], ['timeout', '-s', 'KILL', '5', 'npm', 'test'], ['env', '-S', 'npm test'],
    shell('(npm test)'), shell('{ npm test; }'), shell('(cd web; npm test)'), shell('(true) && npm test'), shell('test "$x" = "$x"'), shell('test "$CI"'), shell('[ $(wc -l < log) != 0 ]'),
    ['[', '1', '=', '2', ']'], ['test', '-d', 'dist'], ['test', '-n', ''], ['ls', 'dist/app.js'], ['go', 'test'], ['git', 'diff', '--exit-code'], ['cargo', 'test', '-v'], ['./check', 'version'],
    ['node', '-e', "require('assert')(1)"], ['deno', 'test'], ['constructor', 'x'], ['python3', '-m', 'pytest'],
  ])('%s %s %s may fail', (...argv) => expect(isNoOp(argv)).toBe(false));
});

describe('scriptOf', () => {
  const manifest = JSON.stringify({ scripts: { test: 'true', lint: 'eslint .', pretest: 'node check.js', 'build': 'echo done' } });
  test.each<[string, string | undefined]>([
    ['npm test', 'true && node check.js'], ['npm t', 'true && node check.js'], ['pnpm run lint', 'eslint .'], ['npm run --silent build', 'echo done'], ['yarn build', 'echo done'],
    ['npm run gone --if-present', ''], ['npm run gone', undefined], ['npm ci', undefined], ['npm build', undefined], ['bun test', undefined], ['bun run test', 'true && node check.js'], ['npm test --prefix web', undefined], ['npm -w web test', undefined], ['node test', undefined],
  ])('%s', (line, script) => expect(scriptOf(line.split(' '), manifest)).toBe(script));

  test('says nothing without a readable manifest', () => {
    expect([scriptOf(['npm', 'test'], undefined), scriptOf(['npm', 'test'], '{')]).toEqual([undefined, undefined]);
  });
});

describe('judgeRun', () => {
  const MAIN_AT_1 = { branch: 'refs/heads/main', head: '1'.repeat(40) };
  const seen = (more: Partial<SeenRun> = {}): SeenRun => ({
    proof: proof(), argv: ['npm', 'test'], result: { ending: 'exited', exit: 0 }, timeout: 900, before: DIGEST, after: DIGEST, othersChanged: 0, ...more,
  });
  const counted = (passed: number, failed = 0, skipped = 0) => ({ reader: 'vitest', passed, failed, skipped });

  test.each<[string, Partial<SeenRun>, ProofRun['verdict'], RegExp?]>([
    ['tests passed', { counts: counted(3) }, 'passed'],
    ['no count, exit 0', {}, 'passed'],
    ['exit 1', { result: { ending: 'exited', exit: 1 }, counts: counted(2, 1) }, 'failed', /exit code 1; vitest counts 1 failed/],
    ['exit 0 with failed tests', { counts: counted(2, 1) }, 'failed', /although its exit code is 0/],
    ['a signal', { result: { ending: 'signalled', signal: 'SIGSEGV' } }, 'failed', /SIGSEGV/],
    ['a deadline', { result: { ending: 'timed-out', exit: 0 } }, 'timed-out', /900 s/],
    ['no program', { result: { ending: 'not-started', why: 'there is no program x on PATH' } }, 'not-started', /no program x/],
    ['zero tests', { counts: counted(0) }, 'vacuous', /no test that passed$/],
    ['all skipped', { counts: counted(0, 0, 4) }, 'vacuous', /\(4 skipped\)/],
    ['too few', { proof: proof({ run: 'npm test', expect: { tests_min: 5 } }), counts: counted(4) }, 'vacuous', /4 passed, and the ticket demands 5/],
    ['enough', { proof: proof({ run: 'npm test', expect: { tests_min: 5 } }), counts: counted(5) }, 'passed'],
    ['a demand without a count', { proof: proof({ run: 'npm test', expect: { tests_min: 1 } }) }, 'vacuous', /no count that can be read/],
    ['no JUnit file', { proof: proof({ run: 'npm test', junit: 'report.xml' as RepoPath }) }, 'vacuous', /no JUnit file/],
    ['a no-op', { argv: ['true'] }, 'vacuous', /whatever the work is like/],
    ['a no-op behind npm', { manifest: '{"scripts":{"test":"echo ok"}}' }, 'vacuous', /package.json \(echo ok\) ends well/],
    ['a real script behind npm', { manifest: '{"scripts":{"test":"node check.js"}}' }, 'passed'],
    ['another change set', { after: OTHER, counts: counted(3) }, 'unstable', /another one/],
    ['other files changed', { othersChanged: 2 }, 'unstable', /2 other paths differ/],
    ['a commit', { moved: { was: MAIN_AT_1, now: { ...MAIN_AT_1, head: '2'.repeat(40) } } }, 'unstable', /HEAD is another commit/],
    ['another branch', { moved: { was: MAIN_AT_1, now: { ...MAIN_AT_1, branch: 'refs/heads/x' } } }, 'unstable', /HEAD is on another branch/],
    ['a failure among changes', { result: { ending: 'exited', exit: 2 }, after: OTHER }, 'failed'],
  ])('%s', (_name, more, verdict, why) => {
    const judged = judgeRun(seen(more));
    expect(judged.verdict).toBe(verdict);
    expect(judged.why ?? '').toMatch(why ?? (verdict === 'passed' ? /^$/ : /./));
  });
});

describe('summarizeProof', () => {
  const read = proofCommand(proof());
  if (!read.ok) throw new Error('the proof of this test is malformed');
  const question = { ticket: ID, proof: proof(), command: read.value, changeSet: DIGEST, definition: DIGEST, since: 10, locked: 10, retries: 2 };
  const runs = (...verdicts: ProofRun['verdict'][]): FactOf<'proof-ran'>[] => verdicts.map((verdict, at) => ({
    v: 1, seq: 11 + at, prev: DIGEST, at: '2026-11-21T10:00:00.000Z', ticket: ID, by: { role: 'writer', name: 'Ada' }, origin: { seen: 'terminal' },
    kind: 'proof-ran', proof: 'P1', changeSet: DIGEST, definition: DIGEST, argv: ['npm', 'test'], verdict, duration: 5, polluted: 0, why: 'it is so',
    tests: { reader: 'vitest', passed: 1, failed: 0, skipped: 0 },
  }));
  const answer = (facts: FactOf<'proof-ran'>[], more: Partial<typeof question> = {}): unknown => {
    const verdict = summarizeProof({ ...question, ...more }, facts);
    return verdict.ok ? verdict.value : verdict.refusals[0]!.code;
  };

  test('a pass passes, and one without a count is unmeasured', () => {
    expect(answer(runs('passed'))).toEqual({ run: 11, how: 'passed', failures: 0, runs: 1 });
    expect(answer(runs('passed').map((run) => ({ ...run, tests: undefined })))).toMatchObject({ how: 'unmeasured' });
  });

  test('a pass after failures is flaky, and after too many it does not count', () => {
    expect(answer(runs('failed', 'timed-out', 'passed'))).toEqual({ run: 13, how: 'flaky', failures: 2, runs: 3 });
    expect(answer(runs('failed', 'failed', 'failed', 'passed'))).toBe('proof-flaky');
    expect(answer(runs('not-started', 'interrupted', 'passed'))).toMatchObject({ how: 'passed', failures: 0 });
  });

  test('work that is taken up again forgets no failure on the same change, and wants a run of its own', () => {
    expect(answer(runs('failed', 'passed'), { since: 11 })).toMatchObject({ run: 12, how: 'flaky', failures: 1, runs: 2 });
    expect(answer(runs('failed', 'failed', 'failed', 'passed'), { since: 13 })).toBe('proof-flaky');
    expect(answer(runs('failed', 'passed'), { since: 12 })).toBe('proof-missing');
  });

  test('only runs of this change, this definition and this piece of work count', () => {
    expect(answer(runs('failed', 'passed'), { since: 11, locked: 11 })).toMatchObject({ how: 'passed', runs: 1 });
    expect(answer(runs('passed'), { since: 11 })).toBe('proof-missing');
    expect(answer(runs('passed'), { changeSet: OTHER })).toBe('proof-missing');
    expect(answer(runs('passed'), { definition: OTHER })).toBe('proof-missing');
    expect(answer(runs('passed').map((run) => ({ ...run, proof: 'P2' })))).toBe('proof-missing');
  });

  test.each<[ProofRun['verdict'], string]>([
    ['failed', 'proof-failed'], ['vacuous', 'proof-vacuous'], ['timed-out', 'proof-timed-out'], ['unstable', 'proof-unstable'],
    ['not-started', 'proof-not-started'], ['interrupted', 'proof-interrupted'], ['not-exportable', 'proof-not-exportable'], ['passed-on-base', 'proof-passes-on-base'],
  ])('the last run decides: %s is refused as %s', (verdict, code) => {
    expect(answer(runs('passed', verdict))).toBe(code);
  });
});
