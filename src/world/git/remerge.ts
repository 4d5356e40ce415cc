import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { records } from '../../domain/porcelain.js';
import { parseRawDiff } from './answers.js';
import { once } from './readings.js';
import type { GitRunner } from './runner.js';

/**
 * Merges the two parents of a merge once more, as git would without anybody's help, and tells in what the merge differs
 * from that. Git keeps what it needs for it apart, and throws it away. A range may have hundreds of merges: what
 * programs git would start for them is asked once.
 */
export function openRemerge(runner: GitRunner): (merge: ObjectId) => Promise<ChangedPath[]> {
  const drivers = once(() => driversOf(runner));
  return async (merge) => parseRawDiff(await runner.run(
    ['log', '--max-count=1', '--format=', '--no-show-signature', '--remerge-diff', '--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv', merge, '--'],
    { doing: 'merging once more', config: MERGED_ALIKE, env: withoutDrivers(await drivers()) }));
}

/** Where a merge looks for renamed files is not for one machine's settings to say. */
const MERGED_ALIKE = ['merge.renames=true', 'merge.directoryRenames=conflict', 'merge.renameLimit=7000', 'log.diffMerges=separate'];

/** Settings that name programs which git would start for files that both sides changed. */
async function driversOf(runner: GitRunner): Promise<string[]> {
  const { stdout } = await runner.attempt(['config', '-z', '--name-only', '--get-regexp', '^merge\\..*\\.driver$'], { doing: 'reading the configuration' });
  return [...new Set(records(stdout) as string[])];
}

/** To look at a merge starts no program of anybody's: where one would have merged, the merge is told as a change of its own. */
function withoutDrivers(names: readonly string[]): Record<string, string> {
  const settings = names.flatMap((name, at) => [[`GIT_CONFIG_KEY_${at}`, name], [`GIT_CONFIG_VALUE_${at}`, 'false']]);
  return { GIT_CONFIG_COUNT: String(names.length), ...Object.fromEntries(settings) };
}
