import { sh } from '../shellLine.js';
import { A, a, entry, onTicket } from './entry.js';

/** Who may do what. */
export const actorCodes = () => ({
  'actor-unreadable': entry<{ written: string }>({
    says: ({ written }) => `"${written}" names no actor. An actor is role:name; the roles are planner, writer, reviewer, curator, deliverer, orchestrator and human.`,
    commands: () => ['cxw status --as writer:NAME'],
  }),
  'actor-unnamed': entry<{ record: string; role: string; ticket: string }>({
    says: ({ record, role }) => `${A(record)} must say who it comes from: add --as ${role}:NAME.`,
    commands: ({ record, role, ticket }) => [sh`cxw record ${record} ${ticket} --as ${role}:NAME --verdict pass --change-set DIGEST --summary TEXT`],
  }),
  'wrong-role': entry<{ record: string; actor: string; allowed: string[]; ticket: string }>({
    says: ({ record, actor, allowed }) => `${A(record)} comes from ${allowed.map(a).join(' or ')}, not from ${actor}.`,
    commands: ({ record, allowed, ticket }) => [sh`cxw record ${record} ${ticket} --as ${allowed[0] ?? 'writer'}:NAME`],
  }),
  'not-the-writer': entry<{ actor: string; writer: string; ticket: string }>({
    says: ({ actor, writer }) => `${actor} is not the assigned writer; that is ${writer}.`,
    commands: ({ writer, ticket }) => [sh`cxw record self-review ${ticket} --as ${writer} --verdict pass --change-set DIGEST --summary TEXT`],
  }),
  'reviewer-is-writer': entry<{ reviewer: string; writer: string; ticket: string }>({
    says: ({ reviewer, writer }) => `${reviewer} cannot review this: ${writer} had a hand in writing it.`,
    commands: onTicket('brief reviewer'),
  }),
  'reviewer-same-session': entry<{ reviewer: string; writer: string; by: 'session' | 'process'; ticket: string }>({
    says: ({ reviewer, writer, by }) => `${reviewer} and ${writer} are one: both come from the same agent ${by}.`,
    commands: onTicket('brief reviewer'),
  }),
  'person-needed': entry<{ command: string; agent?: string }>({
    says: ({ command, agent }) => `${command} is for a person${agent === undefined ? '' : `; this command was started by an agent (${agent})`}.`,
    commands: ({ command }) => [command],
  }),
  'terminal-needed': entry<{ command: string }>({
    says: ({ command }) => `${command} is for a person at a terminal; here stdin or stderr is none.`,
    commands: ({ command }) => [command],
  }),
});
