import type { RepoPath } from '../../paths.js';
import type { sourceCodes } from '../sources.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const sourcePages: PagesOf<typeof sourceCodes> = {
  'ticket-edited': {
    title: 'The ticket changed after it was locked',
    cause: 'Evidence was gathered for the ticket as it was locked. Another ticket asks for other evidence.',
    fix: 'Undo the edit, or lock the ticket again with `cxw rework --refresh`, which shows the difference and puts it before the reviewer.',
    example: { ticket: ID },
  },
  'ticket-missing': {
    title: 'The ticket file is gone',
    cause: 'The ticket is delivered with the work, so it must stand where it was locked.',
    fix: 'Put the file back as it was; its locked text is in the first entry of `cxw log --json`.',
    example: { ticket: ID },
  },
  'policy-edited': {
    title: 'The policy changed after it was locked',
    cause: 'The policy decides what counts as evidence; a change of it under way could let anything pass.',
    fix: 'Undo the edit, or lock the policy again with `cxw rework --refresh`.',
    example: { ticket: ID },
  },
  'policy-uncommitted': {
    title: 'The policy was edited and not committed',
    cause: 'The policy decides what counts as evidence. One that only this worktree holds, and that differs from the committed one, could have been weakened for this very ticket. The reviewer is told the difference.',
    fix: 'Read the difference. If it is meant, commit and push it, or go on as a person, outside the agent. If not, put the committed policy back.',
    example: { ticket: ID, agent: 'claude' },
  },
  'spec-edited': {
    title: 'A spec changed after it was locked',
    cause: 'The work carries out the specs as they were when it began.',
    fix: 'Undo the edit, or lock the specs again with `cxw rework --refresh`.',
    example: { ticket: ID, specs: ['docs/specs/login/design.md' as RepoPath] },
  },
  'refresh-by-writer': {
    title: 'The writer may not refresh the lock',
    cause: 'Who writes the work may not move the goal posts. Agent sessions and processes are compared too, so another name does not help.',
    fix: 'Let a person run the refresh from a shell that no agent started, or an agent of its own that wrote none of it.',
    example: { ticket: ID, actor: 'writer:codex' },
  },
  'plan-missing': {
    title: 'No plan is recorded',
    cause: 'Work that is more than quick is planned first: what is read, what is done in which files, and which proof covers which criterion.',
    fix: 'Write the plan (the brief says how) and record it.',
    example: { ticket: ID },
  },
  'plan-incomplete': {
    title: 'The plan does not cover the ticket',
    cause: 'Every acceptance criterion is mapped to a proof before the writer begins.',
    fix: 'Complete the coverage and record the plan again.',
    example: { ticket: ID, criteria: ['AC-2'], unknown: [] },
  },
  'decision-open': {
    title: 'A decision is open that blocks the work',
    cause: 'An open decision that blocks stops the writer before the work, not after it.',
    fix: 'Decide, move the decision to `decisions.locked` in the ticket, and refresh the lock.',
    example: { ticket: ID, decisions: ['DEC-2'] },
  },
};
