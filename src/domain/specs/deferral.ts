import { isDate } from '../dates.js';
import { complain, type Problem } from '../problem.js';
import { isVagueReason } from '../vagueReason.js';
import type { Sheet } from './sheet.js';

/** When it was put off to apply an accepted change, and why. */
export interface Deferral {
  date: string;
  reason: string;
}

const FORM = /^(\d{4}-\d{2}-\d{2})[\s,:;.–—-]+(\S.*)$/;

/** What a delta says at its head of being put off, as `- Deferred: 2026-11-21, until …`; nothing where that is no date and no reason. */
export function deferralOf({ fields }: Sheet<'delta'>): Deferral | undefined {
  const [, date = '', reason = ''] = FORM.exec(fields.get('deferred')?.text ?? '') ?? [];
  return isDate(date) && !isVagueReason(reason) ? { date, reason } : undefined;
}

/** Who puts off says when and why. An empty line is nobody's word. */
export function deferralProblems(delta: Sheet<'delta'>): Problem[] {
  const cell = delta.fields.get('deferred');
  if (cell === undefined || cell.text === '' || deferralOf(delta) !== undefined) return [];
  return [complain('delta-deferral-unclear', { found: cell.text }, delta.place(cell.from, cell.to, 'a date and a reason'))];
}
