import { everyCode, type ExplainedCode } from '../../src/verbs/explain.js';
import { cell } from './fields.js';
import { page } from './page.js';

/** The list of all codes, by subject. */
export const codeIndex = (): string => page('Codes', [
  'Every refusal and every problem has a code. `cxw explain CODE` prints what its page says.',
  ...subjects().flatMap(({ subject, codes }) => [
    '', `## ${subject}`, '', '| code | |', '| --- | --- |',
    ...codes.map(({ code, title }) => `| [\`${code}\`](codes/${code}.md) | ${cell(title)} |`),
  ]),
]);

/** A page for each code, by its name. */
export const codePages = (): [name: string, text: string][] => everyCode().map((entry) => [entry.code, codePage(entry)]);

function codePage({ code, title, cause, fix, example }: ExplainedCode): string {
  return page(title, [
    `Code: \`${code}\``, '',
    cause, '',
    '## What to do', '', fix, '',
    '## Example', '',
    fenced([example.message]), '',
    ...(example.commands.length === 0 ? [] : ['The way on:', '', fenced(example.commands)]),
  ]);
}

const fenced = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n');

function subjects(): { subject: string; codes: ExplainedCode[] }[] {
  const all = everyCode();
  return [...new Set(all.map(({ subject }) => subject))].map((subject) => ({ subject, codes: all.filter((entry) => entry.subject === subject) }));
}
