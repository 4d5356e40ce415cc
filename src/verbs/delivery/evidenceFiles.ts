import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { recordsFolder } from '../../domain/closing/places.js';
import { encoded, textOf } from '../../domain/fileText.js';
import { isUnder, type RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import { keptFingerprints } from '../road/keptBaseline.js';
import { ticketPath, type Standing } from '../road/standing.js';

/** A file whose very bytes are evidence, and every content that a verification takes for it. */
export interface EvidenceFile {
  path: RepoPath;
  contents: readonly Uint8Array[];
}

/** What evidence lies on disk as it was locked and listed, and which records do not. */
export interface EvidenceOnDisk {
  intact: EvidenceFile[];
  edited: RepoPath[];
}

/** Reads ticket and records. A ticket that is not the locked one is nobody's business here: it is refused as edited. */
export async function readEvidence({ world, run, ticket }: Standing): Promise<EvidenceOnDisk> {
  const text = await world.files.read(ticketPath(ticket));
  const isLocked = text !== undefined && world.digest(text) === run.lock!.ticket.digest;
  const evidence: EvidenceOnDisk = { intact: isLocked ? [{ path: ticketPath(ticket), contents: [text, withPlainEndings(text)] }] : [], edited: [] };
  for (const { path, digest } of run.curation!.records) {
    const content = await world.files.read(path);
    if (content === undefined || world.digest(content) !== digest) evidence.edited.push(path);
    else evidence.intact.push({ path, contents: [content] });
  }
  return evidence;
}

/** Of a ticket's line endings, people let git take care. */
const withPlainEndings = (text: Uint8Array): Uint8Array => encoded(textOf(text).replaceAll('\r\n', '\n'));

/**
 * Evidence that git would commit otherwise than as it is. A filter, as for encryption or large files, would give a commit
 * that can never be verified. `changed` is what git made of the files that differ from the base.
 */
export async function rewrittenEvidence(standing: Standing, files: readonly EvidenceFile[], changed: readonly ChangedPath[]): Promise<Refusal[]> {
  const { world, run, ticket } = standing;
  const { base } = run.change!.changeSet;
  const made = new Map<RepoPath, ObjectId | undefined>(changed.map(({ path, newMode, newId }) => [path, newMode === ORDINARY ? newId : undefined]));
  const asInBase = files.map(({ path }) => path).filter((path) => !made.has(path));
  const ids = await world.git.trees.idsAt(asInBase.map((path) => ({ commit: base, path })));
  asInBase.forEach((path, at) => made.set(path, ids[at]));
  const paths = files.filter(({ path, contents }) => !contents.some((content) => world.blobId(content, base) === made.get(path))).map(({ path }) => path);
  return paths.length === 0 ? [] : [refuse('evidence-rewritten', { ticket, paths, sources: await attributeFiles(standing, paths) })];
}

const ORDINARY = '100644';

/** The files that stand here whose attributes can reach one of the paths. Below the records only one outranks the attributes of their own. */
async function attributeFiles(standing: Standing, paths: readonly RepoPath[]): Promise<string[]> {
  const areRecords = paths.every((path) => isUnder(path, recordsFolder(standing.ticket)));
  const { attributes } = (await keptFingerprints(standing)).fingerprints;
  return ['info/attributes', ...(areRecords ? [] : ['tickets/.gitattributes', '.gitattributes', 'core.attributesFile'])].filter((name) => name in attributes);
}
