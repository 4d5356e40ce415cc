import type { Digest } from '../changeSet.js';
import type { Ticket } from '../ticket.js';
import { unseenShown } from '../unseen.js';
import { EVIDENCE_TRAILER, TICKET_TRAILER } from '../verification/trailers.js';

/** What a subject line should not be longer than; longer ones are cut, and the title then stands whole in the body. */
const SUBJECT = 72;

/**
 * The message of a delivered commit: the ticket and its title in one printable line, why and what, and a last paragraph
 * that holds our trailers and nothing else. Git reads trailers only there, so no text above can forge one.
 */
export function commitMessage(ticket: Ticket, summary: string | undefined, seal: Digest): string {
  const line = `${ticket.id}: ${oneLine(ticket.title)}`;
  const subject = line.length <= SUBJECT ? line : cut(line, Math.max(SUBJECT, ticket.id.length));
  const why = ticket.class === 'quick' ? ticket.why_quick : ticket.specs.mode === 'no_spec' ? ticket.specs.reason : undefined;
  const body = [subject === line ? undefined : ticket.title, why, summary].map((text) => text === undefined ? '' : paragraph(text));
  const trailers = `${TICKET_TRAILER}: ${ticket.id}\n${EVIDENCE_TRAILER}: ${seal}`;
  return `${[subject, ...new Set(body.filter((text) => text !== '')), trailers].join('\n\n')}\n`;
}

/** Our trailers that a message has lost: each must stand, unchanged, in a last paragraph that is all trailers. */
export function lostTrailers(message: string, before: string): string[] {
  const found = trailerLines(message);
  return trailerLines(before).filter((line) => !found.includes(line)).map((line) => line.slice(0, line.indexOf(':')));
}

function trailerLines(message: string): string[] {
  const last = message.trimEnd().split(/\n[ \t]*\n/).at(-1)!.split('\n').filter((line) => !line.startsWith('#'));
  return last.every((line) => /^([A-Za-z0-9-]+:|\s|\(cherry picked from )/.test(line)) ? last : [];
}

/** Words in brackets by which a CI leaves a commit out, each with a bracket that no CI knows. */
const CI_ORDER = /\[(skip ci|ci skip|no ci|skip actions|actions skip|skip-ci|ci-skip)\]/gi;

const printable = (text: string): string => unseenShown(text, () => '').replace(CI_ORDER, '($1)');

const oneLine = (text: string): string => printable(text.replace(/\s+/g, ' ')).trim();

function cut(line: string, most: number): string {
  const characters = [...line];
  let kept = '';
  for (const character of characters) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Text of several lines. A line that begins with # would be taken for a comment by hooks and editors. */
const paragraph = (text: string): string => printable(text.replace(/\r\n?/g, '\n')).trim().split('\n')
  .map((line) => line.trimEnd().replace(/^#/, ' #')).join('\n').replace(/\n{3,}/g, '\n\n');
