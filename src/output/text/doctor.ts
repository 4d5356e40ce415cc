import type { Check, DoctorData } from '../../verbs/doctor.js';
import { visible } from '../escape.js';
import { columns, type TextMaker, type View } from './view.js';

const TITLES: Record<Check['kind'], string> = { machine: 'Machine', repository: 'Repository', gate: 'Gates, each tried with a planted violation' };

export const doctorText: TextMaker<DoctorData> = ({ checks }, view) =>
  (Object.keys(TITLES) as Check['kind'][]).flatMap((kind) => [view.paint.strong(TITLES[kind]), ...linesOf(checks.filter((check) => check.kind === kind), view), '']).slice(0, -1);

const INDENT = '  ';

/** What does not fit beside its name goes on below itself. */
function linesOf(checks: readonly Check[], { paint, width }: View): string[] {
  const names = checks.map(({ id, ok }) => `${ok ? paint.marks.good : paint.marks.bad} ${id}`);
  const room = width - INDENT.length - Math.max(0, ...names.map((name) => name.length)) - 2;
  return columns(checks.flatMap(({ detail }, at) => folded(visible(detail, 400), room).map((line, part) => [part === 0 ? names[at]! : '', line] as const)), INDENT);
}

/** In lines of this width, broken between words; a longer word has a line of its own. */
function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
