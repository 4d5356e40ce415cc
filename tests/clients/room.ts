import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CXW, workshop, type Workshop } from '../support/workshop.js';

/** A repository with everything in it that `init` brings, and homes for clients that hold nothing of this machine. */
export async function clientRoom(...packs: string[]): Promise<{ bench: Workshop; env: NodeJS.ProcessEnv; at(name: string): string }> {
  const bench = await workshop();
  if (packs.length > 0) await bench.cxw('init', ...packs.flatMap((pack) => ['--with', pack]));
  const at = (name: string): string => join(bench.folder, name);
  await Promise.all(['codex', 'claude', 'scratch', 'bin'].map((name) => mkdir(at(name))));
  await writeFile(at('bin/cxw'), `#!/bin/sh\nexec '${process.execPath}' '${CXW}' "$@"\n`);
  await chmod(at('bin/cxw'), 0o755);
  return {
    bench, at,
    env: { ...bench.env, PATH: `${at('bin')}:${process.env['PATH']}`, TMPDIR: at('scratch'), CODEX_HOME: at('codex'), CLAUDE_CONFIG_DIR: at('claude'), CLAUDE_CODE_TMPDIR: at('scratch') },
  };
}

/** This package, which is a marketplace of its own plugin. */
export const PACKAGE = resolve(import.meta.dirname, '../..');

/** The documents in a stream of them, one a line. */
export const linesOf = (stdout: string): any[] => stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
