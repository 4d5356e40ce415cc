import { fieldsIn } from '../documents/markdown.js';
import { placesIn } from '../documents/places.js';
import { nearest } from '../nearest.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { FEATURE_STATUSES } from './places.js';

/** What is wrong with the record of a feature, or with the template of one: a status that freezes nothing. */
export function featureProblems(path: RepoPath, text: string): Problem[] {
  const status = fieldsIn(text).find(({ name }) => name === 'Status');
  if (status === undefined || (FEATURE_STATUSES as readonly string[]).includes(status.text)) return [];
  return [complain('feature-status-unknown', { found: status.text, near: nearest(status.text, FEATURE_STATUSES) }, placesIn(showPath(path), text)(status.from, status.to))];
}
