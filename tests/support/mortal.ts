import type { World } from '../../src/world/index.js';

export class Killed extends Error {}

/** One call to the world, by its dotted name, as `git.branch.move`. */
export interface Calls {
  names: string[];
}

/**
 * The same world, in which every call is counted; at call `at` the caller dies, before the call is made or after it
 * has had its effect. Nothing that comes after is done.
 */
export function mortal(world: World, at: number, when: 'before' | 'after'): { world: World; calls: Calls } {
  const calls: Calls = { names: [] };
  let dead = false;
  const wrap = (value: unknown, path: string): unknown => {
    if (typeof value === 'function') {
      return async (...args: unknown[]) => {
        if (dead) throw new Killed();
        calls.names.push(path);
        const mine = calls.names.length === at;
        if (mine && when === 'before') { dead = true; throw new Killed(); }
        const answer: unknown = await (value as (...all: unknown[]) => unknown)(...args);
        if (mine) { dead = true; throw new Killed(); }
        return answer;
      };
    }
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
    return new Proxy(value, { get: (target, key) => wrap(Reflect.get(target, key), `${path}${path === '' ? '' : '.'}${String(key)}`) });
  };
  const rooms = new Set(['git', 'ledger', 'private', 'files', 'lock']);
  const killable = new Proxy(world, {
    get: (target, key) => (rooms.has(String(key)) ? wrap(Reflect.get(target, key), String(key)) : Reflect.get(target, key)),
  });
  return { world: killable, calls };
}
