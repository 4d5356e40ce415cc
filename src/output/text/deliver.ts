import type { State } from '../../domain/road.js';
import type { AbortData } from '../../verbs/abort.js';
import type { DeliverData } from '../../verbs/deliver.js';
import { visible } from '../escape.js';
import { stateShown } from './status.js';
import type { TextMaker, View } from './view.js';

/** How far a delivery came, said no better than it is. */
export const deliverText: TextMaker<Partial<DeliverData> & { entered?: State[]; wouldEnter?: State }> = (data, view) => {
  const { ticket, state, commit, branch, target, wouldDeliver, entered = [], wouldEnter } = data;
  if (ticket === undefined) return [];
  const name = view.paint.strong(visible(ticket));
  if (wouldDeliver !== undefined) return [`${name} would deliver ${wouldDeliver.length} paths. Nothing was written.`, ...wouldDeliver.map((path) => `  ${visible(path)}`)];
  if (wouldEnter !== undefined) return [`${name} would enter ${wouldEnter} before it is delivered. Nothing was written.`];
  if (commit === undefined) return [...entered.map((one) => good(view, one)), state === 'done' ? good(view, `${name} is done; nothing was to be committed.`) : `${name} is at ${stateShown(state)}.`];
  return [
    good(view, `${name} committed as ${commit.slice(0, 12)}${branch === undefined ? '' : ` on ${visible(branch.replace(/^refs\/heads\//, ''))}`}${data.already === true ? ', by an earlier run' : ''}.`),
    ...remoteLines(data, view),
    ...(data.note === undefined || data.note === 'nowhere' ? [] : [good(view, `Noted under refs/notes/cxw, ${data.note}.`)]),
    ...(target === undefined && state === 'done' ? ['Committed, not pushed: the policy says so.'] : []),
  ];
};

/** What the remote said when it was asked; of another run also when that was. Of HEAD nothing, where it named something else. */
function remoteLines({ target, confirmed, confirmedAt = '', head, superseded, commit = '', already }: Partial<DeliverData>, view: View): string[] {
  if (target === undefined) return [];
  const where = visible(`${target.remote} ${target.ref.replace(/^refs\/heads\//, '')}`);
  if (confirmed !== true) return [`${view.paint.warn(view.paint.marks.held)} ${where} has not confirmed it.`];
  const asked = `${where}, asked itself${already === true ? ` at ${confirmedAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z` : ''},`;
  if (superseded !== undefined) return [good(view, `${asked} contained it; its tip was ${superseded.slice(0, 12)} by then.`)];
  return [good(view, `${asked} named ${commit.slice(0, 12)}${head === commit ? '; so did HEAD' : ''}. Delivered.`)];
}

export const abortText: TextMaker<Partial<AbortData>> = ({ ticket, state, undone, restored, movedTo, holdsWork }, view) => (ticket === undefined || restored === undefined ? [] : [
  good(view, `The delivery of ${visible(ticket)} was undone${undone === undefined ? '' : `: ${undone.slice(0, 12)} is not on the branch any more`}.`),
  ...(movedTo === undefined ? [] : [`The branch had been moved to ${movedTo.slice(0, 12)}${holdsWork === true ? ', which holds this very work without its evidence' : ''}; it was left there, and nothing is staged that would undo it.`]),
  `${restored} index entries put back; the worktree was not touched. It is at ${stateShown(state)}.`,
]);

const good = ({ paint }: View, words: string): string => `${paint.good(paint.marks.good)} ${words}`;
