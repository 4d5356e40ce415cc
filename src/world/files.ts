import { mkdirSync, realpathSync, rmdirSync, unlinkSync } from 'node:fs';
import { namesGitDirectory, pathFromBytes, showPath, type RepoPath } from '../domain/paths.js';
import { writerOf } from '../domain/temporaries.js';
import { obstaclesBelow, type Obstacle, parentOf, placeOf, statOf, textPlaceOf } from './containment.js';
import { looksOf, type Looks } from './cache.js';
import { bytesAt, entriesIn } from './contents.js';
import { flushDirectory, onDisk, publish, writeDurably } from './durably.js';
import { failed, systemCode } from './errors.js';
import { isAlive, quietly } from './processes.js';

/** The worktree's files. No call leaves the worktree: every parent is checked, and symbolic links are not followed on the way. */
export interface Files {
  /** The file's bytes; nothing when there is no such file. A symbolic link in the last place is refused; `follow` tells where it leads. */
  read(path: RepoPath): Promise<Buffer | undefined>;
  /** Where a path leads when its symbolic links are followed: itself when it has none, and nothing when one leaves the worktree, leads to git's own directory or nowhere. */
  follow(path: RepoPath): Promise<RepoPath | undefined>;
  /** The first symbolic link, or else the repository of its own, that lies on the way to a path: git does not track what is behind it. */
  obstacle(path: RepoPath): Promise<Obstacle | undefined>;
  /** What stands there. */
  kind(path: RepoPath): Promise<'file' | 'directory' | 'link' | 'other' | 'absent'>;
  /** When it was last written, in ms since 1970; nothing when there is no such file. */
  modified(path: RepoPath): Promise<number | undefined>;
  /** A mark that differs after every write, renaming or replacement, even when the content is the same again; nothing when nothing stands there. */
  mark(path: RepoPath): Promise<string | undefined>;
  /** Names below a directory, sorted, or none. Directories end with a slash. */
  list(directory: RepoPath): Promise<string[]>;
  /** What plain files look like from outside, and nothing for what is none: many at a time, without opening one. */
  looks(paths: readonly RepoPath[]): Promise<(Looks | undefined)[]>;
  /** Replaces the file whole, or not at all: temporary file, flush, rename, flush of the directory. The old file's mode is kept. */
  write(path: RepoPath, content: Uint8Array | string): Promise<void>;
  /** Creates the file; false when something stands there already, which is then left as it is. */
  create(path: RepoPath, content: Uint8Array | string): Promise<boolean>;
  /** The same for many, in this order. Each is there whole or not at all; all are safely on disk when it returns, and not before: a folder is flushed once, whatever came into it. */
  createAll(files: readonly NewFile[]): Promise<void>;
  /** Removes a file, and then its directories as far up as they are empty. */
  remove(path: RepoPath): Promise<void>;
  /** Removes those of these temporaries whose writer has ended. They are harmless, so one that cannot be removed stays. */
  sweep(temporaries: readonly RepoPath[]): Promise<void>;
}

/** A file to be created. */
export interface NewFile {
  path: RepoPath;
  content: Uint8Array | string;
}

