import { allCodes, entryOf, type Code } from '../domain/codes/index.js';
import type { CodeEntry } from '../domain/codes/entry.js';
import { subjects } from '../domain/codes/pages/index.js';
import type { Page } from '../domain/codes/pages/page.js';
import { nearest } from '../domain/nearest.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse } from '../domain/problem.js';

/** Everything about one code. */
export interface ExplainedCode {
  code: string;
  subject: string;
  title: string;
  cause: string;
  fix: string;
  /** What is said in an example case, and the commands that clear it. */
  example: { message: string; commands: string[] };
}

export type Explained = { code: ExplainedCode } | { codes: { code: string; subject: string; title: string }[] };

/** Explains one code; without one, lists them all. Knows the table of codes and nothing of any repository. */
export function explain(written: string | undefined): Outcome<Explained | object> {
  if (written === undefined) return done('explain', { codes: everyCode().map(({ code, subject, title }) => ({ code, subject, title })) }, ['cxw explain CODE']);
  const found = everyCode().find(({ code }) => code === written.trim().toLowerCase());
  if (found !== undefined) return done('explain', { code: found });
  return no('refused', 'explain', {}, [refuse('unknown-code', { written, near: nearest(written, allCodes())[0] })]);
}

/** The whole table, explained: subject by subject, as it is written. */
export function everyCode(): ExplainedCode[] {
  return Object.entries(subjects).flatMap(([subject, pages]) => Object.entries(pages).map(([code, page]) => explained(code as Code, subject, page)));
}

function explained(code: Code, subject: string, { title, cause, fix, example }: Page<unknown>): ExplainedCode {
  // Each page's example has the facts that the functions of its entry take.
  const { says, commands } = entryOf(code) as CodeEntry<unknown>;
  return { code, subject, title, cause, fix, example: { message: says(example), commands: commands(example) } };
}
