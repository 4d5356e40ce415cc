import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import type { Merged, Three } from '../../domain/upgrade.js';
import { onDisk } from '../durably.js';
import { failed } from '../errors.js';
import type { Places } from '../places.js';
import type { Texts } from './index.js';
import type { GitRunner } from './runner.js';
import { makeFolder, removeFolder } from './temporary.js';

/** Opens what git can do with texts that are in no repository. */
export const openTexts = (runner: GitRunner, places: Places): Texts => ({ merge: (three) => mergeThree(runner, places, three) });

/** The exit code is the number of conflicts, up to this; more means that it could not be done, as with binary files. */
const MOST_CONFLICTS = 127;

async function mergeThree(runner: GitRunner, places: Places, { base, standing, offered }: Three): Promise<Merged> {
  const doing = 'putting a template and your edits together';
  const folder = await makeFolder(places, [places.state]);
  try {
    const [mine, before, theirs] = await onDisk(doing, () => Promise.all(
      Object.entries({ standing, base, offered }).map(async ([name, bytes]) => {
        const file = join(folder, name);
        await disk.writeFile(file, bytes, { mode: 0o600 });
        return file;
      })));
    const labels = ['yours', 'as it was laid down', 'its new template'].flatMap((label) => ['-L', label]);
    const answer = await runner.attempt(['merge-file', '-p', '--diff3', ...labels, mine!, before!, theirs!], { doing });
    if (answer.exit > MOST_CONFLICTS) throw failed('git-failed', { doing, said: answer.stderr.trim() });
    return { text: answer.stdout, clean: answer.exit === 0 };
  } finally {
    await removeFolder(folder);
  }
}
