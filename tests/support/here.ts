import { cxw, type Sink } from '../../src/cli/cxw.js';
import { UNDER_AGENT, type Ran, type Workshop } from './workshop.js';

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

/** Runs what only has to succeed for a story to go on: in this process, unless another program is meant or an agent would be taken for everybody. */
export function runCheaply(shop: Workshop, words: string[]): Promise<Ran> {
  const isOwnProgram = process.env['CXW_PROGRAM'] === undefined && Object.keys(shop.programEnv).length === 0;
  return isOwnProgram && !UNDER_AGENT ? runHere(shop, words) : shop.cxwWith({}, ...words);
}

export async function* nobody(): AsyncGenerator<Uint8Array> {
  // Nobody types anything.
}
