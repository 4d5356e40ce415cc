import type { Story } from './story.js';

/** Begins the ticket and records a plan that covers AC-1 with P1. */
export async function planned(told: Story, ticket: string): Promise<void> {
  await told.ok('advance', ticket, '--until-blocked');
  await told.write('../plan.yaml', [
    'tasks: [{ id: T1, text: Do the one thing. }]', 'success: [The proof passes.]',
    'coverage: [{ criterion: AC-1, proofs: [P1] }]', 'commit_note: Do the one thing', ''].join('\n'));
  await told.ok('record', 'plan', ticket, '--file', '../plan.yaml', '--as', 'planner:pat');
}

/** The attestations of a larger ticket whose change is made; a review may say more. */
export async function attested(told: Story, ticket: string, ...review: string[]): Promise<void> {
  await told.ok('record', 'changes', ticket, '--summary', 'The one thing.');
  const { changeSet } = (await told.ok('status', ticket)).data;
  await told.ok('record', 'self-review', ticket, '--verdict', 'pass', '--change-set', changeSet, '--summary', 'Done.');
  await told.ok('record', 'review', ticket, '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read it.', ...review);
  await told.ok('record', 'curation', ticket, '--memory', 'none', '--spec-drift', 'pass');
}
