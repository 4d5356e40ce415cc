import { remark, type Problem } from '../problem.js';
import type { Delivery, Run } from '../run.js';

/** What a delivery pushes, and to where. */
export function pushOf({ committed, intent: { target } }: Delivery): NonNullable<Run['unanswered']> {
  const { remote, ref } = target!;
  return { commit: committed!, remote, ref };
}

/** That the remote may take a commit still that was given up. Nobody can know when it lets go: only a later push, or an end, makes it past. */
export const unansweredRemarks = ({ unanswered, end }: Pick<Run, 'unanswered' | 'end'>): Problem[] =>
  (unanswered === undefined || end !== undefined ? [] : [remark('push-unanswered', unanswered, 'warning')]);
