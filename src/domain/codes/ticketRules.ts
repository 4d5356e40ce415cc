import { entry, listed } from './entry.js';

const ID = 'TKT-2026-11-21-fix-typo';
const show = (): string[] => ['cxw schema ticket'];

/** What the fields of a document say against each other. */
export const ticketRuleCodes = {
  'ticket-id-not-file-name': entry<{ id: string; name: string }>({
    title: 'The id is not the name of the file',
    says: ({ id, name }) => `The id is ${id}, and the file is called ${name}.`,
    commands: ({ id, name }) => [`git mv tickets/${name} tickets/${id}.yaml`],
    cause: 'Commands, commits and records find a ticket by its id, and its id is the name of its file.',
    fix: 'Rename the file, or write its name as the id. A copy of a ticket wants an id of its own.',
    example: { id: ID, name: 'TKT-2026-11-20-other.yaml' },
  }),
  'criterion-without-proof': entry<{ criterion: string }>({
    title: 'A criterion has no proof',
    says: ({ criterion }) => `Nothing proves ${criterion}.`,
    commands: show,
    cause: 'A ticket is done when its criteria are shown to hold. What nothing shows cannot be accepted.',
    fix: 'Name a proof under `proofs`, and describe it under `proof`.',
    example: { criterion: 'AC-1' },
  }),
  'proof-unknown': entry<{ criterion: string; proof: string; near: string[] }>({
    title: 'A criterion names a proof that is not there',
    says: ({ criterion, proof, near }) => `${criterion} names ${proof}, and the ticket has no such proof${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: show,
    cause: 'Proofs are named by their `id` under `proof`.',
    fix: 'Name a proof of this ticket, or add the one that is missing.',
    example: { criterion: 'AC-1', proof: 'P2', near: ['P1'] },
  }),
  'proof-without-criterion': entry<{ proof: string }>({
    title: 'A proof shows nothing that was asked',
    says: ({ proof }) => `No criterion names ${proof}; it runs all the same.`,
    commands: show,
    cause: 'A proof that no criterion names costs time and decides nothing that the ticket asks for.',
    fix: 'Name it in a criterion, or take it out.',
    example: { proof: 'P2' },
  }),
  'duplicate-id': entry<{ what: string; id: string }>({
    title: 'Two parts have one name',
    says: ({ what, id }) => `There is another ${what} ${id} before this one.`,
    commands: show,
    cause: 'Evidence, plans and findings name parts of a ticket by their ids, so each id has one meaning.',
    fix: 'Give one of them another id, or take it out.',
    example: { what: 'criterion', id: 'AC-1' },
  }),
  'acceptance-incomplete': entry<{ criterion: string; missing: string[] }>({
    title: 'A criterion does not say what must hold',
    says: ({ criterion, missing }) => `${criterion} says ${missing.length === 2 ? 'neither text nor when and then' : `no ${listed(missing)}`}.`,
    commands: show,
    cause: 'A criterion is one sentence that can be checked (`text`), or what happens (`when`) and what must follow (`then`), perhaps in a given situation.',
    fix: 'Add what is missing.',
    example: { criterion: 'AC-1', missing: ['then'] },
  }),
  'no-spec-reason-vague': entry<{ reason: string }>({
    title: 'The reason for no spec is no reason',
    says: ({ reason }) => `${reason} does not say why this work needs no spec.`,
    commands: show,
    cause: 'A standard ticket has a spec, or a concrete reason why it can do without: a reviewer will judge by it.',
    fix: 'Say in a sentence what makes the work clear without one; or write the spec.',
    example: { reason: 'not needed' },
  }),
  'stage-child-unknown': entry<{ stage: string; child: string; near: string[] }>({
    title: 'A stage names a ticket that is no child',
    says: ({ stage, child, near }) => `Stage ${stage} names ${child}, which is not among the children${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: () => ['cxw ticket list'],
    cause: 'A parent owns exactly the tickets under `children`; its stages put these in order.',
    fix: 'Add it to the children, or name one of them.',
    example: { stage: 'build', child: 'TKT-2026-11-21-fix-tpyo', near: [ID] },
  }),
  'policy-contradiction': entry<{ why: string }>({
    title: 'The policy contradicts itself',
    says: ({ why }) => `These rules cannot both hold: ${why}.`,
    commands: () => ['cxw schema policy'],
    cause: 'A rule that another one takes away would be obeyed or not by chance.',
    fix: 'Change or remove one of the two.',
    example: { why: 'modules has two of the name api' },
  }),
};
