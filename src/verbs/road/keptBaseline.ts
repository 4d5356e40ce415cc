import type { Evidence, Fingerprints } from '../../domain/facts.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Baseline, FingerprintDetails } from '../../domain/repository.js';
import type { PrivateBaseline } from '../../world/privateState.js';
import { discovered, type Standing } from './standing.js';

type Discovery = Evidence<'repository_discovered'>;

/** What keeping and finding it needs of where a ticket stands. */
type Kept = Pick<Standing, 'world' | 'ticket' | 'run'>;

/** What lay beside the ticket when it began. Whoever edits what is kept of it is noticed: the ledger holds its digests. */
export function keptBaseline(standing: Kept): Promise<PrivateBaseline> {
  const discovery = discovered(standing);
  return standing.world.private.knownBaseline(standing.ticket, (kept) => isOf(standing, discovery, kept.baseline) && kept.mine.length === declaredMine(standing, kept).length);
}

/** The same with what could execute then, or since a person agreed to it; a discovery that was cut short may have kept that anew. */
export const keptFingerprints = async (standing: Standing): Promise<PrivateBaseline> =>
  asPublished(standing, await standing.world.private.knownBaseline(standing.ticket, isPublished(standing)));

/** The same where what must go on may not depend on it: nothing when it is gone, or is not ours. */
export async function usableFingerprints(standing: Standing): Promise<PrivateBaseline | undefined> {
  const kept = await standing.world.private.usableBaseline(standing.ticket, isPublished(standing));
  return kept === undefined ? undefined : asPublished(standing, kept);
}

/** Keeps what a person agrees to beside what was before. Which of the two counts, the facts say: whatever is cut short, one does. */
export const keepAgreed = ({ world, ticket }: Kept, kept: PrivateBaseline, agreed: FingerprintDetails): Promise<void> => world.private.saveBaseline(ticket, { ...kept, agreed });

const isPublished = (standing: Standing) => (kept: PrivateBaseline): boolean =>
  isOf(standing, discovered(standing), kept.baseline) && readingsOf(kept).some((reading) => isAsPublished(standing, reading));

/** What is kept, with the fingerprints that the facts vouch for. */
const asPublished = (standing: Standing, kept: PrivateBaseline): PrivateBaseline => readingsOf(kept).find((reading) => isAsPublished(standing, reading)) ?? kept;

const readingsOf = (kept: PrivateBaseline): PrivateBaseline[] => [kept, ...(kept.agreed === undefined ? [] : [{ ...kept, fingerprints: kept.agreed }])];

function isAsPublished(standing: Standing, kept: PrivateBaseline): boolean {
  const published = standing.run.agreed ?? discovered(standing).fingerprints;
  return Object.entries(fingerprintDigests(standing, kept)).every(([kind, digest]) => digest === published[kind as keyof Fingerprints]);
}

/** The baseline of an earlier discovery. Only one that was remembered counts: without its fact it is of a run that was cut short. */
export async function earlierBaseline(standing: Kept): Promise<PrivateBaseline | undefined> {
  const { discovery } = standing.run;
  if (discovery === undefined) return undefined;
  const kept = await standing.world.private.usableBaseline(standing.ticket, ({ baseline }) => isOf(standing, discovery, baseline));
  return kept === undefined ? undefined : { ...kept, mine: declaredMine(standing, kept) };
}

/** Of the paths that are kept as somebody's own, those that the facts say were declared, from the first one on. */
function declaredMine({ world, run }: Kept, { baseline, mine }: PrivateBaseline): RepoPath[] {
  let declared = 0;
  for (const { paths, digest } of run.declaredMine) {
    // The names of a declaration that was cut short were never kept.
    if (mineDigest(world, baseline, mine.slice(declared, declared + paths)) === digest) declared += paths;
  }
  return mine.slice(0, declared);
}

/** What the ledger remembers of paths that were declared together. */
export const mineDigest = (world: Kept['world'], { salt }: Baseline, paths: readonly RepoPath[]): string => world.digest(JSON.stringify([salt, paths]));

/** The names stay private; salted, the digest says "the same" and nothing else. */
export function baselineDigest({ world }: Pick<Standing, 'world'>, { salt, paths }: Baseline): string {
  return world.digest(JSON.stringify([salt, paths]));
}

/** One digest per kind of what could execute; the names stay private. */
export function fingerprintDigests({ world }: Pick<Standing, 'world'>, { baseline, fingerprints }: PrivateBaseline): Fingerprints {
  const digest = (kind: keyof FingerprintDetails): string => world.digest(JSON.stringify([baseline.salt, Object.entries(fingerprints[kind]).sort()]));
  return { hooks: digest('hooks'), filters: digest('filters'), attributes: digest('attributes'), agents: digest('agents'), config: digest('config') };
}

const isOf = (standing: Pick<Standing, 'world'>, discovery: Discovery, baseline: Baseline): boolean => baselineDigest(standing, baseline) === discovery.baseline.digest;
