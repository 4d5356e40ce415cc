import type { BriefPart } from '../../domain/brief.js';
import type { ChangeSet } from '../../domain/changeSet.js';
import { showPath } from '../../domain/paths.js';
import type { Standing } from '../road/standing.js';
import { linesOfText, part } from './told.js';

const DIFF_BYTES = 512 * 1024;
const RUNS = 10;
/** How much of a failed proof's output a brief shows. */
const FAILED_LINES = 30;

/** The latest runs of the proofs, with the end of what failed ones wrote. */
export async function proofsPart({ world, run, ticket }: Standing): Promise<BriefPart[]> {
  const lines = await Promise.all(run.proofRuns.slice(-RUNS).map(async (ran) => {
    const tests = ran.tests === undefined ? '' : `, ${ran.tests.passed} passed, ${ran.tests.failed} failed, ${ran.tests.skipped} skipped`;
    const said = `- ${ran.proof}: ${ran.verdict} (${ran.argv.join(' ')}; exit ${ran.exit ?? 'none'}, ${ran.duration} ms${tests})`;
    const log = ran.verdict === 'passed' || ran.log === undefined ? undefined : await world.private.log(ticket, ran.log.name);
    const wrote = ran.wrote?.map((path) => `  Look first at what it runs: it wrote ${showPath(path)} meanwhile, and left it as it was.`) ?? [];
    return [said, ...wrote, ...(log?.toString('utf8').trimEnd().split('\n').slice(-FAILED_LINES).map((line) => `  | ${line}`) ?? [])];
  }));
  return lines.length === 0 ? [] : [part('Proofs that cxw ran', lines.flat(), 60, true)];
}

/** The change itself, and where to look first: what is not shown of it, and what is sensitive. */
export async function diffPart({ world, run }: Standing, change: ChangeSet): Promise<BriefPart[]> {
  const { text, beyond, unshown } = await world.git.changes.diff(change, DIFF_BYTES);
  const first = [
    ...unshown.map((path) => `Look first at ${showPath(path)} itself: git takes it for no text, so nothing of how it changed is shown here.`),
    ...(run.change?.sensitive ?? []).map((place) => `Look first at ${showPath(place.path)}: ${place.why}.`),
  ];
  return [
    ...(first.length === 0 ? [] : [part('Look here first', first, 94, true)]),
    { ...part(`The change ${change.digest}`, linesOfText(text), 85, true), beyond },
  ];
}
