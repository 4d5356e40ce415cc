import * as z from 'zod';
import { ticketClassesWith, writtenClasses, type criterionSchema, type KINDS, type TicketClasses } from './ticketClasses.js';
import type { PathNotation } from './ticketFields.js';

export { criterionSchema, KINDS, TICKET_VERSION } from './ticketClasses.js';
export { storedPath, writtenGlob, writtenPath } from './ticketFields.js';
export { TICKET_ID, TICKET_ID_MAX, type TicketId } from './ticketId.js';
export { TRIGGERS, type Trigger } from './triggers.js';

const ofAnyClass = ({ quick, standard, orchestrator }: TicketClasses) =>
  z.discriminatedUnion('class', [quick(), standard(), orchestrator()])
    .meta({ title: 'cxw ticket', description: 'One piece of work: what may change, what must hold, and what proves it.' });

/** The schema of a ticket of any class whose paths are noted in one way. */
export const ticketWith = (path: PathNotation) => ofAnyClass(ticketClassesWith(path));

/** A ticket of any class, as people write it. Strict: a key that is not named here is a mistake. */
export const ticketSchema = ofAnyClass(writtenClasses);

export type Ticket = z.infer<typeof ticketSchema>;
export type TicketClass = Ticket['class'];
export type QuickTicket = Extract<Ticket, { class: 'quick' }>;
export type Criterion = z.infer<typeof criterionSchema>;
export type Proof = Ticket['proof'][number];
export type WorkKind = (typeof KINDS)[number];
