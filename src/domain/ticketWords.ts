import type { RepoPath } from './paths.js';
import type { Ticket } from './ticket.js';

/** The words of a ticket by which records are found: of title and kind, and the names of folders and files that it may touch. In lower case, each once. */
export function ticketWords(ticket: Ticket, paths: readonly RepoPath[]): string[] {
  const patterns = ticket.class === 'quick' ? [] : ticket.scope.allowed;
  const text = [ticket.title, ticket.kind, ...paths, ...patterns].join(' ').toLowerCase();
  const joined = text.match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? [];
  return [...new Set(joined.flatMap((word) => [word, ...word.split('-')]))];
}
