import type { Digest } from '../domain/changeSet.js';
import type { Assets } from './assets.js';
import type { DocumentReader } from './documents.js';
import type { Files } from './files.js';
import type { Git } from './git/index.js';
import type { Ledger } from './ledger.js';
import type { Lock } from './lock.js';
import type { Places } from './places.js';
import type { PrivateState } from './privateState.js';
import type { Programs } from './programs.js';
import type { Session } from './session.js';

/** Everything outside. A verb asks for the parts that it uses, with `Pick<World, …>`. */
export interface World {
  places: Places;
  session: Session;
  files: Files;
  documents: DocumentReader;
  ledger: Ledger;
  lock: Lock;
  private: PrivateState;
  programs: Programs;
  git: Git;
  assets: Assets;
  clock: { now(): Date };
  /** SHA-256, as `sha256:` and 64 hexadecimal digits. */
  digest(bytes: Uint8Array | string): Digest;
  /** 32 random bytes in hexadecimal: makes digests of private things say nothing but "the same". */
  salt(): string;
  /** A document that a person names on the command line, relative to where they stand; `-` is standard input. */
  input(name: string): Promise<Uint8Array>;
  /** Whether live state can be written: in an agent's sandbox the git directory is read-only. */
  stateWritable(): Promise<boolean>;
  /** Says what goes on, on stderr; never part of an answer. */
  tell(words: string): void;
}
