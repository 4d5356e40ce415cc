import { compileGlobs } from './globs.js';
import type { RepoPath } from './paths.js';
import { refuse, type Refusal } from './problem.js';
import { proofCommand } from './proofs.js';
import { assertionsIn, marksIn, testsIn, type Mark } from './testMarks.js';
import type { Proof, TicketId } from './ticket.js';

/**
 * Signs that a change weakens what proves it. Two kinds, kept far apart:
 *
 * Refused, because no delivered change can mean it:
 * - a test file gains a mark that leaves every other test out (`.only`, `fit`, `fdescribe`);
 * - a test file that a proof's command names is deleted, renamed away, or loses all its tests.
 *
 * Shown to the reviewer, because there can be good reasons:
 * - a test file gains a mark that skips a test, or is deleted, or holds fewer tests or fewer assertions than before;
 * - what a proof runs is changed: a file that its command names, the scripts of package.json, a Makefile or its like,
 *   or the settings of a test runner;
 * - what git, a hook or a CI does here is changed.
 *
 * Marks are counted in the old and the new text with comments taken out, so a moved or reformatted test raises nothing.
 */
export interface ChangedFile {
  path: RepoPath;
  /** Its text on either side; nothing where there is no such file. */
  before?: string;
  after?: string;
}

export interface TamperingQuestion {
  ticket: TicketId;
  files: readonly ChangedFile[];
  proofs: readonly Proof[];
  /** The policy's patterns of test files. */
  tests: readonly string[];
}

export interface Tampering {
  refusals: Refusal[];
  /** Where a reviewer looks first, and why. */
  sensitive: { path: RepoPath; why: string }[];
}

export function tamperings({ ticket, files, proofs, tests }: TamperingQuestion): Tampering {
  const isTest = compileGlobs(tests);
  const found: Tampering = { refusals: [], sensitive: [] };
  for (const file of files) {
    const naming = proofs.filter((proof) => names(proof, file.path)).map((proof) => proof.id);
    if (isTest(file.path)) {
      found.refusals.push(...narrowings(ticket, file), ...emptyings(ticket, file, naming));
      found.sensitive.push(...weakenings(file));
    }
    found.sensitive.push(...groundworks(file, naming, isTest(file.path)));
  }
  return found;
}

/** The proof's command names the file itself. */
function names(proof: Proof, path: RepoPath): boolean {
  const command = proof.inspect === undefined ? proofCommand(proof) : undefined;
  if (command === undefined || !command.ok) return false;
  const words = proof.shell === undefined ? command.value.argv : proof.shell.split(/[\s;&|()<>'"]+/);
  return words.some((word) => word.replace(/^\.\//, '').replace(/::.*$/, '') === path);
}

function narrowings(ticket: TicketId, file: ChangedFile): Refusal[] {
  return newMarks(file, 'narrows').map(({ line, found }) => refuse('test-narrowed', { ticket, path: file.path, line, found }));
}

function emptyings(ticket: TicketId, { path, before, after }: ChangedFile, naming: string[]): Refusal[] {
  if (naming.length === 0 || before === undefined || testsIn(path, before) === 0) return [];
  return after === undefined || testsIn(path, after) === 0 ? [refuse('test-emptied', { ticket, path, proofs: naming })] : [];
}

function weakenings(file: ChangedFile): { path: RepoPath; why: string }[] {
  const { path, before, after } = file;
  if (after === undefined) return [{ path, why: 'a test file was deleted' }];
  const skips = newMarks(file, 'skips').map(({ line, found }) => ({ path, why: `line ${line} adds ${found}, which leaves a test out` }));
  if (before === undefined) return skips;
  return [
    ...skips,
    ...fewer(path, 'tests', testsIn(path, before), testsIn(path, after)),
    ...fewer(path, 'assertions', assertionsIn(path, before), assertionsIn(path, after)),
  ];
}

const fewer = (path: RepoPath, what: string, before: number, after: number): { path: RepoPath; why: string }[] =>
  (after < before ? [{ path, why: `it holds ${after} ${what}, and held ${before}` }] : []);

/** Marks of a kind beyond as many of the same sort as there were before. */
function newMarks({ path, before = '', after = '' }: ChangedFile, kind: Mark['kind']): Mark[] {
  const known = new Map<string, number>();
  for (const mark of marksIn(path, before)) known.set(mark.found, (known.get(mark.found) ?? 0) + 1);
  return marksIn(path, after).filter((mark) => {
    const left = known.get(mark.found) ?? 0;
    known.set(mark.found, left - 1);
    return mark.kind === kind && left <= 0;
  });
}

const BUILD_FILES = /(^|\/)(GNUmakefile|[Mm]akefile|justfile|Taskfile\.ya?ml|tox\.ini|noxfile\.py|Rakefile)$/;
const TOOL_RULES = /(^|\/)\.git(attributes|ignore|modules)$|^(\.github\/(workflows|actions)|\.husky|\.githooks|\.circleci|\.devcontainer)\/|^(\.gitlab-ci\.yml|\.pre-commit-config\.yaml|\.?lefthook(-local)?\.ya?ml|Jenkinsfile|\.lintstagedrc(\.\w+)?|\.mailmap)$/;
const RUNNER_SETTINGS = /(^|\/)((vitest|vite|jest|karma|playwright|cypress|ava)\.config\.[cm]?[jt]s|jest\.config\.json|\.mocharc(\.\w+)?|pytest\.ini|conftest\.py|setup\.cfg|\.nycrc(\.\w+)?)$/;

/** What the proofs stand on. */
function groundworks({ path, before, after }: ChangedFile, naming: string[], isTest: boolean): { path: RepoPath; why: string }[] {
  if (naming.length > 0 && !isTest) return [{ path, why: `${naming.join(' and ')} runs this file` }];
  if (/(^|\/)package\.json$/.test(path)) return scriptsOf(before) === scriptsOf(after) ? [] : [{ path, why: 'its scripts, which proofs may run, were changed' }];
  if (BUILD_FILES.test(path)) return [{ path, why: 'it says what build and test commands do' }];
  if (TOOL_RULES.test(path)) return [{ path, why: 'it says what git, a hook or a CI does here' }];
  return RUNNER_SETTINGS.test(path) ? [{ path, why: 'it holds settings of a test runner' }] : [];
}

/** The scripts of a package manifest, so that another version number raises nothing. One that cannot be read differs from all. */
function scriptsOf(manifest: string | undefined): string {
  try {
    const parsed = JSON.parse(manifest ?? '{}') as { scripts?: unknown } | null;
    return JSON.stringify(parsed?.scripts ?? {});
  } catch {
    return `unreadable: ${manifest}`;
  }
}
