import { cxw, type Sink } from '../../src/cli/cxw.js';
import type { Ran } from './workshop.js';

/** A repository and its remote, somewhere: where a command is run and looked at. */
export interface Place {
  folder: string;
  root: string;
  remote: string;
  env: NodeJS.ProcessEnv;
}

/** Runs a command in this process, through the whole program: several times cheaper than a process of its own. */
export async function runHere(place: Place, words: readonly string[]): Promise<Ran> {
  const heard = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof heard): Sink => ({ write: (text) => { heard[name] += text; } });
  const exit = await cxw(words, { cwd: place.root, env: place.env, signal: new AbortController().signal, stdin: nobody(), stdout: sink('stdout'), stderr: sink('stderr') });
  return { exit, ...heard };
}

export async function* nobody(): AsyncGenerator<Uint8Array> {
  // Nobody types anything.
}
