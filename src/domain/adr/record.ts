import { isDate } from '../dates.js';
import { fieldsIn, linksIn, prose, sectionsIn, wordsShown, type Field } from '../documents/markdown.js';
import { placesIn } from '../documents/places.js';
import { nearest } from '../nearest.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Place, type Problem } from '../problem.js';

export const ADR_STATUSES = ['Draft', 'Accepted', 'Revised', 'Deprecated'] as const;
export type AdrStatus = (typeof ADR_STATUSES)[number];

/** Records, their index and their template stand here. */
export const ADR_FOLDER = 'docs/decisions' as RepoPath;
export const ADR_INDEX = `${ADR_FOLDER}/index.md` as RepoPath;
export const ADR_TEMPLATE = `${ADR_FOLDER}/_template.md` as RepoPath;

/** The tag of what counts everywhere. */
export const ALL_LAYERS = 'all-layers';
export const TAG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** One decision, as its record tells it. */
export interface Decision {
  path: RepoPath;
  number: number;
  title: string;
  status: AdrStatus;
  date: string;
  tags: string[];
  /** Numbers of the records that it takes the place of, and of those that took its own. */
  revises: number[];
  revisedBy: number[];
  text: string;
}

export type DecisionReading = { number: number; decision?: Decision; problems: Problem[] };

/** `0007`, as in file names; `ADR-0007`, as in headings. */
export const padded = (number: number): string => String(number).padStart(4, '0');
export const adrName = (number: number): string => `ADR-${padded(number)}`;

/** The number in the name of a record; nothing for another file. */
export function numberOf(name: string): number | undefined {
  const found = /^(\d{4,6})-[a-z0-9]+(-[a-z0-9]+)*\.md$/.exec(name.slice(name.lastIndexOf('/') + 1));
  return found === null ? undefined : Number(found[1]);
}

/** Reads a record whose name has a number: its heading and its fields, or everything that is wrong with them. */
export function readDecision(path: RepoPath, text: string): DecisionReading {
  const number = numberOf(path)!;
  const place = placesIn(showPath(path), text);
  // The first of its name counts, as where it is written.
  const fields = new Map(fieldsIn(text).reverse().map((field) => [field.name, field]));
  const heading = sectionsIn(text).find(({ level }) => level === 1);
  const named = /^ADR-(\d{4,6}): (\S.*)$/.exec(heading?.title ?? '');
  const top = place(heading?.from ?? 0, heading?.body ?? 1);
  const problems: Problem[] = [];
  const wrong = (what: string, why: string, field?: Field): void => {
    problems.push(complain('adr-malformed', { what, why }, field === undefined ? top : place(field.from, field.to)));
  };

  if (named === null) wrong('The heading', `must be \`# ${adrName(number)}: what was decided\``);
  else if (Number(named[1]) !== number) wrong('The heading', `names ${adrName(Number(named[1]))}, and the file ${adrName(number)}`);
  const status = fields.get('Status');
  if (status === undefined) wrong('Status', `is missing; it is one of ${ADR_STATUSES.join(', ')}`);
  else if (!isStatus(status.text)) problems.push(complain('adr-status-unknown', { found: status.text, near: nearest(status.text, ADR_STATUSES) }, place(status.from, status.to)));
  const date = fields.get('Date');
  if (!isDate(date?.text)) wrong('Date', date === undefined ? 'is missing' : 'must look like 2026-11-21', date);
  const tags = listOf(fields.get('Tags'));
  for (const tag of tags.filter((one) => !TAG.test(one))) wrong('Tags', `holds ${JSON.stringify(tag)}, which is no word of lower-case letters, digits and hyphens`, fields.get('Tags'));
  if (tags.length === 0) wrong('Tags', 'is missing or empty; a record without tags is found by nobody', fields.get('Tags'));
  if (problems.length > 0 || !isStatus(status?.text)) return { number, problems };
  const revises = numbersIn(text, fields.get('Revises'));
  const revisedBy = numbersIn(text, fields.get('Revised by'));
  return { number, problems, decision: { path, number, title: wordsShown(named![2]!), status: status.text, date: date!.text, tags, revises, revisedBy, text } };
}

export const isStatus = (text: string | undefined): text is AdrStatus => (ADR_STATUSES as readonly (string | undefined)[]).includes(text);

const listOf = (field: Field | undefined): string[] => (field?.text ?? '').split(',').map((tag) => tag.trim().replace(/^`(.*)`$/, '$1')).filter((tag) => tag !== '');

/** Numbers of the records that a field links to. */
function numbersIn(text: string, field: Field | undefined): number[] {
  if (field === undefined) return [];
  return linksIn(text).filter(({ from }) => from >= field.from && from < field.to).flatMap(({ target }) => numberOf(target) ?? []);
}

/** Where the value of a field stands in the text; its heading where there is none. */
export function fieldPlace({ path, text }: Decision, name: string): ReturnType<ReturnType<typeof placesIn>> {
  const field = fieldsIn(text).find((one) => one.name === name);
  return placesIn(showPath(path), text)(field?.from ?? 0, field?.to ?? 1);
}

/** Where a section begins; the heading of the record where there is none. */
export function sectionPlace({ path, text }: Decision, title: string): Place {
  const section = sectionsIn(text).find((one) => one.title === title);
  return placesIn(showPath(path), text)(section?.from ?? 0, section?.body ?? 1);
}

/** What a record must say in its own words before it is accepted. */
export const DEMANDED = ['Problem', 'Decision', 'Consequences'];

/** Sections that say nothing, or nothing but the template's own words. */
export function unwrittenSections(text: string, template: string): string[] {
  const words = wordsBySection(text);
  const given = wordsBySection(template);
  return DEMANDED.filter((title) => {
    const said = words.get(title) ?? '';
    return said === '' || said === given.get(title);
  });
}

/** Of the sections below the heading, with the deeper ones in them. */
function wordsBySection(text: string): Map<string, string> {
  const tops = sectionsIn(text).filter(({ level }) => level <= 2);
  return new Map(tops.map(({ title, body }, at) => [title, withoutEnds(text, body, tops[at + 1]?.from ?? text.length)]));
}

const withoutEnds = (text: string, from: number, to: number): string => {
  const shown = prose(text).slice(from, to).trim() === '' ? '' : text.slice(from, to);
  return shown.replace(/<!--[\s\S]*?-->/g, '').replace(/\s+/g, ' ').trim();
};

/** The records that bind work with these tags: accepted ones that share one of them, and those that count everywhere. */
export function selectByTags(decisions: readonly Decision[], tags: readonly string[]): Decision[] {
  return decisions
    .filter(({ status, tags: own }) => status === 'Accepted' && own.some((tag) => tag === ALL_LAYERS || tags.includes(tag)))
    .sort((a, b) => a.number - b.number);
}
