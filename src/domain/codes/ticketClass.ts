import type { RepoPath } from '../paths.js';
import { DESCRIBED } from '../described.js';
import { asWritten, sh } from '../shellLine.js';
import { entry, count, onTicket } from './entry.js';

/** Some of what makes a ticket larger must be described by a spec, which is named at once. */
export const escalate = (ticket: string, triggers: readonly string[] = []): string =>
  sh`cxw ticket escalate ${ticket}${asWritten(triggers.some((trigger) => DESCRIBED.has(trigger)) ? ' --spec FOLDER' : '')}`;

/** What makes a ticket more than it claims to be. */
export const ticketClassCodes = () => ({
  'too-many-files': entry<{ ticket: string; files: number; most: number }>({
    says: ({ files, most }) => `It names ${count(files, 'file')}; a quick ticket has at most ${most}.`,
    commands: ({ ticket }) => [escalate(ticket)],
  }),
  'more-than-one-module': entry<{ ticket: string; why: string; paths: RepoPath[] }>({
    says: ({ why }) => `Its files lie in ${why}; a quick ticket stays in one.`,
    commands: ({ ticket }) => [escalate(ticket)],
  }),
  'trigger-found': entry<{ ticket: string; trigger: string; why: string; paths: RepoPath[] }>({
    says: ({ trigger, why }) => `It is not quick, because of ${trigger}: ${why}.`,
    commands: ({ ticket, trigger }) => [escalate(ticket, [trigger])],
  }),
  'trigger-declared': entry<{ ticket: string; trigger: string }>({
    says: ({ trigger }) => `It declares ${trigger}, and a quick ticket has no trigger.`,
    commands: ({ ticket, trigger }) => [escalate(ticket, [trigger])],
  }),
  'quick-needs-local-proof': entry<{ ticket: string; why: string }>({
    says: ({ why }) => `A quick ticket needs a proof that runs on this machine: ${why}.`,
    commands: ({ ticket }) => [escalate(ticket)],
  }),
  'forbidden-in-scope': entry<{ ticket: string; why: string; paths: RepoPath[] }>({
    says: ({ why }) => `It names a file that no change may touch: ${why}.`,
    commands: onTicket('ticket show'),
  }),
});
