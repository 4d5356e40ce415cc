import { documentFieldCodes } from './documentFields.js';
import { documentTextCodes } from './documentText.js';
import { largerTicketCodes } from './largerTicket.js';
import { ticketClassCodes } from './ticketClass.js';
import { ticketRuleCodes } from './ticketRules.js';
import { validationCodes } from './validation.js';

/** What can be wrong with a ticket, a policy or a record: with its text, its fields, and what they say together. */
export const documentCodes = { ...documentTextCodes, ...documentFieldCodes, ...ticketRuleCodes, ...ticketClassCodes, ...largerTicketCodes, ...validationCodes };
