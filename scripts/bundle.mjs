// The one way in which our sources are bundled: CommonJS for Node, with a chunk for every `import()`.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '..');

/**
 * Bundles the inputs (name → source file) into `folder`. Answers the chunks that were written.
 * A dynamic `import()` becomes a chunk that is required only when it is reached; shared classes stay one class.
 * `external` names imports that are left out.
 */
export async function bundle({ input, folder, minify = false, external = [] }) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const build = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external,
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { define: { CXW_VERSION: JSON.stringify(version), CXW_BUILD: JSON.stringify(await digestOfSources()) } },
  });
  const { output } = await build.write({
    dir: folder,
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    minify,
    sourcemap: false,
    // After minifying, which would drop it.
    postBanner: (chunk) => (chunk.isEntry && chunk.name === 'cxw' ? '#!/usr/bin/env node' : ''),
  });
  await build.close();
  return output.filter((file) => file.type === 'chunk');
}

/** One digest of everything that the program is made from. */
async function digestOfSources() {
  const hash = createHash('sha256');
  const sources = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  for (const name of ['package-lock.json', ...sources.map((source) => join('src', source))]) hash.update(name).update(await readFile(join(root, name)));
  return hash.digest('hex').slice(0, 16);
}
