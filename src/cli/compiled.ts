import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { BUILD } from '../domain/version.js';

/** What V8 made of our chunks in this run, to be kept for the next one of the same command. */
export interface Compiled {
  /** Where it is to be kept. */
  place: string;
  bytes(): Buffer;
}

/** What a file of compiled chunks says about itself, in its first line. The chunks follow, and then once more. */
interface Heading {
  build: string;
  node: string;
  chunks: [name: string, length: number][];
}

const NODE = `${process.version}-${process.platform}-${process.arch}`;

/** V8 reads what it is given without copying it when it begins at such a boundary. */
const ALIGNMENT = 8;

/** The folder of the running file: the bundle is CommonJS, the source is not. */
const HERE = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));

/**
 * Has our chunks compiled from what V8 made of them in an earlier run of the same command: compiling takes longer than
 * most commands do. The files lie beside the program: whoever can write there can change the program itself, so nobody
 * gains by it. A file that is torn, of another build or Node, or that others may write or put there, is as good as none.
 *
 * Answers a function that tells, at the end, what is worth keeping; nothing when all that was needed was there.
 * `CXW_CODE_CACHE` is `off` to compile everything anew, and `read` to keep nothing.
 */
export function loadCompiled(argv: readonly string[], wish: string | undefined): () => Compiled | undefined {
  const command = commandOf(argv);
  if (command === undefined || wish === 'off') return () => undefined;
  const place = join(HERE, '..', 'compiled', `${command}.bin`);
  const found = readCompiled(place);
  const { run, scripts, areLacking } = openChunks(found);
  extensions['.cjs'] = run;
  return () => {
    if (!areLacking() || wish === 'read') return undefined;
    // Whoever keeps it loads more, which this command has no need of.
    const used = [...scripts];
    return { place, bytes: () => withHeading(new Map([...found ?? [], ...used.map(([name, script]) => [name, script.createCachedData()] as const)])) };
  };
}

/** Runs chunks, and keeps their scripts by name. `areLacking`: something had to be compiled, or is compiled otherwise by now. */
function openChunks(found: ReadonlyMap<string, Buffer> | undefined): { run: (module: Loaded, file: string) => void; scripts: ReadonlyMap<string, Script>; areLacking: () => boolean } {
  const scripts = new Map<string, Script>();
  let lacking = false;

  function run(module: Loaded, file: string): void {
    const name = basename(file);
    const cachedData = found?.get(name);
    const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
    lacking ||= cachedData === undefined || script.cachedDataRejected === true;
    scripts.set(name, script);
    const body = script.runInThisContext() as (...scope: unknown[]) => void;
    body.call(module.exports, module.exports, (id: string) => required(module, id, dirname(file)), module, file, dirname(file));
  }

  /** Node looks for a file in many ways before it opens the one that was named. Ours are where they say. */
  function required(from: Loaded, id: string, folder: string): unknown {
    if (!id.startsWith('./')) return from.require(id);
    const file = join(folder, id);
    const known = cached[file];
    if (known !== undefined) return known.exports;
    const chunk: Loaded = cached[file] = { exports: {}, loaded: false, require: (other) => from.require(other) };
    run(chunk, file);
    chunk.loaded = true;
    return chunk.exports;
  }

  return { run, scripts, areLacking: () => lacking };
}

/** A chunk as Node has modules, as far as ours know of them. */
interface Loaded {
  exports: object;
  /** Node warns of one that is asked for before. */
  loaded: boolean;
  require(id: string): unknown;
}

/** What makes modules. It is known by any that it made: to ask for `node:module` loads all that runs ES modules. */
const { wrap, _extensions: extensions, _cache: cached } = module.constructor as unknown as {
  wrap(source: string): string;
  _extensions: Record<string, (module: Loaded, file: string) => void>;
  _cache: Record<string, Loaded | undefined>;
};

/** The command, or the option that stands for one, as far as it can be told before anything is parsed. */
function commandOf([command = 'status', part = '']: readonly string[]): string | undefined {
  const name = command === 'ticket' ? `${command}-${part}` : command;
  return /^(--)?[a-z][a-z-]{1,30}$/.test(name) ? name : undefined;
}

function readCompiled(place: string): Map<string, Buffer> | undefined {
  try {
    const descriptor = openSync(place, 'r');
    try {
      // Where others may put files, they may put one of the owner's own there, whose content is theirs.
      const owner = statSync(HERE).uid;
      if ([fstatSync(descriptor), statSync(dirname(place))].some(({ uid, mode }) => uid !== owner || (mode & 0o022) !== 0)) return undefined;
      return chunksIn(readFileSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

function chunksIn(bytes: Buffer): Map<string, Buffer> | undefined {
  const end = bytes.indexOf('\n');
  const { build, node, chunks } = JSON.parse(bytes.toString('latin1', 0, end)) as Heading;
  const start = aligned(end + 1);
  const middle = start + (bytes.length - start) / 2;
  // V8 itself checks next to nothing, and a damaged file would end the process. To compare takes a tenth of a digest.
  if (build !== BUILD || node !== NODE || !bytes.subarray(start, middle).equals(bytes.subarray(middle))) return undefined;
  let at = start;
  return new Map(chunks.map(([name, length]) => {
    const data = bytes.subarray(at, at + length);
    at = aligned(at + length);
    return [name, data];
  }));
}

function withHeading(chunks: ReadonlyMap<string, Buffer>): Buffer {
  const body = Buffer.concat([...chunks.values()].map((data) => Buffer.concat([data], aligned(data.length))));
  const heading: Heading = { build: BUILD, node: NODE, chunks: [...chunks].map(([name, { length }]) => [name, length]) };
  const line = `${JSON.stringify(heading)}\n`;
  return Buffer.concat([Buffer.from(line.padStart(aligned(line.length), ' ')), body, body]);
}

const aligned = (at: number): number => Math.ceil(at / ALIGNMENT) * ALIGNMENT;
