import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TICKET_ID, type TicketId } from '../domain/ticketId.js';
import { folderOf, type Beginning } from './beginning.js';

/** The ids of the tickets around a folder, newest first, by a look at names alone: a shell waits for them. No git is started. */
export function nearbyTickets(start: Beginning): TicketId[] {
  for (let folder = folderOf(start); folder !== undefined; folder = above(folder)) {
    if (existsSync(join(folder, '.git'))) return idsIn(join(folder, 'tickets'));
  }
  return [];
}

const above = (folder: string): string | undefined => (dirname(folder) === folder ? undefined : dirname(folder));

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
