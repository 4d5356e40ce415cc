import type { Envelope, EnvelopeProblem } from '../domain/envelope.js';
import { answerName } from '../domain/answerName.js';
import type { Problem } from '../domain/problem.js';
import { codeOf, type Answer } from './answer.js';
import { visibleJson } from './escape.js';

/** The one document of an answer, on one line. */
export const jsonOf = (answer: Answer): string => `${visibleJson(envelopeOf(answer))}\n`;

function envelopeOf(answer: Answer): Envelope {
  return {
    schema: answerName(answer.command),
    ok: answer.exit === 0,
    code: codeOf(answer),
    exit: answer.exit,
    data: answer.data as Record<string, unknown>,
    problems: answer.problems.map(envelopeProblem),
    next: answer.next,
  };
}

function envelopeProblem({ code, message, severity, place, commands }: Problem): EnvelopeProblem {
  return {
    code,
    message,
    severity,
    file: place?.file,
    line: place?.line,
    column: place?.column,
    endLine: place?.endLine,
    endColumn: place?.endColumn,
    fix: commands[0] === undefined ? undefined : { command: commands[0] },
  };
}
