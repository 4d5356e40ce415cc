import { NEW_TICKET } from '../newTicketCommand.js';
import { asWritten, sh } from '../shellLine.js';
import { entry, count, listed, onTicket, push } from './entry.js';

/** Which ticket is meant, and the ways on, back and out. */
export const roadCodes = () => ({
  'no-ticket': entry<Record<string, never>>({
    says: () => 'No ticket is under way here, and tickets/ holds none that is open.',
    commands: () => [NEW_TICKET],
  }),
  'which-ticket': entry<{ tickets: string[]; command: string }>({
    says: ({ tickets }) => `${count(tickets.length, 'ticket')} could be meant: ${listed(tickets)}.`,
    commands: ({ tickets, command }) => tickets.slice(0, 3).map((ticket) => sh`${asWritten(command)} ${ticket}`),
  }),
  'path-unusable': entry<{ written: string; fault: string }>({
    says: ({ written, fault }) => `"${written}" cannot be used as a path (${fault})${fault === 'not-utf8' ? ': bytes that are no UTF-8 are lost in an argument; write the name as git quotes it, as in \'"caf\\351.txt"\'' : ''}.`,
    commands: ({ fault }) => [fault === 'not-utf8' ? 'git -c core.quotePath=true ls-files --cached --others --exclude-standard' : 'git status --short'],
  }),
  'no-policy': entry<Record<string, never>>({
    says: () => 'There is no .cxw/policy.yaml: cxw is not set up in this repository.',
    commands: () => ['cxw init'],
  }),
  'ticket-ended': entry<{ ticket: string; how: string }>({
    says: ({ ticket, how }) => `${ticket} has ended: ${how}.`,
    commands: ({ ticket, how }) => [sh`cxw ${['delivered', 'committed'].includes(how) ? 'verify' : 'log'} ${ticket}`, NEW_TICKET],
  }),
  'ticket-committed': entry<{ ticket: string; to?: { branch?: string; remote: string; ref?: string } }>({
    says: ({ ticket, to }) => `${ticket} is committed with its sealed records, and nothing is remembered of it in this worktree; whether ${to === undefined ? 'a remote' : to.remote} has it is not known here.`,
    commands: ({ ticket, to }) => [
      sh`cxw verify ${ticket} --delivered`,
      ...(to?.branch === undefined ? [] : [to.ref === undefined ? push({ remote: to.remote, branch: to.branch, ref: to.branch }, '--set-upstream') : push({ remote: to.remote, branch: to.branch, ref: to.ref })]),
    ],
  }),
  'seal-damaged': entry<{ ticket: string; why: string }>({
    says: ({ ticket, why }) => `What HEAD has as the sealed ledger of ${ticket} cannot be read as one: ${why}. Whether the ticket was delivered cannot be told from it.`,
    commands: ({ ticket }) => [sh`git log -- tickets/records/${ticket}/ledger.jsonl`, sh`git rm -- tickets/records/${ticket}/ledger.jsonl`],
  }),
  'ticket-blocked': entry<{ ticket: string; reason: string; release: string }>({
    says: ({ ticket, reason, release }) => `${ticket} is blocked: ${reason}${/[.!?]$/.test(reason) ? '' : '.'} It is released by: ${release}`,
    commands: onTicket('unblock'),
  }),
  'not-blocked': entry<{ ticket: string }>({
    says: ({ ticket }) => `${ticket} is not blocked, and no repair round is waiting to be granted.`,
    commands: ({ ticket }) => [sh`cxw advance ${ticket} --until-blocked`],
  }),
  'writer-busy': entry<{ ticket: string; holder: string }>({
    says: ({ holder }) => `${holder} holds the writer claim of this worktree: one ticket at a time may change it.`,
    commands: ({ holder }) => [sh`cxw status ${holder}`, sh`cxw deliver ${holder}`, sh`cxw abandon ${holder} --reason TEXT`],
  }),
  'mid-delivery': entry<{ ticket: string; state: string }>({
    says: ({ ticket, state }) => `The delivery of ${ticket} has begun (${state}) and is not finished.`,
    commands: onTicket('deliver', 'abort'),
  }),
  'delivery-due': entry<{ ticket: string }>({
    says: ({ ticket }) => `${ticket} has all its evidence; the rest of the road is a delivery.`,
    commands: onTicket('deliver'),
  }),
  'not-begun': entry<{ ticket: string; command: string }>({
    says: ({ ticket, command }) => `${ticket} has not begun, so there is nothing to ${command}.`,
    commands: ({ ticket }) => [sh`cxw advance ${ticket} --until-blocked`],
  }),
  'nothing-to-rework': entry<{ ticket: string; state: string }>({
    says: ({ ticket, state }) => `${ticket} stands at ${state}: the writer may just go on.`,
    commands: ({ ticket }) => [sh`cxw brief writer ${ticket}`, sh`cxw advance ${ticket} --until-blocked`],
  }),
  'has-changes': entry<{ ticket: string; paths: number; base?: string }>({
    says: ({ paths: some, base }) => `${count(some, 'path')} in scope changed${base === undefined ? '' : ` since ${base.slice(0, 12)}, where the ticket began`}, so "no change" would not be true.`,
    commands: ({ ticket, base }) => [
      ...(base === undefined ? [] : [sh`git log --stat ${base.slice(0, 12)}..`]),
      sh`cxw abandon ${ticket} --reason TEXT`,
      sh`cxw advance ${ticket} --until-blocked`,
    ],
  }),
  'lock-alive': entry<{ pid: number; command: string }>({
    says: ({ pid, command }) => `${command} (process ${pid}) is alive and at work here; its lock is not cleared.`,
    commands: () => ['cxw status'],
  }),
  'not-waivable': entry<{ what: string; allowed: string[] }>({
    says: ({ what, allowed }) => `"${what}" cannot be waived. What can: ${listed(allowed, 20)}.`,
    commands: ({ allowed }) => [sh`cxw waive ${allowed[0] ?? 'independent_review_complete'} --reason TEXT`],
  }),
  'waiver-stands': entry<{ what: string; by: string; reason: string }>({
    says: ({ what, by, reason }) => `Waived by ${by}: ${what}. Reason: ${reason}`,
    commands: () => [],
  }),
});
