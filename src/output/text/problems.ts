import type { Problem, Severity } from '../../domain/problem.js';
import type { Answer } from '../answer.js';
import { visible, visibleCommand } from '../escape.js';
import { frame } from '../frame.js';
import type { View } from './view.js';

const FRAME_INDENT = '    ';

type Told = Pick<Answer, 'problems' | 'next'>;

/** Every problem: where it is, what is wrong, its code, and the commands that clear it, unless the answer ends with just those. */
export function problemLines({ problems, next }: Told, view: View): string[] {
  const last = lastWays({ problems, next });
  const only = onlyError(problems);
  return problems.flatMap((problem) => {
    const isToldLast = problem === only && problem.commands.every((command) => last.includes(command));
    return [...headline(problem, view), ...frameLines(problem, view), ...hints(isToldLast ? { ...problem, commands: [] } : problem, view)];
  });
}

/** What an answer ends with. The ways of its only problem are one sequence: where it ends with the first of them, it ends with all. */
export function lastWays({ problems, next }: Told): string[] {
  const commands = onlyError(problems)?.commands ?? [];
  return next.length > 0 && next.every((command, at) => command === commands[at]) ? commands : next;
}

function onlyError(problems: readonly Problem[]): Problem | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.length === 1 ? errors[0] : undefined;
}

function headline({ code, message, severity, place }: Problem, { paint }: View): string[] {
  const where = place === undefined ? '' : `${paint.strong(visible([place.file, place.line, place.column].filter((part) => part !== undefined).join(':')))}  `;
  return [`${mark(severity, { paint })} ${where}${visible(onOneLine(message))}  ${paint.faint(code)}`];
}

/** Git and servers speak in lines; a reason is told in one. */
const onOneLine = (message: string): string => message.trim().replace(/\s*\n\s*/g, ' / ');

function frameLines({ place }: Problem, { unicode, width }: View): string[] {
  return place === undefined ? [] : frame(place, { unicode, width: width - FRAME_INDENT.length }).map((line) => `${FRAME_INDENT}${line}`);
}

function mark(severity: Severity, { paint }: Pick<View, 'paint'>): string {
  if (severity === 'error') return paint.bad(paint.marks.bad);
  return severity === 'warning' ? paint.warn(paint.marks.held) : paint.faint(paint.marks.note);
}

function hints({ commands, severity }: Problem, { paint }: View): string[] {
  return severity === 'error' ? commands.map((command) => `    ${paint.marks.arrow} ${visibleCommand(command)}`) : [];
}
