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
    external: [...OPTIONAL, ...external],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { define: { CXW_VERSION: JSON.stringify(version), CXW_BUILD: JSON.stringify(await digestOfSources()) } },
    plugins: [withoutSubprograms, withoutTokenLog, inAscii],
    preserveEntrySignatures: 'allow-extension',
  });
  const { output } = await build.write({
    dir: folder,
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    codeSplitting: { groups: chunkGroups() },
    minify,
    sourcemap: false,
    // After minifying, which would drop it.
    postBanner: (chunk) => (chunk.isEntry && chunk.name === 'cxw' ? '#!/usr/bin/env node' : ''),
  });
  await build.close();
  return output.filter((file) => file.type === 'chunk');
}

/** `debug` takes it where it happens to be installed, and does without: what is bundled must not depend on its neighbours. */
const OPTIONAL = ['supports-color'];

/** One digest of everything that the program is made from. */
async function digestOfSources() {
  const hash = createHash('sha256');
  const sources = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  for (const name of ['package-lock.json', ...sources.map((source) => join('src', source))]) hash.update(name).update(await readFile(join(root, name)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * commander loads the module that starts processes, for commands that are programs of their own. We have none, and it
 * takes as long to load as commander itself.
 */
const withoutSubprograms = {
  name: 'without-subprograms',
  resolveId: (source, importer) => (source === 'node:child_process' && /node_modules[\\/]commander[\\/]/.test(importer ?? '') ? '\0no-subprograms' : undefined),
  load: (id) => (id === '\0no-subprograms' ? 'export {};' : undefined),
};

/** yaml looks into the environment at every word of a text, for whoever debugs yaml: a tenth of the reading. */
const withoutTokenLog = {
  name: 'without-token-log',
  resolveId: (source, importer) => (source === 'process' && /node_modules[\\/]yaml[\\/]/.test(importer ?? '') ? '\0no-environment' : undefined),
  load: (id) => (id === '\0no-environment' ? 'export const env = {}; export const emitWarning = process.emitWarning;' : undefined),
};

/**
 * One character beyond Latin-1 makes V8 hold the whole file in two bytes each, and read and copy twice as much. Such
 * characters stand in strings, templates, patterns and names of properties alone, where their escapes mean the same.
 */
const inAscii = {
  name: 'in-ascii',
  generateBundle: (_, files) => {
    for (const file of Object.values(files)) {
      if (file.type === 'chunk') file.code = file.code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/**
 * Every file costs its search and its opening, so what most commands need together stands in few of them. Sources that
 * reach a package are left apart: no command loads a package, or builds a schema, for its neighbour's sake.
 */
function chunkGroups() {
  const packagesBehind = new Map();
  const reachesPackages = (id, context) => {
    if (!packagesBehind.has(id)) packagesBehind.set(id, reachable(id, context).some(isOfPackage));
    return packagesBehind.get(id);
  };
  let look;
  const isOfLook = (id, context) => (look ??= new Set(LOOK.flatMap((entry) => reachable(join(root, entry), context)))).has(id) && !id.endsWith('verbs/status.ts');
  return [
    // Before all others, which are compiled by it.
    { name: 'compiled', test: /src[\\/](cli[\\/]compiled|domain[\\/]version)\.ts$/, priority: 8 },
    // The parser and the page of commands: each grows at its own pace.
    { name: 'commander', test: /node_modules[\\/]commander[\\/]/, priority: 7 },
    { name: 'start', test: /src[\\/]cli[\\/](?!main|enter|failure|complete|standpoint)\w+\.ts$/, priority: 6 },
    // Git is asked its first questions before all that follows is there.
    { name: 'early', test: /src[\\/]world[\\/]git[\\/]early\.ts$/, priority: 5 },
    { name: 'answer', test: /src[\\/]output[\\/]((?!sarif)\w+|text[\\/]index)\.ts$/, priority: 4 },
    { name: 'words', test: /src[\\/]domain[\\/]problem\.ts$/, priority: 3 },
    { name: 'world', test: /src[\\/]cli[\\/]enter\.ts$/, priority: 2 },
    // What a look at a ticket needs, most other commands need too; what many of those share besides is none of its business.
    { name: (id, context) => (isOurs(id) && isOfLook(id, context) ? 'common' : null), debugName: 'common', priority: 1 },
    { name: (id, context) => (isOurs(id) && !reachesPackages(id, context) ? 'shared' : null), debugName: 'shared', minShareCount: 8, priority: 0 },
  ];
}

/** Where a look at a ticket begins, and where it goes on once there is a change. */
const LOOK = ['src/verbs/status.ts', 'src/world/git/look.ts', 'src/world/git/changes.ts'];

const isOurs = (id) => id.startsWith(join(root, 'src'));
const isOfPackage = (id) => /[\\/]node_modules[\\/]/.test(id);

/** Modules that are loaded together with one. */
function reachable(id, context) {
  const seen = new Set([id]);
  for (const one of seen) for (const other of context.getModuleInfo(one)?.importedIds ?? []) seen.add(other);
  return [...seen];
}
