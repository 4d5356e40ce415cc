/** What is offered where nothing is under way: the least that a new ticket must be told. */
export const NEW_TICKET = 'cxw ticket new --quick TITLE --file PATH';
