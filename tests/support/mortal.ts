import { failed, WorldError } from '../../src/world/errors.js';
import type { World } from '../../src/world/index.js';

/** Nothing that comes after is done. */
export class Killed extends Error {}

/**
 * What happens at one call to the world. `dies`: the caller is killed; `fails`: the call throws as the world does;
 * before it has its effect, or after. `denies`: it acts and reports a failure. `feigns`: it reports success and does nothing.
 */
export const BLOWS = ['dies before', 'dies after', 'fails before', 'fails after', 'denies', 'feigns'] as const;
export type Blow = (typeof BLOWS)[number];

export interface Failpoint {
  /** The number of the call, from 1. */
  at: number;
  blow: Blow;
}

export interface Mortal {
  world: World;
  /** The calls that were made, each by its dotted name, as `git.branch.move`. */
  calls: string[];
}

const ROOMS = new Set(['git', 'ledger', 'private', 'files', 'lock', 'reservations', 'programs']);

/** How one is killed: in this process nothing happens any more; a process of its own really ends. */
export type Death = () => never;
const inThisProcess: Death = () => { throw new Killed(); };

/** The same world, in which every call is counted, and one of them goes wrong. */
export function mortal(world: World, failpoint?: Failpoint, die: Death = inThisProcess): Mortal {
  const calls: string[] = [];
  let dead = false;
  const kill = (): never => {
    dead = true;
    return die();
  };

  const call = (path: string, act: (...args: unknown[]) => unknown) => async (...args: unknown[]): Promise<unknown> => {
    if (dead) die();
    const blow = calls.push(path) === failpoint?.at ? failpoint.blow : undefined;
    if (blow === 'dies before') kill();
    if (blow === 'fails before') throw failureOf(path);
    if (blow === 'feigns') return lieOf(path).feigned!(args);
    const answer = await act(...args);
    if (blow === 'dies after') kill();
    if (blow === 'fails after') throw failureOf(path);
    return blow === 'denies' ? lieOf(path).denied!() : wrapped(answer, path);
  };

  /** An answer may be asked further, as a look that stays open. */
  const wrapped = (answer: unknown, path: string): unknown => {
    if (typeof answer !== 'object' || answer === null || !Object.values(answer).some(isCall)) return answer;
    return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, isCall(value) ? call(`${path}.${name}`, value) : value]));
  };

  const wrap = (value: unknown, path: string): unknown => {
    if (isCall(value)) return call(path, value);
    if (typeof value !== 'object' || value === null) return value;
    return new Proxy(value, { get: (target, key) => wrap(Reflect.get(target, key), `${path}.${String(key)}`) });
  };
  const killable = new Proxy(world, { get: (target, key) => (ROOMS.has(String(key)) ? wrap(Reflect.get(target, key), String(key)) : Reflect.get(target, key)) });
  return { world: killable, calls };
}

const isCall = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';

/** Calls that leave the world as it was: dying before one is dying after the call before it. */
const READS = /\.(read|tip|head|readIndex|ask|answer|configuration|survey|fullSurvey|operation|identity|identify|replacements|locks|ignored|exists|contains|difference|entries|knownBlobs|lacking|signs|child|log|lines|claims|tickets|commit|between|withTrailer|writing|removing|beyondMerging|resolve|baseline|look|existing|contents|settings|entriesAt|hooksFolder|kind|list|mark|modified|follow|fingerprints|earlyFingerprints|attributesOf|objectFormat|gitVersion|shallow|ticketIdsElsewhere|remotes|conflictMarkers|setCopyAside|displaced|obstacle|has|demand|list)$/;

interface Lie {
  denied?: () => unknown;
  feigned?: (args: unknown[]) => unknown;
}

const hookReport = (ok: boolean, tree: unknown): object => ({ ran: true, ok, tree, changed: [], said: 'as if' });

/** Calls whose answer is a report, and the reports that are not true. */
const LIES: [RegExp, Lie][] = [
  [/^git\.remote\.push$/, { denied: () => ({ accepted: false, said: 'the connection was lost' }), feigned: () => ({ accepted: true, said: '' }) }],
  [/^git\.branch\.move$/, { denied: () => ({ moved: false }) }],
  [/^git\.hooks\.run$/, { denied: () => hookReport(false, 'unknown'), feigned: ([, tree]) => hookReport(true, tree) }],
  [/^git\.hooks\.message$/, { denied: () => ({ ok: false, message: '', said: 'as if' }) }],
  [/^programs\.run$/, { denied: () => ({ ending: 'not-started', why: 'as if', duration: 1, log: Buffer.alloc(0), printed: 0, cut: false, redacted: 0 }) }],
  // Somebody else was first, it says.
  [/^ledger\.append(Claim)?$/, { denied: () => undefined }],
  [/^(files\.create|reservations\.take)$/, { denied: () => false }],
];

const lieOf = (path: string): Lie => LIES.find(([calls]) => calls.test(path))?.[1] ?? {};

/** Every way in which a run that makes these calls can go wrong. */
export const failpointsOf = (calls: readonly string[]): Failpoint[] =>
  calls.flatMap((path, index) => blowsTo(path, calls[index - 1]).map((blow) => ({ at: index + 1, blow })));

function blowsTo(path: string, before: string | undefined): Blow[] {
  if (isRead(path)) return ['fails before'];
  const { denied, feigned } = lieOf(path);
  return [
    // Between two writes there is only one moment to die.
    ...(before === undefined || isRead(before) ? ['dies before'] as const : []),
    'dies after', 'fails before', 'fails after',
    ...(denied === undefined ? [] : ['denies'] as const), ...(feigned === undefined ? [] : ['feigns'] as const),
  ];
}

const isRead = (path: string): boolean => READS.test(path) && path !== 'git.trees.commit';

function failureOf(path: string): WorldError {
  const doing = `calling ${path}`;
  return path.startsWith('git.') ? failed('git-failed', { doing, said: 'as if' }) : failed('disk-failed', { doing, said: 'as if' });
}
