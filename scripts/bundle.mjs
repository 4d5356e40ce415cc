// The one way in which our sources are bundled: CommonJS for Node, with a chunk for every `import()`.
import { readFile } from 'node:fs/promises';
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
    transform: { define: { CXW_VERSION: JSON.stringify(version) } },
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
