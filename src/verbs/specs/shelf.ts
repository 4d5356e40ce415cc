import { plainText } from '../../domain/documents/plainText.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { complain } from '../../domain/problem.js';
import type { DocumentKind } from '../../domain/specs/format.js';
import { CHANGES, DELTA_FILE, isReserved, SPEC_FILES, SPECS } from '../../domain/specs/places.js';
import { readSheet, type Sheet } from '../../domain/specs/sheet.js';
import type { Shelf, Spec } from '../../domain/specs/spec.js';
import type { World } from '../../world/index.js';
import { linkedProblems } from '../linked.js';

type Reader = Pick<World, 'files'>;

/** Reads every spec and every change on its way; a folder in docs/specs is a spec when one of the three files is in it. */
export async function readShelf(world: Reader): Promise<Shelf> {
  const shelf: Shelf = { specs: [], changes: [], unread: (await linkedProblems(world, SPECS)).map((problem) => ({ path: SPECS, problem })) };
  for (const name of await folders(world, SPECS)) {
    if (!isReserved(name)) await readSpec(world, name, shelf);
  }
  for (const id of await folders(world, CHANGES)) {
    const path = `${CHANGES}/${id}/${DELTA_FILE}` as RepoPath;
    const delta = await readOne(world, 'delta', path, shelf);
    if (delta !== undefined) shelf.changes.push({ id, folder: `${CHANGES}/${id}` as RepoPath, delta });
  }
  return shelf;
}

/** Nothing is looked for behind a symbolic link: git does not track what is there. */
async function folders({ files }: Reader, folder: RepoPath): Promise<string[]> {
  if (await files.obstacle(folder) !== undefined || await files.kind(folder) !== 'directory') return [];
  return (await files.list(folder)).filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1));
}

async function readSpec(world: Reader, name: string, shelf: Shelf): Promise<void> {
  const folder = `${SPECS}/${name}` as RepoPath;
  const there = new Set(await world.files.list(folder));
  if (!Object.values(SPEC_FILES).some((file) => there.has(file))) return;
  const spec: Spec = { name: showPath(name as RepoPath), folder };
  const read = async <K extends keyof typeof SPEC_FILES>(kind: K): Promise<Sheet<K> | undefined> => {
    const path = `${folder}/${SPEC_FILES[kind]}` as RepoPath;
    if (there.has(SPEC_FILES[kind])) return readOne(world, kind, path, shelf);
    const severity = kind === 'requirements' ? 'error' : 'warning';
    shelf.unread.push({ path, problem: complain('spec-file-missing', { spec: spec.name, path }, { file: showPath(path) }, severity) });
    return undefined;
  };
  shelf.specs.push({ ...spec, requirements: await read('requirements'), design: await read('design'), tasks: await read('tasks') });
}

async function readOne<K extends DocumentKind>({ files }: Reader, kind: K, path: RepoPath, shelf: Shelf): Promise<Sheet<K> | undefined> {
  const found = await files.kind(path);
  if (found === 'absent') return undefined;
  if (found !== 'file') {
    const problem = found === 'link' ? complain('path-through-link', { path, link: path }, { file: showPath(path) }) : complain('not-a-file', { path }, { file: showPath(path) });
    shelf.unread.push({ path, problem });
    return undefined;
  }
  const bytes = await files.read(path);
  if (bytes === undefined) return undefined;
  const text = plainText(bytes, showPath(path));
  if (text.ok) return readSheet(kind, path, text.text);
  shelf.unread.push(...text.problems.map((problem) => ({ path, problem })));
  return undefined;
}
