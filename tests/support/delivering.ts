import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { abort, type AbortData } from '../../src/verbs/abort.js';
import type { Outcome } from '../../src/domain/outcome.js';
import type { World } from '../../src/world/index.js';
import { givenReady, TICKET, type Ready } from './given.js';
import { run, workshop, type Workshop } from './workshop.js';

export const abortIt = (world: World): Promise<Outcome<AbortData>> => abort(world, { ticket: TICKET, actor: { role: 'deliverer', name: 'Ada' } });

/** A repository with one changed file, and a ticket that has all its evidence for it. `before`: what was there already. */
export async function ready(delivery: Record<string, unknown> = {}, before: (bench: Workshop) => Promise<void> = async () => undefined): Promise<Ready & { bench: Workshop }> {
  const bench = await workshop({ 'greeting.txt': 'old\n', 'other.txt': 'o\n' });
  await before(bench);
  await bench.write('greeting.txt', 'hello\n');
  const given = await givenReady(bench, { files: ['greeting.txt'], delivery });
  return { bench, ...given };
}

/** Another clone, where a colleague works. */
export async function colleague(bench: Workshop): Promise<(...args: string[]) => Promise<void>> {
  const place = join(bench.folder, 'colleague');
  const git = async (...args: string[]): Promise<void> => {
    const ran = await run('git', args, { cwd: place, env: bench.env });
    if (ran.exit !== 0) throw new Error(ran.stderr);
  };
  await bench.git('clone', '--quiet', bench.remote, place);
  return git;
}

/** A commit of theirs, on the remote. */
export async function pushFrom(git: (...args: string[]) => Promise<void>, message: string): Promise<void> {
  await git('commit', '--quiet', '--allow-empty', '--message', message);
  await git('push', '--quiet');
}

/** A hook of the remote. */
export async function serverHook(bench: Workshop, name: string, script: string): Promise<void> {
  await writeFile(join(bench.remote, 'hooks', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** A hook of the person's. */
export async function hook(bench: Workshop, name: string, script: string): Promise<void> {
  await writeFile(join(bench.root, '.git/hooks', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** HEAD, the whole index, and everything that is dirty. */
export const localState = async (bench: Workshop): Promise<string> =>
  [await bench.git('rev-parse', 'HEAD'), await bench.git('ls-files', '--stage', '-v'), await bench.git('status', '--porcelain=v2', '-uall')].join('\n');
