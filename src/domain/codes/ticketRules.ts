import { sh } from '../shellLine.js';
import { entry, listed } from './entry.js';

const show = (): string[] => ['cxw schema ticket'];

/** What the fields of a document say against each other. */
export const ticketRuleCodes = () => ({
  'ticket-id-not-file-name': entry<{ id: string; name: string }>({
    says: ({ id, name }) => `The id is ${id}, and the file is called ${name}.`,
    // Whatever has come to stand there meanwhile stays.
    commands: ({ id, name }) => [sh`mv -n tickets/${name} tickets/${id}.yaml`],
  }),
  'ticket-id-twice': entry<{ id: string; name: string; free?: string }>({
    says: ({ id, name, free }) => `The id is ${id}, as that of tickets/${id}.yaml; ${name} is another file, and wants an id of its own${free === undefined ? '' : `, such as ${free}`}.`,
    commands: ({ id }) => [sh`cxw ticket show ${id}`],
  }),
  'criterion-without-proof': entry<{ criterion: string }>({
    says: ({ criterion }) => `Nothing proves ${criterion}.`,
    commands: show,
  }),
  'proof-unknown': entry<{ criterion: string; proof: string; near: string[] }>({
    says: ({ criterion, proof, near }) => `${criterion} names ${proof}, and the ticket has no such proof${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: show,
  }),
  'proof-without-criterion': entry<{ proof: string }>({
    says: ({ proof }) => `No criterion names ${proof}; it runs all the same.`,
    commands: show,
  }),
  'duplicate-id': entry<{ what: string; id: string }>({
    says: ({ what, id }) => `There is another ${what} ${id} before this one.`,
    commands: show,
  }),
  'acceptance-incomplete': entry<{ criterion: string; missing: string[] }>({
    says: ({ criterion, missing }) => `${criterion} says ${missing.length === 2 ? 'neither text nor when and then' : `no ${listed(missing)}`}.`,
    commands: show,
  }),
  'no-spec-reason-vague': entry<{ reason: string }>({
    says: ({ reason }) => `${reason} does not say why this work needs no spec.`,
    commands: show,
  }),
  'stage-child-unknown': entry<{ stage: string; child: string; near: string[] }>({
    says: ({ stage, child, near }) => `Stage ${stage} names ${child}, which is not among the children${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: () => ['cxw ticket list'],
  }),
  'policy-contradiction': entry<{ why: string }>({
    says: ({ why }) => `These rules cannot both hold: ${why}.`,
    commands: () => ['cxw schema policy'],
  }),
});
