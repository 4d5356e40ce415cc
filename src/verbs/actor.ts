import { nameFrom, parseActor, type Actor, type Role } from '../domain/actors.js';
import { granted, refuse, refused, type Verdict } from '../domain/problem.js';
import type { World } from '../world/index.js';

/** The actor that the person named with `--as` or CXW_ACTOR, if any. */
export function namedActor(world: Pick<World, 'session'>, written: string | undefined): Verdict<Actor | undefined> {
  const text = written ?? world.session.actor;
  if (text === undefined || text === '') return granted(undefined);
  const actor = parseActor(text);
  return actor === undefined ? refused([refuse('actor-unreadable', { written: text })]) : granted(actor);
}

/** The named actor, or git's user in the given role. */
export async function actorOr(world: Pick<World, 'git'>, named: Actor | undefined, role: Role): Promise<Actor> {
  if (named !== undefined) return named;
  const identity = await world.git.repository.identity('committer');
  return { role, name: nameFrom(identity?.name ?? '') };
}
