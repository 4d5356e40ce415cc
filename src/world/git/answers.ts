import * as porcelain from '../../domain/porcelain.js';
import { failed } from '../errors.js';

/** Git's answers as data. One that is not in its format is a failure of git, as a call that fails is; nothing is guessed. */
export const parseStatus = demanding('the status', statusWithBranch);
export const parseIndex = demanding('the index', porcelain.parseIndex);
export const parseRawDiff = demanding('a difference', porcelain.parseRawDiff);
export const parseId = demanding('an object id', porcelain.parseId);
export const parseTree = demanding('a tree', porcelain.parseTree);

function demanding<Given extends unknown[], T>(what: string, parse: (...given: Given) => T): (...given: Given) => T {
  return (...given) => {
    try {
      return parse(...given);
    } catch (error) {
      if (!(error instanceof porcelain.UnreadableAnswer)) throw error;
      throw failed('git-failed', { doing: `reading ${what}`, said: error.message }, error);
    }
  };
}

/** A HEAD that is at no commit names a branch that is yet to be born: without either, nothing was answered. */
function statusWithBranch(bytes: Uint8Array): ReturnType<typeof porcelain.parseStatus> {
  const status = porcelain.parseStatus(bytes);
  if (status.head === undefined && status.branch === undefined) throw new porcelain.UnreadableAnswer('status with a branch', '');
  return status;
}
