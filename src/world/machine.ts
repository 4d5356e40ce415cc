import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from './errors.js';
import type { Places } from './places.js';

/** What this machine is, as far as cxw depends on it. */
export interface Machine {
  /** As `Node 22.12.0 on linux`. */
  runsOn: string;
  locale?: string;
  /** Variables that set up git for one call, as CI systems do it. cxw hands none of them on. */
  unheard: string[];
  /** Whether the file system of the live state has hard links, by which facts are published. Nothing where it cannot be written. */
  hardLinks(): boolean | undefined;
}

export function openMachine({ gitDirectory }: Pick<Places, 'gitDirectory'>, env: Readonly<Record<string, string | undefined>>): Machine {
  return {
    runsOn: `Node ${process.versions.node} on ${process.platform}`,
    locale: env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || undefined,
    unheard: Object.keys(env).filter((name) => /^GIT_CONFIG_(COUNT|PARAMETERS)$/.test(name)),
    hardLinks: () => hardLinksIn(gitDirectory),
  };
}

function hardLinksIn(directory: string): boolean | undefined {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(directory, 'cxw-link-'));
    writeFileSync(join(folder, 'one'), '');
    linkSync(join(folder, 'one'), join(folder, 'two'));
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return folder === undefined ? undefined : false;
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