/** Opens the files of the worktree whose root, symbolic links resolved, is given. */
export function openFiles(root: string): Files {
  /** The path's place on this machine, once nothing on the way to it leads elsewhere. */
  function place(path: RepoPath): Buffer {
    const obstacle = obstaclesBelow(root)(path);
    if (obstacle?.kind === 'link') throw failed('path-through-link', { path, link: obstacle.at });
    return placeOf(root, path);
  }

  /** The same for a file that is to be read or replaced. */
  function filePlace(path: RepoPath): Buffer {
    const at = place(path);
    const stat = statOf(at);
    if (stat?.isSymbolicLink()) throw failed('path-through-link', { path, link: path });
    if (stat !== undefined && !stat.isFile()) throw failed('not-a-file', { path });
    return at;
  }

  /** Whether any had to be made. */
  function makeParents(path: RepoPath): boolean {
    const parent = parentOf(path) as RepoPath;
    return parent !== '' && mkdirSync(place(parent), { recursive: true }) !== undefined;
  }

  /** The folders with new names in them, which are not flushed yet: none when something stands there. */
  function created({ path, content }: NewFile): string[] {
    const at = place(path);
    const isDeeper = makeParents(path);
    if (!publish(at, Buffer.from(content))) return [];
    return isDeeper ? foldersAbove(path) : [parentOf(path)];
  }

  const flush = (folders: Iterable<string>): void => { for (const folder of folders) flushDirectory(placeOf(root, folder as RepoPath)); };

  return {
    read: (path) => onDisk(`reading ${showPath(path)}`, async () => bytesAt(filePlace(path), path)),

    follow: (path) => onDisk(`following ${showPath(path)}`, async () => followed(root, path)),

    obstacle: (path) => onDisk(`looking at ${showPath(path)}`, async () => obstaclesBelow(root)(path)),

    kind: (path) => onDisk(`looking at ${showPath(path)}`, async () => {
      const stat = statOf(place(path));
      if (stat === undefined) return 'absent';
      if (stat.isSymbolicLink()) return 'link';
      return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
    }),

    modified: (path) => onDisk(`looking at ${showPath(path)}`, async () => statOf(place(path))?.mtimeMs),

    mark: (path) => onDisk(`looking at ${showPath(path)}`, async () => {
      const stat = statOf(place(path));
      return stat && `${stat.ino} ${stat.ctimeMs}`;
    }),

    list: (directory) => onDisk(`listing ${showPath(directory)}`, async () => {
      const at = place(directory);
      const stat = statOf(at);
      if (stat?.isSymbolicLink()) throw failed('path-through-link', { path: directory, link: directory });
      if (!stat?.isDirectory()) return [];
      return entriesIn(at).map((entry) => `${pathFromBytes(entry.name)}${entry.isDirectory() ? '/' : ''}`);
    }),

    looks: (paths) => onDisk('looking at many files', async () => {
      const obstacle = obstaclesBelow(root);
      return paths.map((path) => {
        const stat = obstacle(path)?.kind === 'link' ? undefined : statOf(textPlaceOf(root, path));
        return stat?.isFile() ? looksOf(stat) : undefined;
      });
    }),

    write: (path, content) => onDisk(`writing ${showPath(path)}`, async () => {
      const at = filePlace(path);
      const mode = statOf(at)?.mode;
      makeParents(path);
      writeDurably(at, Buffer.from(content), mode === undefined ? undefined : mode & 0o7777);
    }),

    create: (path, content) => onDisk(`creating ${showPath(path)}`, async () => {
      const folders = created({ path, content });
      flush(folders);
      return folders.length > 0;
    }),

    createAll: async (files) => {
      const folders = new Set<string>();
      for (const file of files) for (const folder of await onDisk(`creating ${showPath(file.path)}`, () => created(file))) folders.add(folder);
      await onDisk('flushing folders', () => flush(folders));
    },

    remove: (path) => onDisk(`removing ${showPath(path)}`, async () => {
      const at = place(path);
      if (statOf(at) === undefined) return;
      unlinkSync(at);
      removeEmptyParents(root, path);
    }),

    sweep: async (temporaries) => {
      for (const path of temporaries) {
        const pid = writerOf(path);
        if (pid === undefined || isAlive({ pid, started: 'unknown' })) continue;
        quietly(() => {
          unlinkSync(place(path));
          removeEmptyParents(root, path);
        });
      }
    },
  };
}

/** Innermost first, and the root, which has no name, last. */
function foldersAbove(path: RepoPath): string[] {
  const folders: string[] = [];
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) folders.push(folder);
  return [...folders, ''];
}

/** Resolved by the system, then brought back below the root. */
function followed(root: string, path: RepoPath): RepoPath | undefined {
  const real = realpathOf(placeOf(root, path));
  if (real === undefined) return obstaclesBelow(root)(path)?.kind !== 'link' && statOf(placeOf(root, path)) === undefined ? path : undefined;
  const led = pathFromBytes(real);
  const below = pathFromBytes(Buffer.from(`${root}/`));
  if (!led.startsWith(below)) return undefined;
  const inside = led.slice(below.length) as RepoPath;
  return inside.split('/').some(namesGitDirectory) ? undefined : inside;
}

function realpathOf(place: Buffer): Buffer | undefined {
  try {
    return realpathSync(place, { encoding: 'buffer' });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

function removeEmptyParents(root: string, path: RepoPath): void {
  for (let directory = parentOf(path); directory !== ''; directory = parentOf(directory)) {
    try {
      rmdirSync(placeOf(root, directory as RepoPath));
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemCode(error) ?? '')) return;
      throw error;
    }
  }
}
