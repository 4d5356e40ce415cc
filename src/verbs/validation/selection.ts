import { ADR_FOLDER } from '../../domain/adr/record.js';
import { RECORDS } from '../../domain/closing/places.js';
import type { ManifestEntry } from '../../domain/manifest.js';
import { MANIFEST_PATH, POLICY_PATH } from '../../domain/ownFiles.js';
import { isUnder, parseArgument, ROOT, type RepoPath } from '../../domain/paths.js';
import { PROGRESS_FOLDER } from '../../domain/progress/places.js';
import { granted, refuse, refused, type Problem, type Refusal, type Verdict } from '../../domain/problem.js';
import { SPECS } from '../../domain/specs/places.js';
import { STEERING_FOLDER } from '../../domain/steering/modes.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { packFiles } from '../steering/packs.js';
import { manifestHere } from './manifest.js';
import { pagesHere } from './pagesHere.js';

/** What is to be looked at. */
export interface Selection {
  /** Nothing was named. */
  everything: boolean;
  tickets: RepoPath[];
  policy: boolean;
  /** Tickets whose records folder is looked at. */
  records: TicketId[];
  /** Whether a document of a spec is looked at. */
  specs: (path: RepoPath) => boolean;
  /** Live ledgers, the worktree's own among them. */
  ledgers: (TicketId | 'worktree')[];
  /** Pages whose links are followed. */
  pages: RepoPath[];
  /** The decision records, which are judged together. */
  decisions: boolean;
  /** Guidance packs. */
  steering: RepoPath[];
  /** The pages of progress, likewise. */
  progress: boolean;
  /** What cxw laid down, and what is wrong with its list of that. */
  laidDown: { files: ManifestEntry[]; problems: Problem[] };
}

type Reader = Pick<World, 'documents' | 'files' | 'ledger'>;

const TICKETS = 'tickets' as RepoPath;

/** Everything, or what was named; a name that is no document of cxw is refused. */
export async function selected(world: Reader, written: readonly string[], standing: RepoPath | undefined): Promise<Verdict<Selection>> {
  const { manifest, problems } = await manifestHere(world);
  const laidDown = { files: manifest?.files ?? [], problems };
  const [tickets, records, pages, steering] = await Promise.all([ticketFiles(world), recordFolders(world), pagesHere(world, laidDown.files.map(({ path }) => path)), packFiles(world)]);
  if (written.length === 0 || written.includes(ROOT)) {
    const ledgers = ['worktree' as const, ...await world.ledger.tickets()];
    return granted({ everything: true, tickets, policy: true, records, specs: () => true, ledgers, pages, decisions: true, steering, progress: true, laidDown });
  }
  const refusals: Refusal[] = [];
  const paths = await Promise.all(written.map(async (text) => {
    const path = await named(world, text, standing, [...pages, ...laidDown.files.map((file) => file.path), MANIFEST_PATH]);
    if (typeof path === 'string') return [path];
    refusals.push(path.refusal);
    return [];
  }));
  if (refusals.length > 0) return refused(refusals);
  const covers = (path: RepoPath): boolean => paths.flat().some((one) => isUnder(path, one));
  const asked = (folder: RepoPath): boolean => covers(folder) || paths.flat().some((one) => isUnder(one, folder));
  return granted({
    everything: false,
    tickets: tickets.filter(covers),
    policy: covers(POLICY_PATH as RepoPath),
    records: records.filter((ticket) => asked(`${RECORDS}/${ticket}` as RepoPath)),
    specs: covers,
    ledgers: [],
    pages: pages.filter(covers),
    decisions: asked(ADR_FOLDER),
    steering: steering.filter(covers),
    progress: asked(PROGRESS_FOLDER),
    laidDown: { files: laidDown.files.filter(({ path }) => covers(path)), problems: covers(MANIFEST_PATH) ? problems : [] },
  });
}

async function ticketFiles({ files }: Pick<World, 'files'>): Promise<RepoPath[]> {
  return (await files.list(TICKETS)).filter((name) => name.endsWith('.yaml')).map((name) => `${TICKETS}/${name}` as RepoPath);
}

async function recordFolders({ files }: Pick<World, 'files'>): Promise<TicketId[]> {
  return (await files.list(RECORDS)).filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1));
}

/** Paths are from the root of the repository; where there is none, from where the person stands. */
async function named({ files }: Pick<World, 'files'>, written: string, standing: RepoPath | undefined, others: readonly RepoPath[]): Promise<RepoPath | { refusal: Refusal }> {
  const parsed = parseArgument(written.replace(/(?<=.)\/+$/, ''));
  if (!parsed.ok) return { refusal: refuse('path-unusable', { written, fault: parsed.fault }) };
  const places = [parsed.path, ...(standing === undefined ? [] : [`${standing}/${parsed.path}` as RepoPath])];
  for (const path of places) {
    if ((isDocument(path) || others.some((other) => isUnder(other, path))) && await files.kind(path) !== 'absent') return path;
  }
  return { refusal: refuse('not-a-document', { written }) };
}

function isDocument(path: RepoPath): boolean {
  const isTicket = /^tickets\/[^/]+\.yaml$/.test(path);
  return isTicket || path === TICKETS || isUnder(path, RECORDS) || path === POLICY_PATH || path === '.cxw' || isUnder(path, SPECS) || isUnder(path, STEERING_FOLDER);
}
