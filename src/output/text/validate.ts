import type { ValidateData } from '../../verbs/validate.js';
import type { TextMaker } from './view.js';

/** What was looked at, and how much is wrong with it. */
export const validateText: TextMaker<ValidateData> = ({ checked, errors = 0, warnings = 0 }, { paint }) => {
  if (checked === undefined) return [];
  const looked = [
    counted(checked.tickets, 'ticket'), counted(checked.policies, 'policy', 'policies'), counted(checked.records, 'set of records', 'sets of records'), counted(checked.ledgers, 'ledger'), counted(checked.pages, 'page'), counted(checked.steering, 'guidance pack'), counted(checked.specs, 'spec'), counted(checked.laidDown, 'file that cxw laid down', 'files that cxw laid down'),
  ].filter((words) => words !== undefined).join(', ');
  const found = [counted(errors, 'problem'), counted(warnings, 'warning')].filter((words) => words !== undefined).join(', ');
  const mark = errors === 0 ? paint.good(paint.marks.good) : paint.bad(paint.marks.bad);
  return [`${mark} ${looked === '' ? 'Nothing to check' : `Checked ${looked}`}: ${found === '' ? 'valid' : found}.`];
};

const counted = (n: number, one: string, many = `${one}s`): string | undefined => (n === 0 ? undefined : `${n} ${n === 1 ? one : many}`);
