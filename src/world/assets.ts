import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files that ship with the program: templates, prompts, skills and guidance, by their relative names. */
export interface Assets {
  /** The templates of the core, and those below `packs/` of the packs that are named. */
  templates(packs: readonly string[]): Promise<Template[]>;
  /** The text of the template that is laid down at a path, whichever pack it belongs to. */
  template(path: string): Promise<string>;
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

export interface Template {
  path: string;
  content: Buffer;
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
    templates: async (packs) => templatesBelow(join(own().folder, 'templates'), packs),
    template: async (path) => templateAt(join(own().folder, 'templates'), path),
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
function templatesBelow(folder: string, packs: readonly string[]): Template[] {
  const isWanted = (path: string): boolean => !path.startsWith(PACKS) || packs.includes(path.slice(PACKS.length).split('/')[0]!);
  return filesBelow(folder, '', isWanted).sort().map((file) => ({
    path: file.split('/').map((part) => part.replace(/^dot-/, '.')).join('/'),
    content: readFileSync(join(folder, file)),
  }));
}

function templateAt(folder: string, path: string): string {
  const file = path.split('/').map((part) => part.replace(/^\./, 'dot-')).join('/');
  const place = ['', ...readdirSync(join(folder, PACKS)).map((pack) => `${PACKS}${pack}/`)].map((under) => join(folder, under, file)).find((name) => existsSync(name));
  if (place === undefined) throw new Error(`${path} does not ship with the program`);
  return readFileSync(place, 'utf8');
}

const PACKS = 'packs/';

/** Relative paths. Folders that are not wanted are not looked into: most of what ships is for packs that few ask for. */
function filesBelow(folder: string, under: string, isWanted: (path: string) => boolean): string[] {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = `${under}${entry.name}`;
    if (entry.isFile()) return [path];
    return isWanted(path) ? filesBelow(folder, `${path}/`, isWanted) : [];
  });
}
