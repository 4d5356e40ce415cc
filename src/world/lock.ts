/** The courtesy lock of writing commands in one worktree. Truth never depends on it: the ledger and git compare and swap. */
export interface Lock {
  /** Runs the work while holding the lock. Throws busy `locked` or `lock-foreign` when another holds it. */
  hold<T>(command: string, work: () => Promise<T>): Promise<T>;
  /** Who holds it, if anybody. */
  holder(): Promise<LockHolder | undefined>;
  /** Clears a lock that cannot be judged. Answers whose it was. */
  clear(): Promise<LockHolder | undefined>;
}

export interface LockHolder {
  pid: number;
  command: string;
  seconds: number;
  /** `alive`, `dead`, or `foreign` when it cannot be judged from here. */
  state: 'alive' | 'dead' | 'foreign';
}
