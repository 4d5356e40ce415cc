import type { AdvanceData } from '../../verbs/advance.js';
import { visible } from '../escape.js';
import { stateShown } from './status.js';
import type { TextMaker } from './view.js';

/** Which states a ticket entered, and where it stands now. */
export const advanceText: TextMaker<AdvanceData> = (data, { paint }) => {
  const { ticket, entered, state, wouldEnter, mine } = data;
  if (ticket === undefined) return [];
  const name = paint.strong(visible(ticket));
  const moved = entered.map((one) => `${paint.good(paint.marks.good)} ${one}`);
  const stands = wouldEnter !== undefined
    ? [`${name} would enter ${wouldEnter}. Nothing was written.`]
    : [entered.length === 0 ? `${name} stays: ${stateShown(state)}.` : `${name} is at ${stateShown(state)}.`];
  return [
    ...moved,
    ...stands,
    ...(data.changeSet === undefined ? [] : [`Change set  ${data.changeSet}`]),
    ...(mine === undefined ? [] : [`Yours, ${wouldEnter === undefined ? 'left' : 'and would be left'} alone from now on: ${visible(mine.join(', '))}`]),
  ];
};
