import { entryOf, type Code, type FactsOf } from './codes/index.js';

export type Severity = 'error' | 'warning' | 'note';

/** Where in a document a problem is. Lines and columns count from 1; columns count characters; the end is exclusive. */
export interface Place {
  file: string;
  line?: number;
  column?: number;
  endLine?: number;
  endColumn?: number;
  /** The document's own text, so that a frame can be drawn; never part of JSON answers. */
  source?: string;
  /** A few words under the marked text of the frame. */
  label?: string;
}

/** One thing that is wrong, as data: a code, its facts, one sentence, and the commands that clear it. */
export interface Problem {
  code: Code;
  severity: Severity;
  message: string;
  commands: string[];
  facts: Record<string, unknown>;
  place?: Place;
}

/** A reason to say no. It is a problem of the work, not of a document, so it seldom has a place. */
export type Refusal = Problem;

/** One refusal. Its words come from the table of codes, and only from there. */
export function refuse<C extends Code>(code: C, facts: FactsOf<C>): Refusal {
  return problem(code, facts, 'error');
}

/** One problem at a place in a document. */
export function complain<C extends Code>(code: C, facts: FactsOf<C>, place: Place, severity: Severity = 'error'): Problem {
  return { ...problem(code, facts, severity), place };
}

/** Something worth saying that stops nothing. */
export function remark<C extends Code>(code: C, facts: FactsOf<C>, severity: 'warning' | 'note' = 'note'): Problem {
  return problem(code, facts, severity);
}

function problem<C extends Code>(code: C, facts: FactsOf<C>, severity: Severity): Problem {
  const told = entryOf(code);
  return { code, severity, message: told.says(facts), commands: told.commands(facts), facts: facts as Record<string, unknown> };
}

/** Either a value, or every reason why there is none. */
export type Verdict<T> = { ok: true; value: T } | { ok: false; refusals: Refusal[] };

export const granted = <T>(value: T): Verdict<T> => ({ ok: true, value });
export const refused = (refusals: Refusal[]): Verdict<never> => ({ ok: false, refusals });

/** Two rules may give the same reason, as for a detached HEAD; it is said once. */
export function withoutDoubles(refusals: readonly Refusal[]): Refusal[] {
  return refusals.filter((refusal, at) => refusals.findIndex((other) => other.code === refusal.code) === at);
}
