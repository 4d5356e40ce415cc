import type { ticketRuleCodes } from '../ticketRules.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const ticketRulePages: PagesOf<typeof ticketRuleCodes> = {
  'ticket-id-not-file-name': {
    title: 'The id is not the name of the file',
    cause: 'Commands, commits and records find a ticket by its id, and its id is the name of its file.',
    fix: 'Rename the file, or write its name as the id. A copy of a ticket wants an id of its own.',
    example: { id: ID, name: 'TKT-2026-11-20-other.yaml' },
  },
  'ticket-id-twice': {
    title: 'Two files have one id',
    cause: 'A ticket was copied and its id left as it was. Commands, commits and records find a ticket by its id, so each id stands in one file.',
    fix: 'Write another id in the file whose name is not the id: the name of that file, if it is one. To take the other file away is for you to decide.',
    example: { id: ID, name: 'TKT-2026-11-20-other.yaml', free: 'TKT-2026-11-20-other' },
  },
  'criterion-without-proof': {
    title: 'A criterion has no proof',
    cause: 'A ticket is done when its criteria are shown to hold. What nothing shows cannot be accepted.',
    fix: 'Name a proof under `proofs`, and describe it under `proof`.',
    example: { criterion: 'AC-1' },
  },
  'proof-unknown': {
    title: 'A criterion names a proof that is not there',
    cause: 'Proofs are named by their `id` under `proof`.',
    fix: 'Name a proof of this ticket, or add the one that is missing.',
    example: { criterion: 'AC-1', proof: 'P2', near: ['P1'] },
  },
  'proof-without-criterion': {
    title: 'A proof shows nothing that was asked',
    cause: 'A proof that no criterion names costs time and decides nothing that the ticket asks for.',
    fix: 'Name it in a criterion, or take it out.',
    example: { proof: 'P2' },
  },
  'duplicate-id': {
    title: 'Two parts have one name',
    cause: 'Evidence, plans and findings name parts of a ticket by their ids, so each id has one meaning.',
    fix: 'Give one of them another id, or take it out.',
    example: { what: 'criterion', id: 'AC-1' },
  },
  'acceptance-incomplete': {
    title: 'A criterion does not say what must hold',
    cause: 'A criterion is one sentence that can be checked (`text`), or what happens (`when`) and what must follow (`then`), perhaps in a given situation.',
    fix: 'Add what is missing.',
    example: { criterion: 'AC-1', missing: ['then'] },
  },
  'no-spec-reason-vague': {
    title: 'The reason for no spec is no reason',
    cause: 'A standard ticket has a spec, or a concrete reason why it can do without: a reviewer will judge by it.',
    fix: 'Say in a sentence what makes the work clear without one; or write the spec.',
    example: { reason: 'not needed' },
  },
  'stage-child-unknown': {
    title: 'A stage names a ticket that is no child',
    cause: 'A parent owns exactly the tickets under `children`; its stages put these in order.',
    fix: 'Add it to the children, or name one of them.',
    example: { stage: 'build', child: 'TKT-2026-11-21-fix-tpyo', near: [ID] },
  },
  'policy-contradiction': {
    title: 'The policy contradicts itself',
    cause: 'A rule that another one takes away would be obeyed or not by chance.',
    fix: 'Change or remove one of the two.',
    example: { why: 'modules has two of the name api' },
  },
};
