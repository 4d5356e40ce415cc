import type { RepoPath } from '../paths.js';
import { entry, count, listed, paths } from './entry.js';
import { ID } from './examples.js';

/** Ticket, specs and policy as they were locked, and the plan that goes with them. */
export const sourceCodes = {
  'ticket-edited': entry<{ ticket: string }>({
    title: 'The ticket changed after it was locked',
    says: ({ ticket }) => `tickets/${ticket}.yaml is not what was locked any more.`,
    commands: ({ ticket }) => [`cxw rework ${ticket} --refresh`],
    cause: 'Evidence was gathered for the ticket as it was locked. Another ticket asks for other evidence.',
    fix: 'Undo the edit, or lock the ticket again with `cxw rework --refresh`, which shows the difference and puts it before the reviewer.',
    example: { ticket: ID },
  }),
  'ticket-missing': entry<{ ticket: string }>({
    title: 'The ticket file is gone',
    says: ({ ticket }) => `tickets/${ticket}.yaml does not exist any more.`,
    commands: ({ ticket }) => [`cxw log ${ticket}`, `cxw abandon ${ticket} --reason TEXT`],
    cause: 'The ticket is delivered with the work, so it must stand where it was locked.',
    fix: 'Put the file back as it was; its locked text is in the first entry of `cxw log --json`.',
    example: { ticket: ID },
  }),
  'policy-edited': entry<{ ticket: string }>({
    title: 'The policy changed after it was locked',
    says: () => '.cxw/policy.yaml is not what was locked for this ticket any more.',
    commands: ({ ticket }) => [`cxw rework ${ticket} --refresh`],
    cause: 'The policy decides what counts as evidence; a change of it under way could let anything pass.',
    fix: 'Undo the edit, or lock the policy again with `cxw rework --refresh`.',
    example: { ticket: ID },
  }),
  'spec-edited': entry<{ ticket: string; specs: RepoPath[] }>({
    title: 'A spec changed after it was locked',
    says: ({ specs }) => `${paths(specs)} ${specs.length === 1 ? 'is' : 'are'} not what was locked for this ticket any more.`,
    commands: ({ ticket }) => [`cxw rework ${ticket} --refresh --as human:NAME`],
    cause: 'The work carries out the specs as they were when it began.',
    fix: 'Undo the edit, or lock the specs again with `cxw rework --refresh`.',
    example: { ticket: ID, specs: ['docs/specs/login/design.md' as RepoPath] },
  }),
  'refresh-by-writer': entry<{ ticket: string; actor: string }>({
    title: 'The writer may not refresh the lock',
    says: ({ actor }) => `${actor} is the hand that writes this change, so somebody else must lock ticket, policy and base again.`,
    commands: ({ ticket }) => [`cxw rework ${ticket} --refresh --as human:NAME`],
    cause: 'Who writes the work may not move the goal posts. Agent sessions and processes are compared too, so another name does not help.',
    fix: 'Let a person run the refresh from a shell that no agent started, or an agent of its own that wrote none of it.',
    example: { ticket: ID, actor: 'writer:codex' },
  }),
  'plan-missing': entry<{ ticket: string }>({
    title: 'No plan is recorded',
    says: ({ ticket }) => `${ticket} has no recorded plan.`,
    commands: ({ ticket }) => [`cxw record plan ${ticket} --file plan.yaml`, `cxw brief planner ${ticket}`],
    cause: 'Work that is more than quick is planned first: what is read, what is done in which files, and which proof covers which criterion.',
    fix: 'Write the plan (the brief says how) and record it.',
    example: { ticket: ID },
  }),
  'plan-incomplete': entry<{ ticket: string; criteria: string[]; unknown: string[] }>({
    title: 'The plan does not cover the ticket',
    says: ({ criteria, unknown }) => [
      ...(criteria.length > 0 ? [`No proof is planned for ${listed(criteria)}.`] : []),
      ...(unknown.length > 0 ? [`The plan names what the ticket has not: ${listed(unknown)}.`] : []),
    ].join(' '),
    commands: ({ ticket }) => [`cxw record plan ${ticket} --file plan.yaml`],
    cause: 'Every acceptance criterion is mapped to a proof before the writer begins.',
    fix: 'Complete the coverage and record the plan again.',
    example: { ticket: ID, criteria: ['AC-2'], unknown: [] },
  }),
  'decision-open': entry<{ ticket: string; decisions: string[] }>({
    title: 'A decision is open that blocks the work',
    says: ({ decisions }) => `${count(decisions.length, 'blocking decision')} ${decisions.length === 1 ? 'is' : 'are'} open: ${listed(decisions)}.`,
    commands: ({ ticket }) => [`cxw rework ${ticket} --refresh`],
    cause: 'An open decision that blocks stops the writer before the work, not after it.',
    fix: 'Decide, move the decision to `decisions.locked` in the ticket, and refresh the lock.',
    example: { ticket: ID, decisions: ['DEC-2'] },
  }),
};
