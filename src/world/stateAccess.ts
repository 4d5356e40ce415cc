import { systemCode, type WorldError } from './errors.js';
import type { Places } from './places.js';

/**
 * Runs work below cxw's folder in the git directory. What the system refuses becomes `disk-failed` and names the place
 * that refused: nobody else knows these files, and somebody has to look at one.
 */
export function onState<T>({ state }: Pick<Places, 'state'>, doing: string, work: () => T | Promise<T>): Promise<T> {
  return orTold(work, async (error) => (await import('./refusedState.js')).refusedCall(state, doing, error));
}

/** The same for a write that somebody asked for; where the git directory is read-only, it is said with their command. */
export function writingState<T>({ state, command }: Pick<Places, 'state'> & { command: string }, doing: string, work: () => T | Promise<T>): Promise<T> {
  return orTold(work, async (error) => (await import('./refusedState.js')).refusedWrite(state, command, doing, error));
}

async function orTold<T>(work: () => T | Promise<T>, told: (error: Error) => Promise<WorldError>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemCode(error) === undefined ? error : await told(error as Error);
  }
}
