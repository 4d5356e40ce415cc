import type { BriefPart } from '../../domain/brief.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { keptBaseline } from '../road/keptBaseline.js';
import { isWorkflowArtefact, measure } from '../road/sighting.js';
import { locked, ticketPath, type Standing } from '../road/standing.js';
import { part } from './told.js';

/** How many of them a brief names. */
const NAMED = 20;

/**
 * Documents of the workflow that came since the discovery: they may, so nothing is refused, and none is delivered with
 * the work. Whoever reviews sees to it that the work does not stand on one. Nothing once the commit is made.
 */
export async function besidePart(standing: Standing): Promise<BriefPart[]> {
  const { run, ticket } = standing;
  if (run.discovery === undefined || run.delivery !== undefined) return [];
  const [{ survey }, { baseline }] = await Promise.all([measure(standing), keptBaseline(standing)]);
  const { scope } = locked(standing);
  const before = new Set<RepoPath>(baseline.paths.map(({ path }) => path));
  const came = survey.dirty.map(({ path }) => path)
    .filter((path) => !before.has(path) && path !== ticketPath(ticket) && (scope.isManaged(path) || isWorkflowArtefact(path)));
  if (came.length === 0) return [];
  const named = came.slice(0, NAMED).map(showPath).join(', ');
  return [part('Beside the change, and not delivered', [`Look first that the work does not stand on what came meanwhile: ${named}${came.length > NAMED ? `, and ${came.length - NAMED} more` : ''}.`], 93, true)];
}
