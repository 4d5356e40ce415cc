import type { ChangedPath } from '../changeSet.js';
import { isAddition, isDeletion } from '../changeSet.js';
import { compileGlobs } from '../globs.js';
import { showPath, type RepoPath } from '../paths.js';
import type { Policy } from '../policy.js';
import { refuse, type Refusal } from '../problem.js';
import type { Run } from '../run.js';
import type { Criterion } from '../ticket.js';
import type { ReviewWords } from './words.js';

/** What a review is about: a run whose change was accepted. */
export type ReviewedRun = Run & Required<Pick<Run, 'lock' | 'change'>>;

export const isReviewable = (run: Run): run is ReviewedRun => run.lock !== undefined && run.change !== undefined;

export const changedFiles = (run: ReviewedRun): ChangedPath[] => run.change.changeSet.entries;

export function howChanged(entry: ChangedPath): 'new' | 'modified' | 'deleted' {
  if (isDeletion(entry)) return 'deleted';
  return isAddition(entry) ? 'new' : 'modified';
}

/** Whether a path is a test, documentation, or neither, by the policy's patterns. */
export function partOf({ proofs, docs }: Policy): (path: RepoPath) => 'tests' | 'docs' | 'code' {
  const [isTest, isDoc] = [compileGlobs(proofs.tests), compileGlobs(docs)];
  return (path) => (isTest(path) ? 'tests' : isDoc(path) ? 'docs' : 'code');
}

/** What came of a proof of the ticket. */
export const verdictOf = ({ proofs }: Run, proof: string): string => proofs?.proofs.find((one) => one.proof === proof)?.how ?? 'not run';

/** Whether every proof of a criterion showed it; a person's look counts, a waiver does not. */
export const isShown = (run: Run, { proofs }: Criterion): boolean =>
  proofs.every((proof) => !['not run', 'waived'].includes(verdictOf(run, proof)));

/** Words that the facts deny: criteria and files that there are not, and what no proof shows. */
export function deniedWords(run: ReviewedRun, words: ReviewWords): Refusal[] {
  const { ticket } = run;
  const criteria = run.lock.ticket.content.acceptance;
  const denied = (field: string, why: string): Refusal => refuse('review-words-denied', { ticket, field, why });
  const changed = new Set(changedFiles(run).map(({ path }) => path));
  return [
    ...words.conformance.flatMap(({ criterion, holds }, at) => {
      const known = criteria.find(({ id }) => id === criterion);
      if (known === undefined) return [denied(`conformance[${at}]`, `the ticket has no criterion ${criterion}`)];
      return holds === 'yes' && !isShown(run, known) ? [denied(`conformance[${at}]`, `${criterion} is said to hold, and ${known.proofs.map((proof) => `${proof} is ${verdictOf(run, proof)}`).join(', ')}`)] : [];
    }),
    ...words.excerpts.flatMap(({ path }, at) => (changed.has(path) ? [] : [denied(`excerpts[${at}]`, `${showPath(path)} was not changed`)])),
  ];
}
