import { asText, fieldsIn, lineEndOf, sectionsIn } from '../documents/markdown.js';
import { slugOf } from '../ids.js';
import { adrName, ADR_FOLDER, padded, type AdrStatus, type Decision } from './record.js';
import type { RepoPath } from '../paths.js';

/** What a new record says before anybody has written in it. */
export interface NewDecision {
  number: number;
  title: string;
  status: AdrStatus;
  date: string;
  tags: readonly string[];
  origin?: string;
  revises?: Decision;
}

/** Where the record of this number and title stands. */
export const decisionPath = (number: number, title: string): RepoPath => `${ADR_FOLDER}/${padded(number)}-${slugOf(title)}.md` as RepoPath;

/** A link from one record to another. */
export const linkTo = (path: RepoPath, number: number): string => `[${adrName(number)}](${path.slice(ADR_FOLDER.length + 1)})`;

/** The template with the heading and the fields of a new record. */
export function decisionText(template: string, { number, title, status, date, tags, origin, revises }: NewDecision): string {
  const fields: [string, string | undefined][] = [
    ['Date', date], ['Status', status], ['Origin', origin], ['Tags', tags.join(', ')],
    ['Revises', revises === undefined ? undefined : linkTo(revises.path, revises.number)],
  ];
  return fields.reduce((text, [name, value]) => (value === undefined ? text : withField(text, name, value)), withHeading(template, `# ${adrName(number)}: ${asText(title)}`));
}

/** The text with another value in a field. A field that is not there comes after the last one, or below the heading. */
export function withField(text: string, name: string, value: string): string {
  const fields = fieldsIn(text);
  const line = `- ${name}: ${value}`;
  const own = fields.find((field) => field.name === name);
  if (own !== undefined) return text.slice(0, own.line.from) + line + text.slice(own.line.to);
  const eol = lineEndOf(text);
  const last = fields.at(-1);
  if (last !== undefined) return text.slice(0, last.line.to) + eol + line + text.slice(last.line.to);
  const at = endOfLine(text, sectionsIn(text).find(({ level }) => level === 1)?.body ?? 0);
  return text.slice(0, at) + eol + eol + line + text.slice(at);
}

function withHeading(text: string, heading: string): string {
  const own = sectionsIn(text).find(({ level }) => level === 1);
  return own === undefined ? `${heading}\n\n${text}` : text.slice(0, own.from) + heading + text.slice(endOfLine(text, own.body));
}

/** The end of the line that ends at this offset, before its carriage return. */
const endOfLine = (text: string, at: number): number => (text[at - 1] === '\r' ? at - 1 : at);
