import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fold } from '../../src/domain/run.js';
import { openLedger } from '../../src/world/ledger.js';
import type { Place } from './here.js';
import { tipOf, type Scene, type Stage } from './scenes.js';
import type { Ran } from './workshop.js';

const execute = promisify(execFile);

/** Everything of a repository that a fault could have harmed. */
export interface Look {
  /** Every file of the worktree, by its mode and its bytes. */
  files: Map<string, string>;
  /** Every entry of the index, with its flags. */
  index: Map<string, string>;
  head: string;
  remote: string;
  /** Where the delivery notes are, here and on the remote. */
  notes: (string | undefined)[];
  /** Where each ticket stands, and what is recorded about it. */
  runs: string;
  /** What is wrong with a ledger. */
  faults: string[];
}

/** How a scene looks before its command, and when the command went well. */
export interface Expected {
  scene: Scene;
  before: Look;
  after: Look;
  /** The tree of the delivered commit: with the same evidence it is the same in every copy. */
  tree?: string;
}

/** Carries the command out once, unharmed. */
export async function expectedOf({ scene, copy, strike }: Stage, carryOut: (place: Place) => Promise<Ran>): Promise<Expected> {
  const place = await copy();
  const before = await lookAt(place);
  const { exit, stdout } = await carryOut(place);
  if (exit !== 0) throw new Error(`${scene.name} does not succeed unharmed: ${stdout}`);
  const after = await lookAt(place);
  const tree = after.head === before.head ? undefined : (await commitOf(place, after.head)).tree;
  await strike(place);
  return { scene, before, after, tree };
}

export async function lookAt(place: Place): Promise<Look> {
  const state = join(place.root, '.git/cxw');
  const ledger = openLedger({ state }, { clock: { now: () => new Date() }, command: 'cxw' });
  const tickets = await ledger.tickets();
  const faults = (await Promise.all([...tickets, 'worktree' as const].map((name) => ledger.inspect(name)))).flat();
  return {
    files: filesOf(place.root), index: await indexOf(place), head: await tipOf(join(place.root, '.git')), remote: await tipOf(place.remote),
    notes: await Promise.all([join(place.root, '.git'), place.remote].map((repository) => tipOf(repository, 'notes/cxw').catch(() => undefined))),
    runs: faults.length > 0 ? 'unknown' : JSON.stringify(await Promise.all(tickets.map(async (ticket) => standingOf(fold(ticket, (await ledger.read(ticket)).facts))))),
    faults: faults.map(({ fault, seq, detail }) => `fact ${seq} ${fault}: ${detail}`),
  };
}

function standingOf({ state, end, delivery, records, reviews, rounds }: ReturnType<typeof fold>): object {
  return { state, end: end?.how, delivering: delivery !== undefined, records: Object.keys(records).sort(), reviewed: reviews.length > 0, rounds };
}

const LITTER = /(^|\/)\.cxw-[^/]*\.tmp$/;

/** How a repository was found after a fault. */
export interface Aftermath {
  /** What may never be, whatever happened. */
  harm: string[];
  /** What the command has still to do. */
  undone: string[];
}

/** How closely git's objects are read: not at all, those that are reachable, or every one. */
export type Care = 'hasty' | 'quick' | 'thorough';

/** Holds a repository to the invariants I1 to I8, and tells what is still to be done. */
export async function aftermathOf(place: Place, expected: Expected, ran: Ran, how: Care): Promise<Aftermath> {
  const now = await lookAt(place);
  const undone = undoneIn(now, expected);
  return { undone, harm: [...await harmIn(now, place, expected), ...answerHarm(ran, undone, now.runs), ...await brokenObjects(place, how)] };
}

async function harmIn(now: Look, place: Place, { scene, before, after, tree }: Expected): Promise<string[]> {
  const own = (path: string): boolean => scene.writes.test(path) || LITTER.test(path);
  const delivered = differing(before.index, after.index);
  const commit = now.head === before.head || now.head === after.head ? undefined : await commitOf(place, now.head);
  const isOurs = commit === undefined || (commit.tree === tree && commit.parent === before.head);
  const standsAt = now.head === before.head ? before : after;
  return [
    ...now.faults.map((fault) => `I7 ledger: ${fault}`),
    ...differing(before.files, now.files, own).map((path) => `I2 file changed: ${path}`),
    ...differing(before.index, now.index, (path) => delivered.includes(path)).map((path) => `I3 index entry changed: ${path}`),
    ...delivered.filter((path) => ![before, after].some(({ index }) => index.get(path) === now.index.get(path))).map((path) => `I3 index entry is neither old nor new: ${path}`),
    ...(isOurs ? [] : [`I4 HEAD is ${now.head}, neither old nor ours`]),
    ...(standsAt === after && scene.command[0] === 'deliver' && differing(after.index, now.index).length > 0 ? ['I5 the index would revert the delivery'] : []),
    ...(now.remote === before.remote || now.remote === now.head ? [] : [`I6 the remote has ${now.remote}`]),
  ];
}

