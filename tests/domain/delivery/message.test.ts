import { expect, test } from 'vitest';
import { commitMessage, lostTrailers } from '../../../src/domain/delivery/message.js';
import type { Ticket } from '../../../src/domain/ticket.js';
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

test.each([
  [72 - TICKET.length - 2, ''],
  [73 - TICKET.length - 2, '…'],
])('a title of %i characters fits, or is cut', (length, end) => {
  const [subject] = commitMessage(ticketDocument({ title: 'x'.repeat(length) }).content, undefined, SEAL).split('\n');
  expect([subject!.length, subject!.at(-1)]).toEqual([72, end === '' ? 'x' : end]);
});

test('a cut leaves no space before its mark, and no half of a character', () => {
  const room = 72 - TICKET.length - 3;
  const subjectOf = (title: string): string => commitMessage(ticketDocument({ title }).content, undefined, SEAL).split('\n')[0]!;
  expect(subjectOf(`${'x'.repeat(room - 1)} yyyy`)).toBe(`${TICKET}: ${'x'.repeat(room - 1)}…`);
  expect(subjectOf(`${'x'.repeat(room - 1)}😀😀`)).toBe(`${TICKET}: ${'x'.repeat(room - 1)}…`);
});

test('a title is one line without what cannot be seen', () => {
  const message = commitMessage(ticketDocument({ title: 'Greet  the\u200b   reader \u200b' }).content, undefined, SEAL);
  expect(message.split('\n').slice(0, 3)).toEqual([`${TICKET}: Greet the reader`, '', 'One file.']);
});

test('text of several lines keeps its lines, loses its ends, and begins none with a comment', () => {
  const text = '\n  # first  \r\n#second #2\rthird\u0007 #3\n\n\n\n  fourth\n\n\nfifth  ';
  const message = commitMessage(ticketDocument().content, text, SEAL);
  expect(message).toContain('\n\n # first\n #second #2\nthird #3\n\n  fourth\n\nfifth\n\n');
});

test('words by which a CI would leave the commit out are there to read, in brackets that none knows', () => {
  const message = commitMessage(ticketDocument({ title: 'Greet [skip ci] and [CI Skip]' }).content, 'Why [no ci]?', SEAL);
  expect(message.split('\n')[0]).toBe(`${TICKET}: Greet (skip ci) and (CI Skip)`);
  expect(message).toContain('\n\nWhy (no ci)?\n\n');
});

test('a ticket that says why it needs no spec says so in its commit; one with specs has them', () => {
  const standard = (specs: unknown) => ({ ...ticketDocument().content, class: 'standard', why_quick: undefined, specs }) as unknown as Ticket;
  expect(commitMessage(standard({ mode: 'no_spec', reason: 'Nothing behaves otherwise.' }), undefined, SEAL)).toContain('\n\nNothing behaves otherwise.\n\n');
  expect(commitMessage(standard({ mode: 'full_sdd', reason: 'unsaid' }), undefined, SEAL)).toBe(`${TICKET}: Greet the reader\n\n${TRAILERS}\n`);
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
  ['comments among ours', `Subject\n\n# says git\n${TRAILERS}\n# and more\n`, []],
  ['a paragraph that looks empty', `Subject\n \t \n${TRAILERS}\n`, []],
  ['where the others were picked', `Subject\n\n${TRAILERS}\n(cherry picked from commit abc)\n`, []],
  ['one of ours removed', `Subject\n\nCxw-Ticket: ${TICKET}\n`, ['Cxw-Evidence']],
])('lost trailers: %s', (_, after, lost) => {
  expect(lostTrailers(after, `Subject\n\n${TRAILERS}\n`)).toEqual(lost);
});
