// Builds dist/: the program, the package entry, their lazily loaded chunks, types and JSON Schemas; and the notices of
// the packages that are bundled. Everything is made in a folder of its own and moved into place whole.
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from './bundle.mjs';
import { noticesOf } from './notices.mjs';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const fresh = join(root, `.dist-${process.pid}`);

async function build() {
  await rm(fresh, { recursive: true, force: true });
  const chunks = await bundle({ input: { cxw: 'src/cli/main.ts', index: 'src/index.ts', ticketThread: 'src/world/tickets/thread.ts', ledgerThread: 'src/world/sealed/thread.ts' }, folder: fresh, minify: true });
  await chmod(join(fresh, 'cxw.cjs'), 0o755);
  await Promise.all([writeTypes(), writeSchemas(), writeNotices(chunks)]);
  await moveIntoPlace();
}

async function writeTypes() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, '--project', 'tsconfig.build.json', '--outDir', join(fresh, 'types')], { cwd: root });
}

async function writeSchemas() {
  const { jsonSchemas } = createRequire(import.meta.url)(join(fresh, 'index.cjs'));
  await mkdir(join(fresh, 'schemas'));
  await Promise.all(Object.entries(jsonSchemas()).map(([name, schema]) =>
    writeFile(join(fresh, 'schemas', `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`)));
}

async function writeNotices(chunks) {
  const path = join(root, 'THIRD-PARTY-NOTICES.md');
  const notices = await noticesOf(chunks.flatMap((chunk) => chunk.moduleIds));
  if (notices !== await readFile(path, 'utf8').catch(() => undefined)) await writeFile(path, notices);
}

/** Two renames, so that a run at the same moment finds the old program or the new one. */
async function moveIntoPlace() {
  const old = join(root, `.dist-${process.pid}-old`);
  await rename(dist, old).catch((error) => { if (error.code !== 'ENOENT') throw error; });
  await rename(fresh, dist);
  await rm(old, { recursive: true, force: true });
}

try {
  await build();
} finally {
  await rm(fresh, { recursive: true, force: true });
}
