import type { Actor } from '../../domain/actors.js';
import { parseArgument, type RepoPath } from '../../domain/paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../../domain/problem.js';
import { fold } from '../../domain/run.js';
import { sh } from '../../domain/shellLine.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { keptBaseline, mineDigest } from './keptBaseline.js';
import { publish } from './publish.js';

/**
 * Takes down paths that a person declares as their own work beside the ticket. Only a person may: for an agent this
 * would be a way around the scope. The names stay private; the ledger remembers how many, and a salted digest.
 */
export async function declareMine(world: World, ticket: TicketId, actor: Actor, written: readonly string[], dryRun: boolean): Promise<Verdict<RepoPath[]>> {
  if (written.length === 0) return granted([]);
  const command = sh`cxw advance --mine ${written[0]!}`;
  if (world.session.agent !== undefined) return refused([refuse('person-needed', { command, agent: world.session.agent })]);
  const paths = readPaths(written);
  if (!paths.ok) return paths;
  const run = fold(ticket, (await world.ledger.read(ticket)).facts);
  if (run.discovery === undefined) return refused([refuse('not-begun', { ticket, command: 'set apart' })]);
  if (dryRun) return paths;
  const kept = await keptBaseline({ world, ticket, run });

  const news = paths.value.filter((path) => !kept.mine.includes(path));
  if (news.length === 0) return paths;
  const digest = mineDigest(world, kept.baseline, news);
  const origin = await world.session.origin();
  // The fact first: names that no fact vouches for would count as planted.
  await publish(world, ticket, () => granted([{ kind: 'declared-mine', by: actor, origin, paths: news.length, digest }]));
  await world.private.saveBaseline(ticket, { ...kept, mine: [...kept.mine, ...news] });
  return paths;
}

function readPaths(written: readonly string[]): Verdict<RepoPath[]> {
  const refusals: Refusal[] = [];
  const paths = written.flatMap((text) => {
    const parsed = parseArgument(text);
    if (parsed.ok) return [parsed.path];
    refusals.push(refuse('path-unusable', { written: text, fault: parsed.fault }));
    return [];
  });
  return refusals.length > 0 ? refused(refusals) : granted(paths);
}

