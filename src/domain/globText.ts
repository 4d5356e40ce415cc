import { unfitCharacter } from './documents/plainText.js';
import type { RepoPath } from './paths.js';

/**
 * The pattern that matches exactly this path. A character that no document can hold (a control character, a byte order
 * mark, a byte that is no text), and one that ends a line or a column, becomes `?`, which matches any one character in its place.
 */
export function literalGlob(path: RepoPath): string {
  return [...path].map((character) => {
    if (/[\t\n\r]/.test(character) || unfitCharacter(character) !== undefined) return '?';
    return /[*?[\]{}\\]/.test(character) ? `\\${character}` : character;
  }).join('');
}
