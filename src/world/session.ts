import type { Origin } from '../domain/actors.js';

/** Who is at the keyboard, as far as it can be seen. It changes presentation and what only a person may do; never what counts as evidence. */
export interface Session {
  /** The kind of agent that runs us, as `claude` or `codex`; absent when none shows. */
  agent?: string;
  /** Both stdin and stderr are terminals. */
  terminal: boolean;
  /** The actor named by CXW_ACTOR, as it was written. */
  actor?: string;
  /** What an attestation made now says about where it comes from. */
  origin(): Promise<Origin>;
}
