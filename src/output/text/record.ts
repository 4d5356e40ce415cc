import type { RecordData } from '../../verbs/record.js';
import { visible } from '../escape.js';
import type { TextMaker } from './view.js';

/** What was taken into the ledger, from whom, and about which change. */
export const recordText: TextMaker<RecordData> = (data, { paint }) => {
  const { ticket, record, by, seen, verdict, changeSet, openFindings, draft, state } = data;
  if (draft !== undefined) return [`${paint.warn(paint.marks.held)} The ${record} of ${visible(ticket ?? '')} was left as a draft: ${visible(draft)}`];
  if (state === undefined || ticket === undefined) return [];
  return [
    `${paint.good(paint.marks.good)} Recorded: ${record} of ${visible(ticket)} by ${visible(by ?? '')}${seen === undefined ? '' : ` (${seen})`}${verdict === undefined ? '' : `, verdict ${verdict}`}`,
    ...(changeSet === undefined ? [] : [`Change set  ${changeSet}`]),
    ...(openFindings?.length ? [`Open findings  ${visible(openFindings.join(', '))}`] : []),
  ];
};
