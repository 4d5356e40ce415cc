import type { CodeEntry } from '../entry.js';

/** What the page of a code says beside its sentence and its commands. Only `explain` and the reference need it. */
export interface Page<F> {
  /** A short noun phrase: the heading. */
  title: string;
  /** Why it is refused. */
  cause: string;
  /** What to do. */
  fix: string;
  /** A case of it, as facts: the page shows the sentence and the commands that these give. */
  example: F;
}

/** A page for each code of a table; the compiler misses one that is not written. */
export type PagesOf<Table extends () => object> = { [C in keyof ReturnType<Table>]: ReturnType<Table>[C] extends CodeEntry<infer F> ? Page<F> : never };
