import { renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryName, writerOf } from '../domain/temporaries.js';
import { entriesOf, type Head } from './chain.js';

const LITTER_AGE_MS = 60 * 60 * 1000;

/**
 * Remembers the head, and takes away what killed writers left. Neither is flushed, and neither may fail a command whose
 * facts are already published.
 */
export function leaveTidy(folder: string, head: Head, now: Date): void {
  try {
    const temporary = join(folder, temporaryName(process.pid, 'head'));
    writeFileSync(temporary, `${JSON.stringify(head)}\n`, { mode: 0o600 });
    renameSync(temporary, join(folder, 'head.json'));
    for (const { name } of entriesOf(join(folder, 'facts'))) {
      const path = join(folder, 'facts', name);
      if (writerOf(name) !== undefined && statSync(path).mtimeMs < now.getTime() - LITTER_AGE_MS) unlinkSync(path);
    }
  } catch {
    // What is left untidy, the next command tidies.
  }
}
