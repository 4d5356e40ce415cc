import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { agentOfProcess } from '../../src/domain/agents.js';
import { ancestors } from '../../src/world/processes.js';

const execute = promisify(execFile);

/** The built program, as it is installed; or another one that is to be tested, as an older release. */
export const CXW = process.env['CXW_PROGRAM'] ?? resolve(import.meta.dirname, '../../dist/cxw.cjs');

export interface Ran {
  exit: number;
  stdout: string;
  stderr: string;
}

/** A real repository with a bare remote beside it, and the verbs to use both. Gone when its test ends. */
export interface Workshop {
  /** Holds `repo`, `remote.git` and `home`. */
  folder: string;
  root: string;
  remote: string;
  env: NodeJS.ProcessEnv;
  /** What only the program gets, on top of it. */
  programEnv: NodeJS.ProcessEnv;
  git(...args: string[]): Promise<string>;
  /** The same, answering bytes, for names that are no text. */
  gitBytes(...args: string[]): Promise<Buffer>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  read(path: string): Promise<string>;
  remove(path: string): Promise<void>;
  link(path: string, target: string): Promise<void>;
  executable(path: string): Promise<void>;
  /** Runs the built `cxw` as a process, without a terminal. */
  cxw(...args: string[]): Promise<Ran>;
  cxwWith(options: { env?: NodeJS.ProcessEnv; cwd?: string; input?: string }, ...args: string[]): Promise<Ran>;
  /** Runs it with `--json` and parses the one document. */
  json(...args: string[]): Promise<{ exit: number; answer: any }>;
}

/** Makes a workshop: `main` with one commit, pushed to its bare remote. */
export const workshop = (files: Record<string, string> = { 'README.md': '# Workshop\n' }): Promise<Workshop> =>
  madeOnce(`workshop ${JSON.stringify(files)}`, () => makeWorkshop(files));

/** A workshop that is made for the first who asks, and copied for them and for whoever asks after. */
export async function madeOnce(what: string, make: () => Promise<Workshop>): Promise<Workshop> {
  const pattern = patterns.get(what) ?? setAside(make());
  patterns.set(what, pattern);
  const { folder, madeIn } = await pattern;
  const bench = await copyOf(folder);
  const config = join(bench.root, '.git/config');
  await writeFile(config, (await readFile(config, 'utf8')).replaceAll(madeIn, bench.folder));
  return bench;
}

/** Where a workshop lies that nobody works in, and where it lay when its remote was given a name. */
interface Pattern {
  folder: string;
  madeIn: string;
}

const patterns = new Map<string, Promise<Pattern>>();

async function setAside(made: Promise<Workshop>): Promise<Pattern> {
  const { folder: madeIn } = await made;
  const folder = join(tmpdir(), `cxw-pattern-${randomUUID()}`);
  await rename(madeIn, folder);
  return { folder, madeIn };
}

async function makeWorkshop(files: Record<string, string>): Promise<Workshop> {
  const bench = await emptyWorkshop();
  for (const [path, content] of Object.entries(files)) await bench.write(path, content);
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'First');
  await bench.git('init', '--quiet', '--bare', '--initial-branch=main', bench.remote);
  await bench.git('remote', 'add', 'origin', bench.remote);
  await bench.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  return bench;
}

/** A repository without a commit and without a remote. */
export async function emptyWorkshop(): Promise<Workshop> {
  const folder = await newFolder();
  const home = join(folder, 'home');
  await mkdir(home);
  await writeFile(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n');
  const bench = workshopIn(folder);
  await execute('git', ['init', '--quiet', bench.root], { env: bench.env });
  return bench;
}

/** The same repository, remote and home once more, in a folder of their own. */
export async function copyOf(folder: string): Promise<Workshop> {
  const copy = await newFolder();
  await execute('cp', ['-a', `${folder}/.`, copy]);
  return workshopIn(copy);
}

async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'cxw-test-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** The verbs to use the repository that stands, or will stand, in a folder. */
function workshopIn(folder: string): Workshop {
  const root = join(folder, 'repo');
  const env = cleanEnvironment(join(folder, 'home'));
  const programEnv: NodeJS.ProcessEnv = {};
  const at = (path: string): string => join(root, path);
  const gitBytes = async (...args: string[]): Promise<Buffer> =>
    (await execute('git', args, { cwd: root, env, encoding: 'buffer', maxBuffer: 1 << 28 })).stdout;
  const cxwWith: Workshop['cxwWith'] = (options, ...args) =>
    run(process.execPath, [CXW, ...args], { cwd: options.cwd ?? root, env: { ...env, ...programEnv, ...options.env }, input: options.input });

  return {
    folder, root, remote: join(folder, 'remote.git'), env, programEnv, gitBytes, cxwWith,
    git: async (...args) => (await gitBytes(...args)).toString('utf8').replace(/\n$/, ''),
    write: async (path, content) => {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), content);
    },
    read: (path) => readFile(at(path), 'utf8'),
    remove: (path) => rm(at(path), { recursive: true }),
    link: (path, target) => symlink(target, at(path)),
    executable: (path) => chmod(at(path), 0o755),
    cxw: (...args) => cxwWith({}, ...args),
    json: async (...args) => {
      const ran = await cxwWith({}, ...args, '--json');
      return { exit: ran.exit, answer: JSON.parse(ran.stdout) };
    },
  };
}

/** An environment without a trace of this machine, of an agent or of CI, in which no run keeps compiled code. */
export function cleanEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, TMPDIR: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', TZ: 'UTC', CXW_CODE_CACHE: 'read' };
}

/**
 * Under a coding agent every process of a test descends from it, and cxw rightly takes writer and reviewer for one. So
 * there a test's processes leave the family: a shell starts them in the background and ends, and they are nobody's.
 */
export const UNDER_AGENT = ancestors().some(({ name }) => agentOfProcess(name) !== undefined);
const ORPHANED = '("$0" "$@"; echo $? > "$CXW_TEST_EXIT") &';

async function runOrphaned(program: string, args: string[], options: Parameters<typeof run>[2]): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'cxw-orphan-'));
  const exitFile = join(folder, 'exit');
  try {
    const ran = await spawned('sh', ['-c', ORPHANED, program, ...args], { ...options, env: { ...options.env, CXW_TEST_EXIT: exitFile } });
    return { ...ran, exit: Number(await readFile(exitFile, 'utf8')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end. */
export function run(program: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string | undefined }): Promise<Ran> {
  return UNDER_AGENT && args[0] === CXW ? runOrphaned(program, args, options) : spawned(program, args, options);
}

export function spawned(program: string, args: string[], options: Parameters<typeof run>[2]): Promise<Ran> {
  return new Promise((settled, rejected) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => { stdout += chunk; });
    child.stderr.setEncoding('utf8').on('data', (chunk) => { stderr += chunk; });
    child.on('error', rejected);
    child.on('close', (exit, signal) => settled({ exit: exit ?? (signal === 'SIGINT' ? 130 : 137), stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}
