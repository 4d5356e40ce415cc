import type { actorCodes } from '../actors.js';
import type { PagesOf } from './page.js';

export const actorPages: PagesOf<typeof actorCodes> = {
  'actor-unreadable': {
    title: 'Not an actor',
    cause: 'Every fact names who it comes from, so the name must be readable.',
    fix: 'Write the actor as role:name, as in `--as reviewer:kim`, or set CXW_ACTOR.',
    example: { written: 'kim' },
  },
  'actor-unnamed': {
    title: 'Nobody says who this is',
    cause: 'A review counts because it comes from somebody who wrote none of the work; a default name would always be the writer.',
    fix: 'Name the reviewer with `--as reviewer:NAME` or CXW_ACTOR.',
    example: { record: 'review', role: 'reviewer', ticket: 'TKT-2026-11-21-fix-typo' },
  },
  'wrong-role': {
    title: 'Another role attests this',
    cause: 'Each attested document has its role; a document from another role would say less than it seems to.',
    fix: 'Record it with the role that it belongs to.',
    example: { record: 'review', actor: 'planner:kim', allowed: ['reviewer', 'human'], ticket: 'TKT-2026-11-21-fix-typo' },
  },
  'not-the-writer': {
    title: 'Not the assigned writer',
    cause: 'A self review is the verdict of the one who wrote the change.',
    fix: 'Let the writer record it. To hand the work to another writer, take it back with `cxw rework` and advance with `--as writer:NAME`.',
    example: { actor: 'writer:kim', writer: 'writer:Ada', ticket: 'TKT-2026-11-21-fix-typo' },
  },
  'reviewer-is-writer': {
    title: 'The reviewer wrote the change',
    cause: 'Nobody who wrote reviews. Names are compared as they are read, without regard to case, spacing, punctuation and look-alike letters.',
    fix: 'Give the brief to somebody else, or to a fresh agent with a name of its own, and let them record the review.',
    example: { reviewer: 'reviewer:ada', writer: 'writer:Ada', ticket: 'TKT-2026-11-21-fix-typo' },
  },
  'reviewer-same-session': {
    title: "The review comes from the writer's session",
    cause: 'Another name does not make another reader: agent sessions and the processes above them are compared where they can be seen.',
    fix: 'Let a separate agent process, or a person, read the change and record the review.',
    example: { reviewer: 'reviewer:second', writer: 'writer:codex', by: 'session', ticket: 'TKT-2026-11-21-fix-typo' },
  },
  'person-needed': {
    title: 'Only a person may do this',
    cause: 'It widens what may happen, or vouches for work that cxw cannot judge, so an agent may not do it for itself.',
    fix: 'Run the command yourself, from a shell that no agent started.',
    example: { command: 'cxw advance --mine notes.txt', agent: 'claude' },
  },
  'terminal-needed': {
    title: 'Only a person at a terminal may do this',
    cause: 'A waiver goes on without evidence. It must be somebody’s own, visible act.',
    fix: 'Run the command in a terminal.',
    example: { command: 'cxw waive independent_review_complete --reason TEXT' },
  },
};
