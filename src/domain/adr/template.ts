import { fieldsIn, sectionsIn } from '../documents/markdown.js';
import { placesIn } from '../documents/places.js';
import { nearest } from '../nearest.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { ADR_STATUSES, DEMANDED, isStatus } from './record.js';

/** What of a template would make records that cannot be read, or never be accepted. */
export function templateProblems(path: RepoPath, text: string): Problem[] {
  const place = placesIn(showPath(path), text);
  const sections = sectionsIn(text);
  const heading = sections.find(({ level }) => level === 1);
  const top = place(heading?.from ?? 0, heading?.body);
  const missing = DEMANDED.filter((title) => !sections.some((section) => section.level === 2 && section.title === title));
  const status = fieldsIn(text).find(({ name }) => name === 'Status');
  return [
    ...(heading === undefined ? [complain('adr-template-unusable', { path, why: 'it has no heading of the first level.' }, top)] : []),
    ...missing.map((title) => complain('adr-template-unusable', { path, why: `it has no section "## ${title}", and without it none is ever accepted.` }, top)),
    ...(status === undefined || isStatus(status.text) ? [] : [complain('adr-status-unknown', { found: status.text, near: nearest(status.text, ADR_STATUSES) }, place(status.from, status.to))]),
  ];
}
