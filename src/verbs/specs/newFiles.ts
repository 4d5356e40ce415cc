import { showPath, type RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import { TEMPLATES } from '../../domain/specs/places.js';
import { filled, type TemplateWords } from '../../domain/specs/template.js';
import type { World } from '../../world/index.js';

export interface NewFile {
  path: RepoPath;
  text: string;
}

type Writer = Pick<World, 'assets' | 'files'>;

/** Documents in a folder of their own, each from its template: the repository's, which people may have edited; else the one that ships. */
export async function fromTemplates(world: Writer, folder: RepoPath, names: readonly string[], words: TemplateWords): Promise<NewFile[]> {
  return Promise.all(names.map(async (name) => ({ path: `${folder}/${name}` as RepoPath, text: filled(await templateOf(world, name), words) })));
}

async function templateOf({ assets, files }: Writer, name: string): Promise<string> {
  const own = `${TEMPLATES}/${name}` as RepoPath;
  const standing = await files.kind(own) === 'file' ? await files.read(own) : undefined;
  return standing?.toString('utf8') ?? assets.template(own);
}

/** Lays them down where nothing stands. What an earlier run that was cut short has left is taken as it is. */
export async function layDown({ files }: Writer, folder: RepoPath, made: readonly NewFile[]): Promise<Refusal[]> {
  const taken = [refuse('spec-exists', { path: folder })];
  const standing = await Promise.all(made.map(async ({ path, text }) => {
    const kind = await files.kind(path);
    if (kind === 'absent') return 'absent';
    return kind === 'file' && (await files.read(path))?.equals(Buffer.from(text)) === true ? 'same' : 'other';
  }));
  if (standing.includes('other') || !standing.includes('absent')) return taken;
  for (const { path, text } of made) {
    if (!await files.create(path, text) && (await files.read(path))?.equals(Buffer.from(text)) !== true) return taken;
  }
  return [];
}

export const shown = (made: readonly NewFile[]): string[] => made.map(({ path }) => showPath(path));
