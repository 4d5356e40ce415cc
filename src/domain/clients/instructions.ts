import { fill, type Prompt } from '../rendering.js';

/** What stands for what only a brief knows. */
const STANDS_FOR = { ticket: 'TICKET', title: 'the ticket that you were given', ticket_path: 'tickets/TICKET.yaml', change_set: 'DIGEST' };

/** A role as clients call it: their names hold letters, digits and hyphens only, and many repositories have a reviewer already. */
export const clientName = ({ role }: Prompt): string => `cxw-${role.replaceAll('_', '-')}`;

/** When a client should think of a role. */
export const clientDescription = ({ title, description }: Prompt): string => `${title} for a cxw ticket. ${description}`;

/** A role's prompt as a client keeps it: without a ticket, and with the way to the brief of the one that is given. */
export function instructionsOf(prompt: Prompt): string {
  return `TICKET stands for the id of the ticket that you were given, DIGEST for the digest of its change.
Begin with \`cxw brief ${prompt.role} TICKET\`: it prints these lines with everything else that you need. What you cannot hand
in yourself from where you are, give as your answer to whoever asked you.

${fill(prompt.body, STANDS_FOR).trimEnd()}
`;
}
