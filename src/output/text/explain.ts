import type { Explained, ExplainedCode } from '../../verbs/explain.js';
import { visible } from '../escape.js';
import { columns, type TextMaker, type View } from './view.js';

export const explainText: TextMaker<Explained> = (answer, view) => ('code' in answer ? oneCode(answer.code, view) : allCodes(answer.codes, view));

function oneCode({ code, title, cause, fix, example }: ExplainedCode, { paint }: View): string[] {
  return [
    `${paint.strong(code)}  ${title}`,
    '',
    ...columns([['Why', visible(cause)], ['Fix', visible(fix)], ['Example', visible(example.message)]]),
    ...example.commands.map((command) => `         ${paint.marks.arrow} ${visible(command)}`),
  ];
}

function allCodes(codes: { code: string; subject: string; title: string }[], { paint }: View): string[] {
  const subjects = [...new Set(codes.map(({ subject }) => subject))];
  return subjects.flatMap((subject) => [
    paint.strong(subject),
    ...columns(codes.filter((entry) => entry.subject === subject).map(({ code, title }) => [code, title]), '  '),
    '',
  ]).slice(0, -1);
}
