import { hasReached, positionOf, ROAD, type State } from '../../domain/road.js';
import type { BoardLine, StatusData } from '../../verbs/status.js';
import { visible } from '../escape.js';
import { chainText } from './chain.js';
import { columns, type TextMaker, type View } from './view.js';

/** Where one ticket stands, or all of them. Where none was found there is nothing to show beside the refusal. */
export const statusText: TextMaker<StatusData> = (data, view) => {
  if (data.tickets !== undefined) return board(data.tickets, data.siblings, view);
  return data.ticket === undefined ? [] : one(data, view);
};

function one(data: StatusData, view: View): string[] {
  const { paint, agent } = view;
  const rows: (readonly [string, string | undefined])[] = [
    ['State', stateWords(data)],
    ['Parent', data.parent],
    ['Writer', data.writer],
    ['Change', data.changeSet],
    ['Files', data.changed?.length ? data.changed.join(', ') : undefined],
    ['Proofs', data.proofs?.map(proofWords).join(', ')],
    ['Stale', data.stale.length === 0 ? undefined : paint.warn(visible(data.stale.join(', ')))],
    ['Findings', data.openFindings?.length ? `open: ${data.openFindings.join(', ')}` : undefined],
    ['Repairs', data.rounds ? `${data.rounds} used` : undefined],
    ['Blocked', data.blocked && `${data.blocked.reason} Released by: ${data.blocked.release}`],
    ['Waived', data.waived?.join(', ')],
    ['Delivery', agent ? undefined : deliveryWords(data)],
  ];
  const shown = rows.flatMap(([key, value]) => (value ? [[key, key === 'Stale' ? value : visible(value)] as const] : []));
  const below = data.chain === undefined ? [] : ['', ...chainText(data.chain, view)];
  return [`${paint.strong(visible(data.ticket ?? ''))}${data.title === undefined ? '' : `  ${visible(data.title)}`}`, ...columns(shown), ...below];
}

function stateWords({ state, following, ended }: StatusData): string {
  if (ended !== undefined) return ENDED[ended] ?? ended;
  const where = stateShown(state);
  return following === undefined ? where : `${where}, next ${following}`;
}

const ENDED: Record<string, string> = {
  'no-change': 'ended: it needed no change',
  committed: 'committed; whether it was delivered is not known here',
  damaged: 'its sealed ledger is damaged',
};

const proofWords = ({ proof, how, failures, runs }: NonNullable<StatusData['proofs']>[number]): string =>
  `${proof} ${how === 'flaky' ? `flaky ${failures}/${runs}` : how}`;

function deliveryWords({ delivery, state }: StatusData): string | undefined {
  if (delivery === undefined) return undefined;
  const { mode, branch, commit, pushed, confirmed } = delivery;
  const progress = confirmed ? 'confirmed by the remote' : pushed ? 'pushed, not confirmed' : commit !== undefined ? 'committed, not pushed' : hasReached(state, 'explicit_paths_staged') ? 'begun, not committed' : 'not begun';
  return [`${mode} to ${branch.replace(/^refs\/heads\//, '')}`, progress, ...(commit === undefined ? [] : [commit.slice(0, 12)])].join(', ');
}

function board(tickets: readonly BoardLine[], siblings: string | undefined, { paint, agent }: View): string[] {
  if (tickets.length === 0) return ['No tickets here yet.'];
  const rows = tickets.map(({ ticket, state, title, claim }) =>
    [`${mark(state, claim, paint.marks)} ${visible(ticket)}`, `${visible(state)}${claim ? ', holds the writer claim' : ''}${title === undefined ? '' : `  ${visible(title)}`}`] as const);
  return [...columns(rows), ...(siblings === undefined || agent ? [] : [paint.faint(siblings)])];
}

function mark(state: BoardLine['state'], claim: boolean, marks: View['paint']['marks']): string {
  if (state === 'done' || state === 'delivered') return marks.good;
  if (state === 'damaged' || state === 'unreadable') return marks.bad;
  if (state === 'abandoned' || state === 'no change') return marks.note;
  return claim ? marks.arrow : marks.open;
}

/** `focused_tests_passed (7 of 17)`. */
export const stateShown = (state: State | undefined): string => (state === undefined ? 'not begun' : `${state} (${positionOf(state) + 1} of ${ROAD.length})`);
