import { compileGlobs } from '../globs.js';
import { showPath, type RepoPath } from '../paths.js';
import { mayMeet } from './meeting.js';
import { MODES } from './modes.js';
import type { SteeringPack } from './pack.js';

/** What a ticket shows by which packs are chosen. */
export interface Steered {
  /** Paths that the work touches, as far as they are known. */
  paths: readonly RepoPath[];
  /** Patterns of what it may touch. */
  patterns: readonly string[];
  /** Its title and its kind. */
  words: string;
  /** Packs that it names. */
  named: readonly RepoPath[];
}

export interface Loaded {
  pack: SteeringPack;
  /** Why it is loaded, in a clause. */
  why: string;
}

/** The packs that a ticket is worked by: by mode, then by id. The same ticket and packs give the same list, in whatever order they come. */
export function loadedPacks(packs: readonly SteeringPack[], steered: Steered): Loaded[] {
  return packs
    .flatMap((pack) => {
      const why = reasonFor(pack, steered);
      return why === undefined ? [] : [{ pack, why }];
    })
    .sort((a, b) => rank(a.pack) - rank(b.pack) || (a.pack.id < b.pack.id ? -1 : a.pack.id > b.pack.id ? 1 : 0));
}

const rank = ({ inclusion }: SteeringPack): number => MODES.indexOf(inclusion.mode);

function reasonFor({ path, inclusion }: SteeringPack, steered: Steered): string | undefined {
  if (inclusion.mode === 'always') return 'always';
  if (steered.named.includes(path)) return 'the ticket names it';
  if (inclusion.mode === 'fileMatch') return matchFor(inclusion.fileMatch ?? [], steered);
  if (inclusion.mode === 'auto') return wordFor(inclusion.description ?? '', steered.words);
  return undefined;
}

function matchFor(globs: readonly string[], { paths, patterns }: Steered): string | undefined {
  const path = paths.find(compileGlobs(globs));
  if (path !== undefined) return `${showPath(path)} matches`;
  const pattern = patterns.find((one) => globs.some((glob) => mayMeet(one, glob)));
  return pattern === undefined ? undefined : `the ticket may touch ${pattern}`;
}

function wordFor(description: string, text: string): string | undefined {
  const spoken = new Set(wordsOf(text));
  const word = wordsOf(description).find((one) => spoken.has(one));
  return word === undefined ? undefined : `the ticket speaks of ${word}`;
}

/** Words that say nothing of what a text is about. */
const EMPTY = new Set(['about', 'all', 'and', 'any', 'are', 'for', 'from', 'has', 'how', 'into', 'its', 'not', 'one', 'that', 'the', 'their', 'them', 'this', 'what', 'when', 'where', 'which', 'who', 'whose', 'with', 'work', 'you']);

/** The words that a text is about, without regard to case and to a plural's s. */
const wordsOf = (text: string): string[] =>
  (text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !EMPTY.has(word)).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
