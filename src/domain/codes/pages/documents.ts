import { documentFieldPages } from './documentFields.js';
import { documentTextPages } from './documentText.js';
import { largerTicketPages } from './largerTicket.js';
import { ticketClassPages } from './ticketClass.js';
import { ticketRulePages } from './ticketRules.js';
import { validationPages } from './validation.js';

export const documentPages = { ...documentTextPages, ...documentFieldPages, ...ticketRulePages, ...ticketClassPages, ...largerTicketPages, ...validationPages };
