import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files that ship with the program: templates and prompts, by their relative names. */
export interface Assets {
  templates(): Promise<{ path: string; content: Buffer }[]>;
  prompt(name: string): Promise<string>;
  /** The program's own version. */
  version: string;
}

/** Finds the package that this code belongs to, built or from source, and opens what ships with it. */
export function openAssets(): Assets {
  const root = packageFolder();
  return {
    version: packageAt(root)!.version,
    prompt: (name) => readFile(join(root, 'prompts', `${name}.md`), 'utf8'),
    templates: () => filesBelow(join(root, 'templates')),
  };
}

/** The folder of the package that this code belongs to. */
export const packageFolder = (): string => packageRoot(here());

/** The folder of the running file: the bundle is CommonJS, the source is not. */
const here = (): string => (typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url)));

function packageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (packageAt(folder)?.name === 'cxw') return folder;
    if (folder === dirname(folder)) throw new Error(`the package of cxw was not found above ${from}`);
  }
}

function packageAt(folder: string): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string };
  } catch {
    return undefined;
  }
}

/** npm leaves `.gitignore` files out of packages, so a template whose name begins with `dot-` stands for one with a dot. */
async function filesBelow(folder: string): Promise<{ path: string; content: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(files.map(async (file) => ({
    path: relative(folder, file).split(sep).map((part) => part.replace(/^dot-/, '.')).join('/'),
    content: await readFile(file),
  })));
}
