// Writes the reference pages from the tables, schemas and commands that the program itself uses.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { bundle } from './bundle.mjs';

const reference = resolve(import.meta.dirname, '../docs/reference');
const folder = await mkdtemp(join(tmpdir(), 'cxw-docs-'));
try {
  // The command line names its verbs, and the pages need none of them.
  await bundle({ input: { pages: 'scripts/pages/index.ts' }, folder, external: [/^\.\.\/verbs\//, './complete.js'] });
  const { referencePages } = createRequire(import.meta.url)(join(folder, 'pages.cjs'));
  await rm(reference, { recursive: true, force: true });
  for (const [path, text] of referencePages()) {
    await mkdir(dirname(join(reference, path)), { recursive: true });
    await writeFile(join(reference, path), text);
  }
} finally {
  await rm(folder, { recursive: true });
}
