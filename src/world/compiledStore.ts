import { promises as disk } from 'node:fs';
import { dirname } from 'node:path';
import { writeDurably } from './durably.js';
import { openRunner } from './git/runner.js';

/** More than there are commands: a name that is none leaves a file once, not for ever. */
const MOST_FILES = 64;

/**
 * Keeps what V8 made of our chunks beside the program, if that is ours to write to and no repository would see it.
 * Whatever is in the way, the next run does without: this is no part of any answer.
 */
export async function keepCompiled({ place, bytes }: { place: string; bytes(): Buffer }, env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const folder = dirname(place);
    const { uid } = await disk.stat(dirname(folder));
    if (uid !== process.getuid?.() || await isSeenByGit(folder, env)) return;
    await disk.mkdir(folder, { recursive: true, mode: 0o755 });
    const kept = await disk.stat(folder);
    // Nothing is read from where others may put files.
    if (kept.uid !== uid || (kept.mode & 0o022) !== 0) return;
    if ((await disk.readdir(folder)).length < MOST_FILES) writeDurably(place, bytes(), 0o644);
  } catch {
    // A full disk, a read-only one, no git: none of it is worth a word.
  }
}

/** Packages may lie in the worktree that somebody works in; what git sees there is theirs. */
async function isSeenByGit(folder: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const answer = await openRunner(dirname(folder), env).attempt(['check-ignore', '--quiet', '--', `${folder}/file`], { doing: 'asking what is ignored' });
  return answer.exit === 1;
}
