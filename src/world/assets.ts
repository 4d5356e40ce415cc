import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files that ship with the program: templates, prompts, skills and guidance, by their relative names. */
export interface Assets {
  templates(): Promise<{ path: string; content: Buffer }[]>;
  prompt(name: string): Promise<string>;
  /** Every skill of the plugin. */
  skills(): Promise<{ name: string; text: string }[]>;
  /** A page of guidance. */
  guide(topic: string): Promise<string>;
  /** The JSON Schema of a format, as the build wrote it. */
  schema(format: string): Promise<object>;
  /** The program's own version. */
  readonly version: string;
}

/** Opens what ships with the program. The package that this code belongs to, built or from source, is looked for when it is needed. */
export function openAssets(): Assets {
  let found: Package | undefined;
  const own = (): Package => (found ??= packageAbove(here()));
  return {
    get version() { return own().version; },
    prompt: async (name) => readFileSync(join(own().folder, 'prompts', `${name}.md`), 'utf8'),
    guide: async (topic) => readFileSync(join(own().folder, 'guide', `${topic}.md`), 'utf8'),
    schema: async (format) => JSON.parse(readFileSync(schemaFile(format), 'utf8')) as object,
    skills: async () => skillsBelow(join(own().folder, 'plugins', 'cxw', 'skills')),
    templates: async () => filesBelow(join(own().folder, 'templates')),
  };
}

/** Where the build wrote the JSON Schema of a format. */
export const schemaFile = (format: string): string => join(packageFolder(), 'dist', 'schemas', `${format}.json`);

/** The folder of the package that this code belongs to. */
export const packageFolder = (): string => packageAbove(here()).folder;

/** The folder of the running file: the bundle is CommonJS, the source is not. */
const here = (): string => (typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url)));

interface Package {
  folder: string;
  name: string;
  version: string;
}

function packageAbove(from: string): Package {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = packageAt(folder);
    if (found?.name === 'cxw') return found;
    if (folder === dirname(folder)) throw new Error(`the package of cxw was not found above ${from}`);
  }
}

function packageAt(folder: string): Package | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Omit<Package, 'folder'>;
    return { folder, name, version };
  } catch {
    return undefined;
  }
}

function skillsBelow(folder: string): { name: string; text: string }[] {
  return readdirSync(folder).sort().map((name) => ({ name, text: readFileSync(join(folder, name, 'SKILL.md'), 'utf8') }));
}

/** npm leaves `.gitignore` files out of packages, so a template whose name begins with `dot-` stands for one with a dot. */
function filesBelow(folder: string): { path: string; content: Buffer }[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  return files.map((file) => ({
    path: relative(folder, file).split(sep).map((part) => part.replace(/^dot-/, '.')).join('/'),
    content: readFileSync(file),
  }));
}
