import { storedPath, ticketWith } from './ticket.js';

/** A ticket as the ledger keeps it. Who reads only what people write does without: a schema takes longer to build than to use. */
export const storedTicketSchema = ticketWith(storedPath);
