import { failed } from './errors.js';

export interface Clock {
  /** A WorldError where the time is one that neither a commit of git's nor a fact can hold. */
  now(): Date;
}

/** Opens this machine's clock. What is written with a time cannot be taken back, so one that is far off is not taken for true. */
export function openClock(read = (): Date => new Date()): Clock {
  return {
    now: () => {
      const now = read();
      const year = now.getUTCFullYear();
      if (year < FIRST_YEAR || year > LAST_YEAR) throw failed('clock-out-of-range', { says: now.toISOString(), first: FIRST_YEAR, last: LAST_YEAR });
      return now;
    },
  };
}

/** The years whose dates git reads. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;
