import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { entryOf, type Code } from '../../src/domain/codes/index.js';
import { subjects } from '../../src/domain/codes/pages/index.js';
import { ownPath, pathFromBytes } from '../../src/domain/paths.js';
import { sh } from '../../src/domain/shellLine.js';
import { workingFrom } from '../../src/domain/workingFrom.js';

const pages = Object.values(subjects).flatMap((table) => Object.entries(table)) as [Code, { example: unknown }][];
const ODD = [ownPath('a b'), ownPath("it's"), ownPath('a\nb\n'), pathFromBytes(Buffer.from([0x66, 0xff])), ownPath('-x'), ownPath('a&b|c;d>e')];
/** Every command of the table of codes, and some that verbs make. */
const COMMANDS = [...new Set([
  ...pages.flatMap(([code, { example }]) => entryOf(code).commands(example as never)),
  ...ODD.flatMap((path) => [sh`git add -- ${path}`, sh`git -C ${path} status`, sh`rm -- ${path}`, sh`mkdir -p -- ${path} && cp -- /kept/copy ${path}`]),
  'git ls-files', 'git stash pop', 'git push origin main', 'git status --short',
])];

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cxw-working-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ROOT = join(folder, 'repo');
mkdirSync(join(ROOT, 'src/deep'), { recursive: true });
mkdirSync(join(folder, "it's else"));
mkdirSync(join(folder, 'decoy/repo'), { recursive: true });
symlinkSync(join(ROOT, 'src/deep'), join(folder, 'link'));

/** Every program says where it works and with which words, and does nothing; one that `-C` sends to the root goes there. */
const STUBS = [
  ...['cat', 'chmod', 'cp', 'cxw', 'date', 'df', 'git', 'kill', 'ln', 'ls', 'mkdir', 'mv', 'node', 'npm', 'printf_', 'rm', 'unset_'].map((name) =>
    `${name}() (if test "$1" = -C && test "$(CDPATH=; cd -P -- "$2" 2>&1 && pwd)" = "$ROOT"; then cd -- "$ROOT"; shift 2; fi; printf '\\002%s\\000%s' "$(pwd -P)" ${name} >&3; printf '\\000%s' "$@" >&3; case $1 in rev-parse) printf /dev/null;; esac)`),
  'for command; do printf "\\001" >&3; (eval "$command"); done',
].join('\n');

interface Call { at: string; words: string[] }

