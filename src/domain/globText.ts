import type { RepoPath } from './paths.js';

/**
 * The pattern that matches exactly this path. A character that no document can hold (a control character, a byte that
 * is no text) becomes `?`, which matches any one character in its place.
 */
export function literalGlob(path: RepoPath): string {
  return [...path].map((character) => {
    if (/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/u.test(character)) return '?';
    return /[*?[\]{}\\]/.test(character) ? `\\${character}` : character;
  }).join('');
}
