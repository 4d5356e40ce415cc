import { refuse, remark, type Problem } from '../../domain/problem.js';
import type { World } from '../../world/index.js';
import type { VerifyRequest } from '../verify.js';
import type { Subjects } from './subjects.js';

/**
 * What was asked about, and is not there. Who names one merge, or a seal, asks about something: that nothing is there
 * is no yes. What a range holds is not said by naming it; but of one without a commit nothing that is demanded is shown.
 */
export async function missing({ git }: Pick<World, 'git'>, found: Subjects, request: VerifyRequest): Promise<Problem[]> {
  const { asked, subjects, unticketed, problems, range } = found;
  if (range?.commits === 0) return [nothingInRange(range, request)];
  const isMissed = subjects.length === 0 && (asked === 'merge' || (asked === 'range' && request.expect !== undefined));
  if (isMissed) return [refuse('nothing-to-verify', { what: request.what, brings: 'nothing', shallow: await git.repository.shallow() })];
  const isMergesAlone = range !== undefined && subjects.length + unticketed.length + problems.length === 0;
  return isMergesAlone ? [remark('range-empty', { ...range, holds: 'merges', demands: demandsOf(request) })] : [];
}

function nothingInRange({ from, to, at }: NonNullable<Subjects['range']>, request: VerifyRequest): Problem {
  const facts = { from, to, at, holds: 'nothing', demands: demandsOf(request) } as const;
  return facts.demands.length > 0 ? refuse('range-empty', facts) : remark('range-empty', facts);
}

/** What is demanded, as it was typed. */
const demandsOf = ({ rerun, delivered, expect }: VerifyRequest): string[] =>
  [...(rerun ? ['--rerun'] : []), ...(delivered ? ['--delivered'] : []), ...(expect === undefined ? [] : ['--expect', expect])];
