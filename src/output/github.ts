import type { Problem } from '../domain/problem.js';
import { visible } from './escape.js';

/** GitHub shows ten annotations of each level for a step and drops the rest without a word. */
const SHOWN_MAX = 10;

/** Problems as workflow commands: GitHub puts each beside the line that it names. One command a line; none for no problems, and none for notes. */
export function githubOf(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const shown = [...errors.slice(0, SHOWN_MAX), ...warnings.slice(0, SHOWN_MAX)];
  const cut = errors.length + warnings.length - shown.length;
  const lines = [...shown.map(annotation), ...(cut === 0 ? [] : [`::notice::${cutWords(errors.length, warnings.length)}`])];
  return lines.map((line) => `${line}\n`).join('');
}

const cutWords = (errors: number, warnings: number): string =>
  `Of ${errors} errors and ${warnings} warnings, the first ${SHOWN_MAX} of each are shown here; cxw validate lists them all.`;

function annotation({ code, severity, message, commands, place }: Problem): string {
  const properties = {
    file: place?.file, line: place?.line, col: place?.column,
    endLine: place?.endLine, endColumn: place?.endColumn, title: code,
  };
  const named = Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
  const way = commands[0] === undefined ? '' : `\n${visible(commands[0])}`;
  return `::${severity} ${named.join(',')}::${escapeData(`${visible(message)}${way}`)}`;
}

/** A message ends at a line end, so that and the sign of an escape are escaped. */
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A property ends at a comma, and a name at a colon. */
const escapeProperty = (text: string): string => escapeData(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
