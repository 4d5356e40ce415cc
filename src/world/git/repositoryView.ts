import type { RepoPath } from '../../domain/paths.js';
import { plainIdentity, type CommitRole } from '../../domain/gitSettings.js';
import { parseIdent, pathsInput, records } from '../../domain/porcelain.js';
import type { Identity } from '../../domain/repository.js';
import { obstaclesBelow } from '../containment.js';
import { sha256 } from '../digests.js';
import { failed } from '../errors.js';
import type { Places } from '../places.js';
import { contentsOf, identify, takeBaseline } from './baseline.js';
import { findReplacements, gitLocks, operationUnderWay } from './conditions.js';
import { takeEarlyFingerprints, takeFingerprints } from './fingerprints.js';
import type { RepositoryView } from './index.js';
import { VERSION } from './questions.js';
import { openReadings, type Readings } from './readings.js';
import type { GitRunner } from './runner.js';
import { fullSurvey } from './survey.js';
import { ticketIdsElsewhere } from './ticketIds.js';

/**
 * Opens the reads that write nothing. The runner must be opened at the worktree's root. Each question is asked anew,
 * unless readings of one moment are given.
 */
export function openRepositoryView(runner: GitRunner, places: Places, readings: () => Readings = () => openReadings(runner)): RepositoryView {
  return {
    survey: () => readings().status(),
    fullSurvey: () => fullSurvey(readings(), places),
    operation: () => operationUnderWay(places),
    baseline: (seen, salt) => takeBaseline(runner, readings(), places, seen, salt),
    identify: (paths) => identify(readings(), places, paths),
    contents: (paths) => contentsOf(places, paths),
    unlikeTheirBlobs: async (entries) => (await import('./rawBlobs.js')).unlikeTheirBlobs(places, entries),
    fingerprints: async (salt) => {
      const shared = readings();
      return takeFingerprints(shared, places, salt, await takeEarlyFingerprints(runner, shared, places, salt));
    },
    earlyFingerprints: (salt) => takeEarlyFingerprints(runner, readings(), places, salt),
    identity: (role) => identityOf(runner, readings(), role),
    objectFormat: async () => {
      const format = await runner.line(['rev-parse', '--show-object-format'], { doing: 'asking for the object format' });
      return format === 'sha256' ? 'sha256' : 'sha1';
    },
    gitVersion: async () => {
      const told = await runner.line(VERSION, { doing: 'asking for the version of git' });
      const found = /\d+(\.\d+)+/.exec(told)?.[0] ?? told;
      if (!isNewEnough(found)) throw failed('git-too-old', { found, needed: LEAST_GIT });
      return found;
    },
    ignored: (paths) => ignoredAmong(runner, places, paths),
    attributesOf: async (paths) => sha256(await runner.run(
      ['check-attr', '-z', '--stdin', 'filter', 'text', 'eol', 'ident', 'working-tree-encoding'],
      { doing: 'reading attributes', input: pathsInput(paths) })),
    replacements: () => findReplacements(runner, places),
    locks: () => gitLocks(places),
    shallow: async () => (await runner.line(['rev-parse', '--is-shallow-repository'], { doing: 'asking for the depth of the history' })) === 'true',
    ticketIdsElsewhere: () => ticketIdsElsewhere(runner, places),
  };
}

/** How git calls what it knows of somebody; with `_NAME` or `_EMAIL` behind it, by which a person names them whatever the settings say. */
const VARIABLE = { author: 'GIT_AUTHOR', committer: 'GIT_COMMITTER' } as const satisfies Record<CommitRole, string>;

async function identityOf(runner: GitRunner, readings: Readings, role: CommitRole): Promise<Identity | undefined> {
  const isNamed = ['NAME', 'EMAIL'].some((what) => runner.environment[`${VARIABLE[role]}_${what}`] !== undefined);
  const plain = isNamed ? undefined : plainIdentity(await readings.settings(), role);
  if (plain !== undefined) return plain;
  const answer = await runner.attempt(['var', `${VARIABLE[role]}_IDENT`], { doing: `asking for the ${role}`, config: ['user.useConfigOnly=true'] });
  return answer.exit === 0 ? parseIdent(answer.stdout.toString('utf8').trim()) : undefined;
}

/** `git hook run` and `core.fsync` came with it. */
const LEAST_GIT = '2.36';

function isNewEnough(found: string): boolean {
  const [major = 0, minor = 0] = found.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_GIT.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

async function ignoredAmong(runner: GitRunner, places: Places, paths: readonly RepoPath[]): Promise<RepoPath[]> {
  const obstacleBefore = obstaclesBelow(places.root);
  // Git refuses to answer for paths that it cannot track.
  const asked = paths.filter((path) => obstacleBefore(path) === undefined);
  if (asked.length === 0) return [];
  const doing = 'asking what is ignored';
  // This command reads pathspecs, and knows no literal mode; behind `./` nothing is magic.
  const input = pathsInput(asked.map((path) => `./${path}` as RepoPath));
  const answer = await runner.attempt(['check-ignore', '-z', '--stdin'], { doing, input });
  // It ends with 1 when nothing is ignored.
  if (answer.exit > 1) throw failed('git-failed', { doing, said: answer.stderr.trim() });
  return records(answer.stdout).map((path) => path.slice('./'.length) as RepoPath);
}
