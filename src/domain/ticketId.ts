/** A ticket's id is also its file's name, so it is plain on every file system. */
export const TICKET_ID = /^[A-Z][A-Z0-9]{1,9}-\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$/;
export const TICKET_ID_MAX = 80;
export type TicketId = string;
