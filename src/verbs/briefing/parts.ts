import { withinBudget, type BriefPart, type FileBudget, type WantedFile } from '../../domain/brief.js';
import type { ChangeSet } from '../../domain/changeSet.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { isShown, type BriefRole } from '../../domain/roles.js';
import type { Run } from '../../domain/run.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Standing } from '../road/standing.js';
import { packFiles } from '../steering/packs.js';
import { steeringOf, type Steering } from '../steering/ofTicket.js';
import { expertParts } from './asked.js';
import { besidePart } from './beside.js';
import { leftParts } from './left.js';
import { findingsPart, inspectionPart, linesOfText, part, planPart, refreshParts, reviewsPart, standPart } from './told.js';
import { policyPart } from './policy.js';
import { chainParts } from '../family/inBrief.js';
import { diffPart, proofsPart } from './evidence.js';
import { contextFiles, decisionFiles, filePart, memoryFiles, packPart, packsToRead } from './files.js';

/** For whom a brief is made, and of what. */
export interface Subject {
  role: BriefRole;
  standing: Standing;
  /** The ticket as it is written. */
  text: string;
  /** The same as it reads; nothing while it cannot be read. */
  ticket: Ticket | undefined;
  change: ChangeSet | undefined;
}

/** Everything that the role is shown, in the order to be read, and the files that are left out with the reason. */
export async function partsFor({ role, standing, text, ticket, change }: Subject): Promise<{ parts: BriefPart[]; shown: RepoPath[]; leftOut: string[] }> {
  const { run } = standing;
  const context = contextFiles(run);
  const steering = ticket === undefined ? { loaded: [], unreadable: [] } : await steeringOf(standing.world, run, ticket, await packFiles(standing.world));
  const { shown, leftOut } = withinBudget([...packsToRead(steering, context.map(({ path }) => path)), ...context, ...await decisionFiles(standing, ticket), ...memoryFiles(role)], fileBudget(run));
  const parts: BriefPart[] = [
    part('The ticket', linesOfText(text), 100, true),
    standPart(run),
    ...refreshParts(run),
    ...await policyPart(standing),
    ...findingsPart(run),
    ...leftParts(run),
    ...expertParts(run, role, change),
    ...(isShown('plan', role) ? planPart(run) : []),
    ...(isShown('inspections', role) ? inspectionPart(run) : []),
    ...await chainParts(standing),
    ...(isShown('reviews', role) ? reviewsPart(run) : []),
    ...(isShown('proofs', role) ? await proofsPart(standing) : []),
    ...(change !== undefined && isShown('difference', role) ? [...await besidePart(standing), ...await diffPart(standing, change)] : []),
    ...(await Promise.all(shown.map(async (file) => fileOrPack(standing, steering, file)))).flat(),
  ];
  const unread = steering.unreadable.map((path) => `${showPath(path)}: not loaded (it is no valid guidance pack: cxw validate docs/steering)`);
  return { parts: parts.filter((one) => one.lines.length > 0), shown: shown.map(({ path }) => path), leftOut: [...leftOut, ...unread] };
}

async function fileOrPack(standing: Standing, { loaded }: Steering, file: WantedFile): Promise<BriefPart[]> {
  const pack = loaded.find((one) => one.pack.path === file.path);
  return pack === undefined ? filePart(standing, file) : [packPart(pack)];
}

const FILES = 20;

function fileBudget({ lock }: Run): FileBudget {
  const ticket = lock?.ticket.content;
  const context = ticket === undefined || ticket.class === 'quick' ? undefined : ticket.context;
  const files = context?.max_files ?? FILES;
  const because = context?.max_files === undefined ? `a brief shows ${files} files` : `the ticket allows ${files} files: context.max_files`;
  return { files, because, exclude: context?.exclude ?? [] };
}
