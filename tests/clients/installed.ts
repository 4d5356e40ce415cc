import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What is tested against. What these clients read, and how they say that it is malformed, differs between versions. */
const PINNED = { '@openai/codex': '0.169.0', '@anthropic-ai/claude-code': '2.1.329' } as const;
type ClientPackage = keyof typeof PINNED;

/** Where a client's own program lies in the package for this machine, as a path of which `*` is any one folder. */
const PROGRAMS: Record<ClientPackage, string[]> = { '@openai/codex': ['vendor', '*', 'bin', 'codex'], '@anthropic-ai/claude-code': ['claude'] };

/** A client that can be started, or why there is none. */
export type Installed = { program: string; why?: undefined } | { program?: undefined; why: string };

/**
 * Installs a client from the registry into a temporary folder of its own; `CXW_CLIENTS` names a folder where that was
 * done already. Its native program is started directly: behind a launcher it would outlive a test that ends it.
 */
export async function installed(name: ClientPackage): Promise<Installed> {
  const version = PINNED[name];
  try {
    const folder = process.env['CXW_CLIENTS'] ?? mkdtempSync(join(tmpdir(), 'cxw-clients-'));
    if (process.env['CXW_CLIENTS'] === undefined) await execute('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`], { timeout: 600_000 });
    const program = found(join(folder, 'node_modules', `${name}-${process.platform}-${process.arch}`), PROGRAMS[name]);
    const { stdout } = await execute(program, ['--version'], { timeout: 60_000 });
    return stdout.includes(version) ? { program } : missing(name, `${program} is another version: ${stdout.trim()}`);
  } catch (error) {
    return missing(name, (error as Error).message.trim().split('\n').slice(0, 3).join(' '));
  }
}

const found = (folder: string, path: readonly string[]): string =>
  path.reduce((above, part) => join(above, part === '*' ? readdirSync(above)[0]! : part), folder);

/** A tier that is skipped without a word looks like one that passed. */
function missing(name: ClientPackage, said: string): Installed {
  const why = `${name}@${PINNED[name]} cannot be installed or started here: ${said}`;
  process.stderr.write(`\nSKIPPED: ${why}\n\n`);
  return { why };
}
