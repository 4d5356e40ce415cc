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
 * that can never be verified, and so would an executable file. `changed` is what git made of the files that differ from
 * the base.
 */
export async function rewrittenEvidence(standing: Standing, files: readonly EvidenceFile[], changed: readonly ChangedPath[]): Promise<Refusal[]> {
  const { world, run, ticket } = standing;
  const { base } = run.change!.changeSet;
  const made = new Map<RepoPath, Made>(changed.map(({ path, newMode, newId }) => [path, { mode: newMode, id: newId }]));
  const asInBase = files.map(({ path }) => path).filter((path) => !made.has(path));
  for (const [path, there] of await inBase(standing, base, asInBase)) made.set(path, there);
  const isAsItIs = ({ path, contents }: EvidenceFile): boolean => {
    const { mode, id } = made.get(path)!;
    return (mode === ORDINARY || mode === EXECUTABLE) && contents.some((content) => world.blobId(content, base) === id);
  };
  const rewritten = files.filter((file) => !isAsItIs(file)).map(({ path }) => path);
  const executable = files.map(({ path }) => path).filter((path) => made.get(path)!.mode === EXECUTABLE);
  return [
    ...(rewritten.length === 0 ? [] : [refuse('evidence-rewritten', { ticket, paths: rewritten, sources: await attributeFiles(standing, rewritten) })]),
    ...(executable.length === 0 ? [] : [refuse('evidence-executable', { ticket, paths: executable })]),
  ];
}

const ORDINARY = '100644';
const EXECUTABLE = '100755';

/** What git made, or had, of a file; no id where there is none. */
interface Made {
  mode: string;
  id?: ObjectId;
}

/** What the base has of files that are no part of the change. A ticket that stands there may be executable: it is verified by its content alone. */
async function inBase({ world: { git }, ticket }: Standing, base: ObjectId, paths: readonly RepoPath[]): Promise<[RepoPath, Made][]> {
  const folder = recordsFolder(ticket);
  const records = paths.some((path) => isUnder(path, folder)) ? await git.history.filesBelow(base, folder) : [];
  const modes = new Map(records.map(({ path, mode }) => [path, mode]));
  const ids = await git.trees.idsAt(paths.map((path) => ({ commit: base, path })));
  return paths.map((path, at) => [path, { mode: modes.get(path) ?? ORDINARY, id: ids[at] }]);
}

/** The files that stand here whose attributes can reach one of the paths. Below the records only one outranks the attributes of their own. */
async function attributeFiles(standing: Standing, paths: readonly RepoPath[]): Promise<string[]> {
  const areRecords = paths.every((path) => isUnder(path, recordsFolder(standing.ticket)));
  const { attributes } = (await keptFingerprints(standing)).fingerprints;
  return ['info/attributes', ...(areRecords ? [] : ['tickets/.gitattributes', '.gitattributes', 'core.attributesFile'])].filter((name) => name in attributes);
}
