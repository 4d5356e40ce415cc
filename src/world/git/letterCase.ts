import { lstatSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Where the disk tells names apart by case, so does git, whatever `core.ignoreCase` says: it would take a file for the
 * tracked one beside it, and say nothing of it. Where the disk does not, the setting stands.
 */
export function caseOptions(folder: string): readonly string[] {
  const known = found.get(folder);
  if (known !== undefined) return known;
  const options = tellsCaseApart(folder) ? ['-c', 'core.ignoreCase=false'] : [];
  found.set(folder, options);
  return options;
}

const found = new Map<string, readonly string[]>();

/** Asked of the repository in the folder; elsewhere, of the folder's own name, or of the nearest one above that has letters. */
function tellsCaseApart(folder: string): boolean {
  for (let at = join(folder, '.git'); dirname(at) !== at; at = dirname(at)) {
    const itself = looked(at);
    const name = basename(at);
    const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
    if (itself === undefined || other === name) continue;
    const twin = looked(join(dirname(at), other));
    return twin === undefined || twin.ino !== itself.ino || twin.dev !== itself.dev;
  }
  return true;
}

function looked(at: string): Stats | undefined {
  try {
    return lstatSync(at, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
