import { refuse, type Refusal } from '../problem.js';
import type { Run } from '../run.js';
import { inWords } from './preconditions.js';
import { cutOff, headRefusals, type Sight } from './resume.js';

/** Why a delivery under way cannot be undone: others may have seen it, or something stands on it. */
export function abortRefusals(run: Run, sight: Sight): Refusal[] {
  const { ticket, delivery } = run;
  if (delivery === undefined) return [refuse('nothing-to-abort', { ticket })];
  const { intent: { branch }, prepared } = delivery;
  const { operation, place, since } = sight;
  return [
    ...publishedRefusals(run, sight),
    ...headRefusals(run, delivery, sight),
    ...(operation === undefined ? [] : [refuse('operation-in-progress', { ticket, operation })]),
    ...(place === 'below' ? [refuse('built-upon', { ticket, branch, commit: prepared!, commits: since.map(inWords) })] : []),
  ];
}

/** Why the commit of a delivery is not given up: the remote has it, or may have it. */
export function publishedRefusals(run: Run, { remote }: Pick<Sight, 'remote'>): Refusal[] {
  const { ticket, delivery } = run;
  const target = delivery?.intent.target;
  if (delivery === undefined || remote === undefined || target === undefined) return [];
  if (!remote.reached) return [refuse('pushed-unconfirmed', { ticket, commit: delivery.committed!, remote: target.remote, said: remote.said })];
  if (remote.contains === true) return [refuse('already-on-remote', { ticket, commit: delivery.committed!, remote: target.remote })];
  if (remote.contains === false || remote.tip === undefined) return [];
  if (remote.contains === 'cut-off') return [cutOff(run, delivery, remote.tip)];
  return [refuse('remote-unknown', { ticket, remote: target.remote, ref: target.ref, tip: remote.tip, pushed: delivery.pushed !== undefined })];
}
