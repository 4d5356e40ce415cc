import type { InitData } from '../../verbs/init.js';
import type { UninstallData } from '../../verbs/uninstall.js';
import type { UpgradeData } from '../../verbs/upgrade.js';
import { visible } from '../escape.js';
import { columns, type TextMaker, type View } from './view.js';

/** What was found, what is laid down, and what stays as it is. */
export const initText: TextMaker<InitData> = (data, view) => [
  ...(view.agent ? [] : detectedLines(data)),
  ...fileLines(data.files.filter(({ pack }) => pack === undefined), 'same', view),
  ...data.packs.flatMap((pack) => packLines(pack, data, view)),
  ...(data.files.length === 0 ? [] : [initSummary(data, view)]),
];

export const upgradeText: TextMaker<UpgradeData> = (data, view) => [
  ...fileLines(data.files, 'same', view),
  ...(data.files.length === 0 ? [] : [upgradeSummary(data, view)]),
];

export const uninstallText: TextMaker<UninstallData> = (data, view) => [
  ...fileLines(data.files, undefined, view),
  ...(view.done ? [uninstallSummary(data, view)] : []),
];

/** What was seen. What nobody knows is said by a remark. */
function detectedLines({ detected }: InitData): string[] {
  return columns(Object.entries(detected ?? {}).flatMap(([what, value]) => (value === undefined || value === 'unknown' ? [] : [[what.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(), visible(String(value))] as const])));
}

/** What a pack brings and lays down; nothing where that stands already. */
function packLines({ name, brings }: InitData['packs'][number], { files }: InitData, view: View): string[] {
  const lines = fileLines(files.filter(({ pack }) => pack === name), 'same', view);
  return lines.length === 0 ? [] : [`Pack ${name}: ${brings}`, ...lines];
}

function fileLines(files: readonly { path: string; action: string; why?: string }[], quiet: string | undefined, { paint }: View): string[] {
  return columns(files.filter(({ action }) => action !== quiet).map(({ path, action, why }) =>
    [visible(action), `${visible(path)}${why === undefined ? '' : paint.faint(`  (${visible(why)})`)}`] as const), '  ');
}

function initSummary({ dryRun, files, version }: InitData, { paint }: View): string {
  const laid = files.filter(({ action }) => action === 'create' || action === 'merge').length;
  if (dryRun) return `This is the plan: ${laid} of ${files.length} files would be written. Nothing was.`;
  return `${paint.good(paint.marks.good)} ${laid === 0 ? `Already set up (cxw ${visible(version)}): nothing to do.` : `Set up with cxw ${visible(version)}: ${laid} files written, nothing committed.`}`;
}

const TAKEN_AWAY: readonly string[] = ['remove', 'take-out'];

function uninstallSummary({ dryRun, purged, files }: UninstallData, { paint }: View): string {
  const gone = files.filter(({ action }) => TAKEN_AWAY.includes(action)).length;
  if (gone === 0) return 'There is nothing to remove.';
  if (dryRun) return 'Nothing was removed: this is the plan.';
  return `${paint.good(paint.marks.good)} Removed what the manifest lists and nobody edited${purged ? ', and the live state' : ''}.`;
}

const UNTOUCHED: readonly string[] = ['same', 'keep'];

function upgradeSummary({ dryRun, files, version }: UpgradeData, { paint }: View): string {
  const touched = files.filter(({ action }) => !UNTOUCHED.includes(action)).length;
  if (touched === 0) return `${paint.good(paint.marks.good)} Everything is as cxw ${visible(version)} lays it down, or as you want it.`;
  if (dryRun) return `This is the plan: ${touched} of ${files.length} files would change. Nothing did.`;
  return `${paint.good(paint.marks.good)} Upgraded to cxw ${visible(version)}: ${touched} files changed, nothing committed.`;
}
