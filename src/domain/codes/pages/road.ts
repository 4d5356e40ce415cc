import type { roadCodes } from '../road.js';
import { ID, MAIN } from './examples.js';
import type { PagesOf } from './page.js';

export const roadPages: PagesOf<typeof roadCodes> = {
  'no-ticket': {
    title: 'There is no ticket',
    cause: 'The command works on one ticket, and there is none.',
    fix: 'Write a ticket, then run the command again.',
    example: {},
  },
  'which-ticket': {
    title: 'Which ticket?',
    cause: 'The ticket may be left out only when exactly one is active.',
    fix: 'Name the ticket; a part of its id that fits no other is enough.',
    example: { tickets: [ID, 'TKT-2026-11-21-new-page'], command: 'cxw advance' },
  },
  'path-unusable': {
    title: 'Not a path of this repository',
    cause: 'Paths are relative to the repository, in normal form, and stay inside it and outside .git.',
    fix: 'Write the path as `git status` prints it, from the top of the repository.',
    example: { written: '../notes.txt', fault: 'leaves-repository' },
  },
  'no-policy': {
    title: 'cxw is not set up here',
    cause: 'The policy says how work is proved and delivered; nothing is assumed without one.',
    fix: 'Run `cxw init`.',
    example: {},
  },
  'ticket-ended': {
    title: 'The ticket has ended',
    cause: 'A ticket that is done or abandoned moves no more.',
    fix: 'Write a new ticket for further work.',
    example: { ticket: ID, how: 'done' },
  },
  'ticket-committed': {
    title: 'The ticket is committed, and may not be delivered',
    cause: 'HEAD holds the sealed records of the ticket, and no facts of it are in this worktree: its delivery was begun in another worktree or clone, or the facts were lost before the push. A ticket is told as delivered only where the remote is known to have those records, by what was last fetched from it or pushed to it: the remote that the branch follows, or else the first. It does not begin anew, or it would be delivered over its own records.',
    fix: 'The first command asks the remote. If it has the commit, `git fetch` lets this clone know. If it has not, and another worktree holds the facts of the ticket, deliver it there; otherwise push the branch yourself.',
    example: { ticket: ID, to: { branch: MAIN, remote: 'origin', ref: MAIN } },
  },
  'seal-damaged': {
    title: 'What was committed as the sealed ledger is none',
    cause: 'HEAD has a file where the closing records of the ticket hold its sealed facts, and it cannot be read as that: it is empty, was edited, holds a conflict, or was written by a newer cxw. A ticket without readable records is neither told as delivered nor delivered once more.',
    fix: 'The first command tells who put it there. If the ticket was delivered, bring back the file as it was delivered. If it never was, remove the file with the second command; the ticket can then begin.',
    example: { ticket: ID, why: 'it is empty' },
  },
  'ticket-blocked': {
    title: 'The ticket is blocked',
    cause: 'Somebody recorded that this work cannot go on, why, and what would release it.',
    fix: 'When that has happened, release it with `cxw unblock`.',
    example: { ticket: ID, reason: 'the staging server is down.', release: 'the server answers again' },
  },
  'not-blocked': {
    title: 'The ticket is not blocked',
    cause: 'There is nothing to release.',
    fix: 'Go on with the ticket.',
    example: { ticket: ID },
  },
  'writer-busy': {
    title: 'Another ticket owns the changes here',
    cause: 'Changes in one worktree cannot be told apart by ticket, so one ticket owns them from discovery until it is done or abandoned.',
    fix: 'Finish or abandon the other ticket, or work on this one in another clone.',
    example: { ticket: ID, holder: 'TKT-2026-11-21-new-page' },
  },
  'mid-delivery': {
    title: 'A delivery is under way',
    cause: 'Between the intent and the end of a delivery nothing else may move the ticket.',
    fix: 'Let it finish with `cxw deliver`, or undo it with `cxw abort` while it is not on the remote.',
    example: { ticket: ID, state: 'committed' },
  },
  'delivery-due': {
    title: 'Everything is ready for delivery',
    cause: '`advance` gathers evidence; only `deliver` changes the repository.',
    fix: 'Run `cxw deliver`.',
    example: { ticket: ID },
  },
  'not-begun': {
    title: 'The ticket has not begun',
    cause: 'The command goes back or out, and the ticket still stands at its beginning.',
    fix: 'Begin the ticket, or delete its file if it is not wanted.',
    example: { ticket: ID, command: 'rework' },
  },
  'nothing-to-rework': {
    title: 'The writer is already at work',
    cause: '`rework` takes a ticket back to its writer, and it is there already.',
    fix: 'Go on with the change and advance.',
    example: { ticket: ID, state: 'writer_assigned' },
  },
  'has-changes': {
    title: 'There are changes',
    cause: '`abandon --no-change` is the honest end of a ticket that needed nothing. What commits changed in its scope since it began is a change too: nobody proved or reviewed it.',
    fix: 'Abandon it without --no-change (the changes stay in the worktree), or go on and deliver them.',
    example: { ticket: ID, paths: 1 },
  },
  'lock-alive': {
    title: 'The lock is in use',
    cause: 'Clearing the lock of a running command would let two of them write at once.',
    fix: 'Wait for it, or end it; the lock of a process that is gone is taken over by itself.',
    example: { pid: 4711, command: 'cxw advance' },
  },
  'not-waivable': {
    title: 'That cannot be waived',
    cause: 'Some evidence can be gone without by a person’s decision; what keeps the repository safe cannot.',
    fix: 'Waive one of the named things, or meet the gate.',
    example: { what: 'committed', allowed: ['self_review_complete', 'independent_review_complete', 'proof:P1'] },
  },
  'waiver-stands': {
    title: 'Gone on without evidence',
    cause: 'A person decided to go on without this evidence. It is shown with every later answer and in the delivered record.',
    fix: 'Nothing is owed; gather the evidence all the same if you can.',
    example: { what: 'independent_review_complete', by: 'human:Ada', reason: 'nobody else is here today' },
  },
};
