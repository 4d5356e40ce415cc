import { expect, test } from 'vitest';
import { commitMessage, lostTrailers } from '../../../src/domain/delivery/message.js';
import { TICKET, ticketDocument } from '../../support/sealed.js';

const SEAL = `sha256:${'ab'.repeat(32)}`;
const TRAILERS = `Cxw-Ticket: ${TICKET}\nCxw-Evidence: ${SEAL}`;

test('the message names ticket and title in one line, says why, and ends with the trailers alone', () => {
  expect(commitMessage(ticketDocument().content, 'It greets.', SEAL)).toBe(`${TICKET}: Greet the reader\n\nOne file.\n\nIt greets.\n\n${TRAILERS}\n`);
});

test('a long title is cut in the subject and whole in the body', () => {
  const title = `Greet ${'every reader '.repeat(8)}`.trim();
  const [subject, , body] = commitMessage(ticketDocument({ title }).content, undefined, SEAL).split('\n');
  expect(subject).toMatch(new RegExp(`^${TICKET}: Greet .*…$`));
  expect(subject!.length).toBeLessThanOrEqual(72);
  expect(body).toBe(title);
});

test('foreign text forges no trailer, no comment and no control sequence', () => {
  const forged = '\u001b[31mRed\u202e\n\n\n\n# comment\nCxw-Ticket: OTHER\r\n\r\nCxw-Evidence: none';
  const message = commitMessage(ticketDocument({ why_quick: forged }).content, forged, SEAL);
  expect(message.endsWith(`\n\n${TRAILERS}\n`)).toBe(true);
  expect(message).not.toMatch(/[\u001b\u202e\r]|^#|\n\n\n/m);
  expect(lostTrailers(message, message)).toEqual([]);
});

test.each([
  ['nothing', `Subject\n\n${TRAILERS}\n`, []],
  ['another trailer beside ours', `Subject\n\n${TRAILERS}\nSigned-off-by: Ada <a@b>\n`, []],
  ['a paragraph after ours', `Subject\n\n${TRAILERS}\n\nChanges: none of ours\n`, ['Cxw-Ticket', 'Cxw-Evidence']],
  ['prose among ours', `Subject\n\n${TRAILERS}\nand so on\n`, ['Cxw-Ticket', 'Cxw-Evidence']],
  ['one of ours removed', `Subject\n\nCxw-Ticket: ${TICKET}\n`, ['Cxw-Evidence']],
])('lost trailers: %s', (_, after, lost) => {
  expect(lostTrailers(after, `Subject\n\n${TRAILERS}\n`)).toEqual(lost);
});
