import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TICKET_ID, type TicketId } from '../domain/ticketId.js';

/** The ids of the tickets around a folder, newest first, by a look at names alone: a shell waits for them. No git is started. */
export function nearbyTickets(cwd: string, directory: string = '.'): TicketId[] {
  for (let folder = resolve(cwd, directory); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return idsIn(join(folder, 'tickets'));
    if (folder === dirname(folder)) return [];
  }
}

function idsIn(folder: string): TicketId[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
    return names.filter((name) => TICKET_ID.test(name)).sort(byDate);
  } catch {
    return [];
  }
}

const dated = (id: TicketId): string => id.slice(id.indexOf('-'));

const byDate = (one: TicketId, other: TicketId): number => (dated(one) < dated(other) ? 1 : -1);
