import type { AbandonData } from '../../verbs/abandon.js';
import type { BlockData } from '../../verbs/block.js';
import type { ReworkData } from '../../verbs/rework.js';
import type { UnlockData } from '../../verbs/unlock.js';
import type { WaiveData } from '../../verbs/waive.js';
import { visible, visibleCommand } from '../escape.js';
import { stateShown } from './status.js';
import type { TextMaker, View } from './view.js';

/** The ways on, back and out. A refused one has nothing to say beside its refusals. */
export const reworkText: TextMaker<ReworkData> = ({ ticket, from, state, rounds, changed }, view) => (state === undefined && changed === undefined ? [] : [
  good(view, `${visible(ticket ?? '')} went back from ${stateShown(from)} to ${stateShown(state)}.`),
  ...(rounds ? [`Repair rounds used: ${rounds}`] : []),
  ...(changed ?? []).map((words) => `  ${view.paint.marks.note} ${visible(words)}`),
]);

export const blockText: TextMaker<BlockData> = ({ ticket, reason, release }, { paint }) => (reason === undefined ? [] : [
  `${paint.warn(paint.marks.held)} ${visible(ticket ?? '')} is blocked: ${visible(reason)}`,
  ...(release === undefined ? [] : [`Released by: ${visible(release)}`]),
]);

export const unblockText: TextMaker<BlockData> = ({ ticket, state, roundsLeft }, view) => (state === undefined ? [] : [
  good(view, `${visible(ticket ?? '')} goes on at ${stateShown(state)}.`),
  ...(roundsLeft === undefined ? [] : [`Repair rounds left: ${roundsLeft}`]),
]);

export const abandonText: TextMaker<AbandonData> = ({ ticket, how, left, records, overwritten, setAside }, view) => (how === undefined ? [] : [
  good(view, `${visible(ticket ?? '')} has ended: ${how === 'no-change' ? 'it needed no change' : 'abandoned'}.`),
  ...(setAside === undefined ? [] : [`Its ledger cannot be trusted. All that was kept of it lies in ${visible(setAside)}, below cxw's folder in the git directory.`]),
  ...(left?.length ? [`Left in the worktree as it is: ${visible(left.join(', '))}`] : []),
  ...(records === undefined ? [] : [`Its own files stay too: ${visible(records.length === 1 ? records[0]! : `${records.length} below tickets`)}. Commit them or put them away; a pull that brings the same ticket would find them in its way.`]),
  ...(overwritten === undefined ? [] : ['Not as it was when the ticket began; what was there is kept, and comes back with:', ...overwritten.map(({ bringBack }) => `  ${visibleCommand(bringBack)}`)]),
]);

export const waiveText: TextMaker<WaiveData> = ({ ticket, what, reason }, { paint }) => (reason === undefined ? [] : [
  `${paint.warn(paint.marks.held)} Waived for ${visible(ticket ?? '')}: ${visible(what ?? '')}. ${visible(reason)}`,
  'It does not count as the evidence it replaces; every later answer and the delivered record show it.',
]);

export const unlockText: TextMaker<UnlockData> = ({ cleared, owner, setAside, claimed }, view) => [
  cleared && owner !== undefined
    ? good(view, `Cleared the lock of ${visible(owner.command)} (process ${owner.pid}, ${owner.seconds} s old, ${visible(owner.state)}).`)
    : 'No lock was cleared.',
  ...(setAside === undefined ? [] : [
    good(view, `The worktree's own ledger could not be trusted. It lies in ${visible(setAside)}, below cxw's folder in the git directory.`),
    claimed === undefined ? 'No ticket owns the changes of this worktree now: the next one that advances takes them.' : `${visible(claimed)} owns the changes of this worktree, as before.`,
  ]),
];

const good = ({ paint }: View, words: string): string => `${paint.good(paint.marks.good)} ${words}`;