function undoneIn(now: Look, { scene, before, after }: Expected): string[] {
  const made = ({ files }: Look): string[] => [...files.keys()].filter((path) => scene.writes.test(path) && !LITTER.test(path)).sort();
  const isThere = scene.name === 'ticket new' ? made(now).length >= made(after).length : made(now).join() === made(after).join();
  return [
    ...(isThere ? [] : [`files are ${made(now).join(', ')}`]),
    ...(now.runs === after.runs ? [] : [`stands at ${now.runs}, not ${after.runs}`]),
    ...differing(after.index, now.index).map((path) => `index entry differs: ${path}`),
    ...(after.notes[1] !== undefined && (now.notes[0] !== now.notes[1] || now.notes[0] === before.notes[1]) ? [`the notes are at ${now.notes.join(', and on the remote at ')}`] : []),
    ...(scene.command[0] === 'deliver' && now.remote !== now.head ? [`the remote has ${now.remote}, HEAD is ${now.head}`] : []),
  ];
}

/** Temporary files of killed writers that lie about in the worktree. */
export const litterIn = (look: Look): string[] => [...look.files.keys()].filter((path) => LITTER.test(path));

/** I8: what was said is what is. A killed run says nothing; a walk that got somewhere names where, and what it met. */
function answerHarm({ exit, stdout, stderr }: Ran, undone: readonly string[], runs: string): string[] {
  const { ok, data, problems } = stdout === '' ? { ok: false, data: {}, problems: [] } : JSON.parse(stdout) as { ok: boolean; data: { state?: string }; problems: { severity: string; code: string }[] };
  const saysDone = (exit === 0 || ok) && problems.every(({ severity, code }) => severity !== 'error' && !code.startsWith('note-not-'));
  const isElsewhere = ok && data.state !== undefined && !runs.includes(`"state":"${data.state}"`);
  return [
    ...(saysDone && undone.length > 0 ? [`I8 it says that it is done, with exit ${exit}: ${undone.join('; ')}`] : []),
    ...(isElsewhere ? [`I8 it says that it stands at ${data.state}: ${runs}`] : []),
    ...(exit === 1 || /^\s+at .*\.(cjs|js):\d+/m.test(stderr) ? [`I8 it takes the fault for its own bug: ${stderr.slice(-2000)}`] : []),
    ...(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(stdout + stderr) ? ['I8 there are control characters in the output'] : []),
  ];
}

/** A server whose disk was full keeps trees of a push that it refused, without their blobs; what a ref reaches and lacks is `missing`. */
const HALF_RECEIVED = /git(attributes|modules)Missing/;

/** I1: what git itself says about its objects. */
async function brokenObjects({ root, remote, env }: Place, how: Care): Promise<string[]> {
  if (how === 'hasty') return [];
  const broken: string[] = [];
  for (const repository of [root, remote]) {
    const words = how === 'quick' ? ['--connectivity-only'] : ['--full', '--strict'];
    const { stderr } = await execute('git', ['-C', repository, 'fsck', '--no-progress', '--no-dangling', ...words], { env }).catch((error: unknown) => error as { stderr: string });
    const told = stderr.split('\n').filter((line) => /error|fatal|missing|corrupt|broken/.test(line) && !HALF_RECEIVED.test(line));
    broken.push(...told.map((line) => `I1 ${line}`));
  }
  return broken;
}

/** What differs between two looks, but for these paths. */
export function differing(then: Map<string, string>, now: Map<string, string>, exempt: (path: string) => boolean = () => false): string[] {
  return [...new Set([...then.keys(), ...now.keys()])].filter((path) => !exempt(path) && then.get(path) !== now.get(path));
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function filesOf(root: string): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (folder: Buffer, below: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
      const path = below + entry.name.toString('latin1');
      const place = Buffer.concat([folder, Buffer.from('/'), entry.name]);
      if (path === '.git') continue;
      if (entry.isDirectory()) walk(place, `${path}/`);
      else files.set(path, `${lstatSync(place).mode.toString(8)} ${entry.isSymbolicLink() ? readlinkSync(place) : digestOf(readFileSync(place))}`);
    }
  };
  walk(Buffer.from(root), '');
  return files;
}

/** The same bytes hold the same entries, so git reads each index once. */
const indexes = new Map<string, Promise<Map<string, string>>>();

function indexOf(place: Place): Promise<Map<string, string>> {
  const bytes = digestOf(readFileSync(join(place.root, '.git/index')));
  const known = indexes.get(bytes) ?? readIndex(place);
  indexes.set(bytes, known);
  return known;
}

async function readIndex({ root, env }: Place): Promise<Map<string, string>> {
  const { stdout } = await execute('git', ['--no-optional-locks', 'ls-files', '-s', '-v', '-z'], { cwd: root, env, encoding: 'latin1' });
  return new Map(stdout.split('\0').filter((line) => line !== '').map((line) => {
    const tab = line.indexOf('\t');
    return [line.slice(tab + 1), line.slice(0, tab)] as const;
  }));
}

async function commitOf({ root, env }: Place, id: string): Promise<{ tree: string; parent: string }> {
  const { stdout } = await execute('git', ['cat-file', 'commit', id], { cwd: root, env });
  return { tree: /^tree (.+)$/m.exec(stdout)![1]!, parent: [...stdout.matchAll(/^parent (.+)$/gm)].map(([, parent]) => parent).join() };
}
