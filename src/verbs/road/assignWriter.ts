import { nameFrom, parseActor, type Actor } from '../../domain/actors.js';
import { granted } from '../../domain/problem.js';
import { locked, type Standing, type Step } from './standing.js';

/** State 5: one writer, named. */
export const assignWriter: Step = async (standing) => granted([{
  kind: 'entered', state: 'writer_assigned', by: standing.actor, origin: standing.origin, evidence: { writer: await writerOf(standing) },
}]);

/** Whoever runs the command as a writer; else the policy's writer; else git's user. */
async function writerOf(standing: Standing): Promise<Actor> {
  if (standing.actor.role === 'writer') return standing.actor;
  const configured = locked(standing).policy.roles.writer;
  if (configured !== undefined) return parseActor(`writer:${configured}`) ?? { role: 'writer', name: nameFrom(configured) };
  const identity = await standing.world.git.repository.identity('committer');
  return { role: 'writer', name: nameFrom(identity?.name ?? '') };
}
