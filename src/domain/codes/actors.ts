import { entry } from './entry.js';

/** Who may do what. */
export const actorCodes = {
  'actor-unreadable': entry<{ written: string }>({
    title: 'Not an actor',
    says: ({ written }) => `"${written}" names no actor. An actor is role:name; the roles are planner, writer, reviewer, curator, deliverer, orchestrator and human.`,
    commands: () => ['cxw status --as writer:NAME'],
    cause: 'Every fact names who it comes from, so the name must be readable.',
    fix: 'Write the actor as role:name, as in `--as reviewer:kim`, or set CXW_ACTOR.',
    example: { written: 'kim' },
  }),
  'actor-unnamed': entry<{ record: string; role: string; ticket: string }>({
    title: 'Nobody says who this is',
    says: ({ record, role }) => `A ${record} must say who it comes from: add --as ${role}:NAME.`,
    commands: ({ record, role, ticket }) => [`cxw record ${record} ${ticket} --as ${role}:NAME --verdict pass --change-set DIGEST --summary TEXT`],
    cause: 'A review counts because it comes from somebody who wrote none of the work; a default name would always be the writer.',
    fix: 'Name the reviewer with `--as reviewer:NAME` or CXW_ACTOR.',
    example: { record: 'review', role: 'reviewer', ticket: 'TKT-2026-11-21-fix-typo' },
  }),
  'wrong-role': entry<{ record: string; actor: string; allowed: string[]; ticket: string }>({
    title: 'Another role attests this',
    says: ({ record, actor, allowed }) => `A ${record} comes from a ${allowed.join(' or a ')}, not from ${actor}.`,
    commands: ({ record, allowed, ticket }) => [`cxw record ${record} ${ticket} --as ${allowed[0]}:NAME`],
    cause: 'Each attested document has its role; a document from another role would say less than it seems to.',
    fix: 'Record it with the role that it belongs to.',
    example: { record: 'review', actor: 'planner:kim', allowed: ['reviewer', 'human'], ticket: 'TKT-2026-11-21-fix-typo' },
  }),
  'not-the-writer': entry<{ actor: string; writer: string; ticket: string }>({
    title: 'Not the assigned writer',
    says: ({ actor, writer }) => `${actor} is not the assigned writer; that is ${writer}.`,
    commands: ({ writer, ticket }) => [`cxw record self-review ${ticket} --as '${writer}' --verdict pass --change-set DIGEST --summary TEXT`],
    cause: 'A self review is the verdict of the one who wrote the change.',
    fix: 'Let the writer record it. To hand the work to another writer, take it back with `cxw rework` and advance with `--as writer:NAME`.',
    example: { actor: 'writer:kim', writer: 'writer:Ada', ticket: 'TKT-2026-11-21-fix-typo' },
  }),
  'reviewer-is-writer': entry<{ reviewer: string; writer: string; ticket: string }>({
    title: 'The reviewer wrote the change',
    says: ({ reviewer, writer }) => `${reviewer} cannot review this: ${writer} had a hand in writing it.`,
    commands: ({ ticket }) => [`cxw brief reviewer ${ticket}`],
    cause: 'Nobody who wrote reviews. Names are compared as they are read, without regard to case, spacing, punctuation and look-alike letters.',
    fix: 'Give the brief to somebody else, or to a fresh agent with a name of its own, and let them record the review.',
    example: { reviewer: 'reviewer:ada', writer: 'writer:Ada', ticket: 'TKT-2026-11-21-fix-typo' },
  }),
  'reviewer-same-session': entry<{ reviewer: string; writer: string; by: 'session' | 'process'; ticket: string }>({
    title: "The review comes from the writer's session",
    says: ({ reviewer, writer, by }) => `${reviewer} and ${writer} are one: both come from the same agent ${by}.`,
    commands: ({ ticket }) => [`cxw brief reviewer ${ticket}`],
    cause: 'Another name does not make another reader: agent sessions and the processes above them are compared where they can be seen.',
    fix: 'Let a separate agent process, or a person, read the change and record the review.',
    example: { reviewer: 'reviewer:second', writer: 'writer:codex', by: 'session', ticket: 'TKT-2026-11-21-fix-typo' },
  }),
  'person-needed': entry<{ command: string; agent?: string }>({
    title: 'Only a person may do this',
    says: ({ command, agent }) => `${command} is for a person${agent === undefined ? '' : `; this command was started by an agent (${agent})`}.`,
    commands: ({ command }) => [command],
    cause: 'It widens what may happen, or vouches for work that cxw cannot judge, so an agent may not do it for itself.',
    fix: 'Run the command yourself, from a shell that no agent started.',
    example: { command: 'cxw advance --mine notes.txt', agent: 'claude' },
  }),
  'terminal-needed': entry<{ command: string }>({
    title: 'Only a person at a terminal may do this',
    says: ({ command }) => `${command} is for a person at a terminal; here stdin or stderr is none.`,
    commands: ({ command }) => [command],
    cause: 'A waiver goes on without evidence. It must be somebody’s own, visible act.',
    fix: 'Run the command in a terminal.',
    example: { command: 'cxw waive independent_review_complete --reason TEXT' },
  }),
};
