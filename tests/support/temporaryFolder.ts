import { mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const TMPFS = 0x01021994;
const ENOUGH = 8 * 2 ** 30;
/** A client's sandbox has a /dev of its own. */
const ON_DISK = 'clients';

/**
 * All temporary folders of a test run lie in one of its own, which goes with it: workers do not run exit handlers.
 * Thousands of small repositories come and go, which a disk's file system takes half of the time for; so they lie in
 * memory where there is plenty, unless `TMPDIR` says otherwise.
 */
export default function setup({ name }: { name: string }): () => void {
  const isInMemory = name !== ON_DISK && isRoomInMemory();
  const folder = realpathSync(mkdtempSync(join(process.env['TMPDIR'] ?? (isInMemory ? IN_MEMORY : tmpdir()), 'cxw-tests-')));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function isRoomInMemory(): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(IN_MEMORY);
    return type === TMPFS && bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}
