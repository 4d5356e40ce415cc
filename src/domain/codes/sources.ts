import type { RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, count, listed, paths, refresh, refreshByPerson } from './entry.js';

/** Ticket, specs and policy as they were locked, and the plan that goes with them. */
export const sourceCodes = () => ({
  'ticket-edited': entry<{ ticket: string }>({
    says: ({ ticket }) => `tickets/${ticket}.yaml is not what was locked any more.`,
    commands: ({ ticket }) => [refresh(ticket)],
  }),
  'ticket-missing': entry<{ ticket: string }>({
    says: ({ ticket }) => `tickets/${ticket}.yaml does not exist any more.`,
    commands: ({ ticket }) => [sh`cxw log ${ticket}`, sh`cxw abandon ${ticket} --reason TEXT`],
  }),
  'policy-edited': entry<{ ticket: string }>({
    says: () => '.cxw/policy.yaml is not what was locked for this ticket any more.',
    commands: ({ ticket }) => [refresh(ticket)],
  }),
  'policy-uncommitted': entry<{ ticket: string; agent?: string }>({
    says: ({ ticket, agent }) => `${ticket} would be governed by a .cxw/policy.yaml that was edited and not committed${agent === undefined ? '; nobody else sees that policy.' : `. Whoever edited it, ${agent} may not go on by it alone: commit it, or let a person advance.`}`,
    commands: ({ ticket, agent }) => [
      'git diff HEAD -- .cxw/policy.yaml',
      "git commit -m 'Change the policy' -- .cxw/policy.yaml",
      ...(agent === undefined ? [] : [sh`cxw advance ${ticket} --until-blocked`]),
    ],
  }),
  'spec-edited': entry<{ ticket: string; specs: RepoPath[] }>({
    says: ({ specs }) => `${paths(specs)} ${specs.length === 1 ? 'is' : 'are'} not what was locked for this ticket any more.`,
    commands: ({ ticket }) => [refreshByPerson(ticket)],
  }),
  'refresh-by-writer': entry<{ ticket: string; actor: string; agent?: string }>({
    says: ({ actor }) => `${actor} is the hand that writes this change, so somebody else must lock ticket, policy and base again.`,
    // Under the agent that writes, no name makes it somebody else: it can only wait for one.
    commands: ({ ticket, agent }) => (agent === undefined
      ? [refreshByPerson(ticket)]
      : [sh`cxw block ${ticket} --reason TEXT --release ${`a person refreshes it outside ${agent}`}`]),
  }),
  'plan-missing': entry<{ ticket: string }>({
    says: ({ ticket }) => `${ticket} has no recorded plan.`,
    commands: ({ ticket }) => [sh`cxw brief planner ${ticket}`, 'cxw schema record-plan', sh`cxw record plan ${ticket} --file FILE`],
  }),
  'plan-incomplete': entry<{ ticket: string; criteria: string[]; unknown: string[] }>({
    says: ({ criteria, unknown }) => [
      ...(criteria.length > 0 ? [`No proof is planned for ${listed(criteria)}.`] : []),
      ...(unknown.length > 0 ? [`The plan names what the ticket has not: ${listed(unknown)}.`] : []),
    ].join(' '),
    commands: ({ ticket }) => [sh`cxw record plan ${ticket} --file FILE`],
  }),
  'decision-open': entry<{ ticket: string; decisions: string[] }>({
    says: ({ decisions }) => `${count(decisions.length, 'blocking decision')} ${decisions.length === 1 ? 'is' : 'are'} open: ${listed(decisions)}.`,
    commands: ({ ticket }) => [refresh(ticket)],
  }),
});