/** What each command calls where it is typed in a folder. */
function calledFrom(cwd: string, commands: readonly string[]): Call[][] {
  const [script, into] = [join(folder, 'script'), join(folder, 'called')];
  writeFileSync(script, STUBS);
  const typed = commands.map((command) => command.replace(/^unset /, 'unset_ ').replace(/printf '%s/g, "printf_ '%s"));
  const { stderr } = spawnSync('sh', ['-c', `. "$0" 3>"${into}"`, script, ...typed], { cwd, env: { ROOT, PWD: cwd, CDPATH: join(folder, 'decoy'), PATH: '/usr/bin:/bin' }, encoding: 'utf8' });
  expect(stderr).toBe('');
  return execFileSync('cat', [into], { encoding: 'latin1' }).split('\u0001').slice(1)
    .map((calls) => calls.split('\u0002').slice(1).map((call) => call.split('\0')).map(([at, ...words]) => ({ at: at!, words })));
}

const wholeCheckout = { isSparse: false };

describe('a command that is written for the root does the same', () => {
  const meant = calledFrom(ROOT, COMMANDS);
  const placed = ({ at, words }: Call): string => `${at}: ${words.join('\0')}`;

  test.each([
    ['in a subfolder', join(ROOT, 'src/deep'), { root: '../..' }],
    ['in a subfolder, reached through a link', join(folder, 'link'), { root: '../..' }],
  ])('%s', (_, cwd, where) => {
    const turned = COMMANDS.map(workingFrom({ ...where, ...wholeCheckout }));
    calledFrom(cwd, turned).forEach((calls, at) => {
      expect(calls.map(({ words }) => words), turned[at]).toEqual(meant[at]!.map(({ words }) => words));
      // What stays as it is names no path, or is ours to find.
      if (turned[at] === COMMANDS[at]) expect(turned[at]).not.toMatch(/^(?!cxw ).* -- |^(?:chmod|cp|mv|npm|rm) /);
      else expect(calls.map(placed), turned[at]).toEqual(meant[at]!.map(placed));
    });
  });

  test.each([
    ['from a folder beside it', folder, { root: 'repo', directory: 'repo' }],
    ['from another', join(folder, "it's else"), { root: '../repo', directory: '../repo' }],
    ['from anywhere, by its whole name', '/', { root: ROOT, directory: ROOT }],
  ])('%s, where cxw was told to go', (_, cwd, where) => {
    const turned = COMMANDS.map(workingFrom({ ...where, ...wholeCheckout }));
    calledFrom(cwd, turned).forEach((calls, at) => {
      expect(calls.map(({ words }) => words), turned[at]).toEqual(meant[at]!.map(({ words }) => words));
      if (turned[at] === COMMANDS[at]) expect(turned[at]).toMatch(/^(?:cxw (?:explain|guide|schema|-C) ?|cxw .*--help$|git --version|git config --global|date|kill|unset|node )/);
      else expect(calls.map(placed), turned[at]).toEqual(meant[at]!.map(placed));
    });
  });
});

describe('a command that is typed elsewhere', () => {
  const below = workingFrom({ root: '..', ...wholeCheckout });
  const beside = workingFrom({ root: "it's", directory: "it's", ...wholeCheckout });

  test.each([
    ['git push origin main', 'git push origin main'],
    ['git switch main', 'git switch main'],
    ['git config user.name NAME', 'git config user.name NAME'],
    ['git log --oneline -- a', 'git -C .. log --oneline -- a'],
    ['git ls-files', 'git -C .. ls-files'],
    ['git -C lib status', 'git -C .. -C lib status'],
    ['git stash push --include-untracked -- a', 'git -C .. stash push --include-untracked -- a'],
    ['chmod -x -- a', '(cd -P .. && chmod -x -- a)'],
    ['cxw ticket new --quick TITLE --file src/a', 'cxw ticket new --quick TITLE --file src/a'],
    ['cxw record plan T --file FILE', 'cxw record plan T --file FILE'],
    ['cxw record plan T --as planner:pat --file tickets/records/T/drafts/plan.yaml', 'cxw -C .. record plan T --as planner:pat --file tickets/records/T/drafts/plan.yaml'],
    ['unset GIT_DIR', 'unset GIT_DIR'],
  ])('in a subfolder: %s', (command, turned) => expect(below(command)).toBe(turned));

  test.each([
    ['cxw status', "cxw -C 'it'\\''s' status"],
    ['CXW_UNTESTED_PLATFORM=1 cxw status', "CXW_UNTESTED_PLATFORM=1 cxw -C 'it'\\''s' status"],
    ['cxw -C FOLDER status', 'cxw -C FOLDER status'],
    ['cxw explain CODE', 'cxw explain CODE'],
    ['cxw ticket new --help', 'cxw ticket new --help'],
    ['git init', "git -C 'it'\\''s' init"],
    ['git push origin main', "git -C 'it'\\''s' push origin main"],
    ['rm -- a', "(cd -P './it'\\''s' && rm -- a)"],
    ['git --version', 'git --version'],
  ])('where cxw was told to go: %s', (command, turned) => expect(beside(command)).toBe(turned));

  test('is told that paths beyond a sparse checkout are meant, at its root too', () => {
    expect(workingFrom({ isSparse: true })('git add -- a')).toBe('git add --sparse -- a');
    expect(workingFrom({ root: '..', isSparse: true })('git add -- a')).toBe('git -C .. add --sparse -- a');
    expect(workingFrom({ isSparse: true })("git commit -m 'git add' -- a")).toBe("git commit -m 'git add' -- a");
  });
});
