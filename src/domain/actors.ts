import { lettersPattern } from './letters.js';

/** Who did something: `role:name`, as in `writer:codex` or `reviewer:kim`. */
export const ROLES = ['planner', 'writer', 'reviewer', 'curator', 'deliverer', 'orchestrator', 'human'] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  role: Role;
  name: string;
}

const NAME = lettersPattern("^[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+'-]{0,63}$");
/** What no name holds. */
const NAMELESS = lettersPattern("[^\\p{L}\\p{N} ._@+'-]", 'g');
const BEFORE_NAME = lettersPattern('^[^\\p{L}\\p{N}]+');
const PUNCTUATION = lettersPattern('[^\\p{L}\\p{N}]', 'g');

/** Reads `role:name`; nothing when it is not one. */
export function parseActor(text: string): Actor | undefined {
  const at = text.indexOf(':');
  const role = text.slice(0, at) as Role;
  const name = text.slice(at + 1).trim().normalize('NFC');
  return at > 0 && ROLES.includes(role) && NAME(name).test(name) ? { role, name } : undefined;
}

export const showActor = (actor: Actor): string => `${actor.role}:${actor.name}`;

/** A name that git or the system knows, made fit to be an actor's name. */
export function nameFrom(text: string): string {
  const fit = without(BEFORE_NAME, without(NAMELESS, text.normalize('NFC'))).trim().slice(0, 64);
  return fit === '' ? 'unknown' : fit;
}

const without = (pattern: (text: string) => RegExp, text: string): string => text.replace(pattern(text), '');

/** Where an attestation came from, as far as it can be seen. Digests are salted, so that they say "the same" and nothing else. */
export interface Origin {
  /** `agent`: an agent's session was seen. `terminal`: a person at a terminal. `self-declared`: neither could be seen. */
  seen: 'agent' | 'terminal' | 'self-declared';
  /** The kind of agent, as `claude` or `codex`. */
  agent?: string;
  /** Digest of the agent's session id. */
  session?: string;
  /** Digest of the agent process that this command descends from. */
  ancestor?: string;
}

/** Where no agent was seen, a person counts as having spoken. */
export const isByPerson = ({ origin }: { origin: Origin }): boolean => origin.seen !== 'agent';

/** Letters of other alphabets that a reader takes for Latin ones. */
const LOOKALIKES = new Map([...'авеһнікјмоԁрѕтухαβεικνορτυχ'].map((letter, at) => [letter, 'abehhikjmodpstyxabeiknoptux'[at]!]));

/** One and the same person or agent, by name: as it is read, without regard to case, spacing and punctuation. */
export function sameName(a: Actor, b: Actor): boolean {
  const fold = ({ name }: Actor): string =>
    [...without(PUNCTUATION, name.normalize('NFKC').toLowerCase())].map((letter) => LOOKALIKES.get(letter) ?? letter).join('');
  return fold(a) === fold(b);
}

/** What shows that two attestations come from one hand although the names differ; nothing when they may be apart. */
export function sameHand(a: Origin, b: Origin): 'session' | 'process' | undefined {
  if (a.session !== undefined && a.session === b.session) return 'session';
  if (a.ancestor !== undefined && a.ancestor === b.ancestor) return 'process';
  return undefined;
}
