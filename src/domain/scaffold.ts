import { installCommand } from './ciInstall.js';
import type { Pack } from './packs.js';
import { ownPath, type RepoPath } from './paths.js';
import type { DeliveryMode } from './policy.js';
import { fill } from './rendering.js';
import { UNKNOWN, type Stack } from './stack.js';
import { yamlList, yamlScalar } from './yamlText.js';

export const AGENTS_PATH = ownPath('AGENTS.md');

/** What is written into the policy and the map. */
export interface Setup {
  mode: DeliveryMode;
  remote: string;
  branches: string[];
  stack: Stack;
}

/** A file to be laid down. Text has LF line endings. */
export interface ScaffoldFile {
  path: RepoPath;
  text: string;
  /** The pack that it belongs to; none for the core. */
  pack?: Pack;
}

/** What editors get to check those formats by that people write, as JSON Schemas. */
export type EditorSchemas = Record<'ticket' | 'policy', object>;

/** Every file of the core and of these packs but the manifest, in the order in which it is laid down. `made` is what no template holds. */
export function scaffold(templates: readonly ScaffoldFile[], editorSchemas: EditorSchemas, setup: Setup, packs: readonly Pack[], made: readonly ScaffoldFile[]): ScaffoldFile[] {
  const schemas = Object.entries(editorSchemas).map(([name, schema]) => ({
    path: ownPath(`.cxw/schema/${name}.schema.json`),
    text: `${JSON.stringify(schema, null, 1)}\n`,
  }));
  const filled = templates.filter(({ pack }) => pack === undefined || packs.includes(pack))
    .map((file) => ({ ...file, text: fill(file.text, /\.ya?ml$/.test(file.path) ? forYaml(setup) : forReaders(setup)) }));
  return [...filled, ...schemas, ...made].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const forYaml = ({ mode, remote, branches, stack }: Setup): Record<string, string> => ({
  mode, remote: yamlScalar(remote), branches: yamlList(branches),
  package_manager: yamlScalar(stack.package_manager), test: yamlScalar(stack.test), lint: yamlScalar(stack.lint), build: yamlScalar(stack.build),
  install_cxw: yamlScalar(installCommand(stack.package_manager)),
});

const forReaders = ({ stack }: Setup): Record<string, string> =>
  ({ test: asCode(stack.test), lint: asCode(stack.lint), build: asCode(stack.build) });

/** A command as Markdown shows it, whatever ticks are in it. */
function asCode(command: string): string {
  if (command === UNKNOWN) return UNKNOWN;
  return command.includes('`') ? `\`\` ${command} \`\`` : `\`${command}\``;
}
