import type { familyCodes } from '../family.js';
import { DIGEST, ID } from './examples.js';
import type { PagesOf } from './page.js';

const PARENT = 'TKT-2026-11-20-greetings';
const OTHER = 'TKT-2026-11-20-parser';

export const familyPages: PagesOf<typeof familyCodes> = {
  'kin-unknown': {
    title: 'A relative is not there',
    cause: 'Parents, children and what a ticket comes after are named by the ids of tickets in tickets/.',
    fix: 'Mend the id, make the ticket, or take the name out.',
    example: { ticket: ID, named: 'TKT-2026-11-20-parsre', near: [OTHER] },
  },
  'parent-not-orchestrator': {
    title: 'The parent has no children',
    cause: 'Only an orchestrator ticket owns the work of others.',
    fix: 'Name an orchestrator as parent, or take `parent` out. To come after a ticket, use `after`.',
    example: { ticket: ID, parent: OTHER },
  },
  'kin-disagree': {
    title: 'Parent and child do not agree',
    cause: 'A child names its one parent, and the parent names it among its children: so both files show the chain.',
    fix: 'Write the one into the file that is silent, or take it out of the other. `ticket new --parent` writes both.',
    example: { child: ID, parent: PARENT, silent: PARENT },
  },
  'child-orchestrator': {
    title: 'A parent among the children',
    cause: 'An orchestrator answers for its children to one final verifier. One below another would be closed by nobody.',
    fix: 'Name its children in the one parent, as a stage of their own, or let the second chain begin when the first is done.',
    example: { child: OTHER, parent: PARENT },
  },
  'child-outside-parent': {
    title: 'A child reaches further than its parent',
    cause: 'Children inherit what binds their parent, its scope too: every pattern of a child must lie within one of the parent\'s. What several patterns of the parent cover only together is not seen: write the child\'s pattern as several then.',
    fix: 'Narrow the scope of the child, or widen that of the parent, which a refresh takes into a run that has begun.',
    example: { child: ID, parent: PARENT, patterns: ['docs/**'], allowed: ['src/**'] },
  },
  'after-circle': {
    title: 'Tickets wait for each other',
    cause: 'A ticket waits for those under `after`, for the earlier stages of its parent, and a parent for its children.',
    fix: 'Take one of the names out, or put the child into an earlier stage.',
    example: { ticket: ID, circle: [ID, OTHER, ID] },
  },
  'dependency-not-done': {
    title: 'What comes before is not done',
    cause: 'A ticket is done when its run here has ended so, or when the branch holds its sealed records.',
    fix: 'Finish the other ticket first. Where it was given up, take it out of `after`.',
    example: { ticket: ID, waiting: OTHER, stand: 'writer_assigned' },
  },
  'stage-not-open': {
    title: 'An earlier stage is not through',
    cause: 'The children of a stage begin when every child of the stages before is done, or is held with a reason (`cxw block`).',
    fix: 'Finish that child, or put it off with a reason.',
    example: { ticket: ID, stage: 'foundation', exitGate: 'The parser reads every example.', open: [`${OTHER} (not begun)`], first: OTHER },
  },
  'children-none': {
    title: 'An orchestrator without children',
    cause: 'An orchestrator writes no product: its children do, and it closes when they are done.',
    fix: 'Make its children with `ticket new --parent`.',
    example: { ticket: PARENT },
  },
  'children-open': {
    title: 'Children are still open',
    cause: 'A parent closes when each child is done, needed nothing, or is held with a reason (`cxw block`). A child that was given up must be taken out of its children, or be made anew.',
    fix: 'Finish the child that is named first, or put it off with a reason.',
    example: { ticket: PARENT, open: [`${ID} (writer_assigned)`], first: ID },
  },
  'final-verifier-missing': {
    title: 'Somebody else verified the end',
    cause: 'An orchestrator names under `final_verifier` whose review closes it.',
    fix: 'Let that reviewer read the result and record a review.',
    example: { ticket: PARENT, verifier: 'kim', by: 'reviewer:lee', digest: DIGEST },
  },
  'stage-unknown': {
    title: 'The parent has no such stage',
    cause: 'A child is put into a stage that stands in the parent under `stages`, with its exit gate.',
    fix: 'Name a stage that is there, or write it into the parent first.',
    example: { parent: PARENT, stage: 'behaviour', known: ['foundation'] },
  },
};
