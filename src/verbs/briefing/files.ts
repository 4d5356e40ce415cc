import { selectByTags } from '../../domain/adr/record.js';
import type { BriefPart, WantedFile } from '../../domain/brief.js';
import { ownPath, showPath, type RepoPath } from '../../domain/paths.js';
import type { BriefRole } from '../../domain/roles.js';
import type { Run } from '../../domain/run.js';
import type { Loaded } from '../../domain/steering/load.js';
import type { Ticket } from '../../domain/ticket.js';
import { ticketWords } from '../../domain/ticketWords.js';
import { touchedPaths } from '../../domain/touched.js';
import type { Standing } from '../road/standing.js';
import { adrFolder } from '../adr/folder.js';
import { decisionsIn } from '../adr/settle.js';
import type { Steering } from '../steering/ofTicket.js';
import { linesOfText, part } from './told.js';

const WEIGHT_OF_GUIDANCE = 55;

/** The specs that the ticket carries out, and the guidance and context that it names. */
export function contextFiles({ lock }: Run): WantedFile[] {
  if (lock === undefined || lock.ticket.content.class === 'quick') return [];
  const ticket = lock.ticket.content;
  return [
    ...lock.specs.map(({ path }) => ({ path, weight: 75, named: true })),
    ...(ticket.steering ?? []).map((path) => ({ path, weight: WEIGHT_OF_GUIDANCE, named: true })),
    ...(ticket.context?.required ?? []).map((path) => ({ path, weight: 50, named: true })),
  ];
}

/** The packs that are loaded for the ticket, in the order to be read. */
export const packsToRead = ({ loaded }: Steering, named: readonly RepoPath[]): WantedFile[] =>
  loaded.map(({ pack }) => ({ path: pack.path, weight: WEIGHT_OF_GUIDANCE, named: named.includes(pack.path) }));

/** A guidance pack: what it is loaded for, its rules in a line each, and its text. */
export function packPart({ pack, why }: Loaded): BriefPart {
  const rules = pack.rules.map(({ key, value }) => `Rule: ${key} = ${value}`);
  return part(`Guidance: ${pack.title} (${showPath(pack.path)}; ${why})`, [...rules, ...linesOfText(pack.body.trimStart())], WEIGHT_OF_GUIDANCE, true);
}

/** The accepted decisions whose tags the ticket speaks of, and those that count everywhere. */
export async function decisionFiles({ world, run }: Standing, ticket: Ticket | undefined): Promise<WantedFile[]> {
  if (ticket === undefined) return [];
  const decisions = selectByTags(decisionsIn(await adrFolder(world)), ticketWords(ticket, touchedPaths(run, ticket)));
  return decisions.map(({ path }) => ({ path, weight: 45, named: false }));
}

const MEMORY = ['STATE', 'KNOWN_ISSUES', 'PATTERNS', 'MISTAKES', 'QUALITY_BAR'] as const;

/** Whoever keeps the memory sees more of it, and before other things. */
export function memoryFiles(role: BriefRole): WantedFile[] {
  const [names, weight] = role === 'curator' ? [[...MEMORY, 'DECISIONS', 'TODO'], 70] as const : [MEMORY, 30] as const;
  return names.map((name) => ({ path: ownPath(`agent/${name}.md`), weight, named: false }));
}

/** A file as it stands in the worktree. A link is not followed: it may lead anywhere. */
export async function filePart({ world }: Standing, { path, weight }: WantedFile): Promise<BriefPart[]> {
  const kind = await world.files.obstacle(path) === undefined ? await world.files.kind(path) : 'link';
  if (kind === 'link') return [part(showPath(path), ['(Behind a symbolic link, which is not followed: read it yourself.)'], weight, true)];
  const bytes = kind === 'file' ? await world.files.read(path) : undefined;
  return bytes === undefined || bytes.length === 0 ? [] : [part(showPath(path), linesOfText(bytes.toString('utf8')), weight, true)];
}
