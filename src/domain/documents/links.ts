import { linksIn } from './markdown.js';
import { placesIn } from './places.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Place, type Problem } from '../problem.js';

/** A link of a document that leads to somewhere in the repository, or tries to. */
export interface LocalLink {
  target: string;
  place: Place;
  /** Where it leads; nothing when it leads out of the repository or can be no path. */
  path?: RepoPath;
}

/** Links of a document to other files: not those to other sites, nor those within itself. */
export function localLinks(document: RepoPath, text: string): LocalLink[] {
  const place = placesIn(showPath(document), text);
  return linksIn(text).flatMap(({ target, from, to }) => {
    const named = target.replace(/[?#].*$/s, '');
    if (named === '' || named.startsWith('//') || /^[a-z][a-z0-9+.-]+:/i.test(target)) return [];
    return [{ target, place: place(from, to), path: resolved(document, named) }];
  });
}

/** A path beginning with a slash starts at the root of the repository, as hosts show it. */
function resolved(document: RepoPath, target: string): RepoPath | undefined {
  const written = decoded(target);
  if (written === undefined || /^[A-Za-z]:|\\|\0/.test(written)) return undefined;
  const parts = written.startsWith('/') ? [] : document.split('/').slice(0, -1);
  for (const part of written.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/') as RepoPath;
}

function decoded(target: string): string | undefined {
  try {
    return decodeURIComponent(target);
  } catch {
    return undefined;
  }
}

/** A link that leads out, or to what is not there. */
export function brokenLink({ target, place, path }: LocalLink): Problem {
  const why = path === undefined ? 'leads out of the repository, or can be no path in it' : `leads to ${showPath(path)}, which is not there`;
  return complain('link-broken', { target, why }, place);
}
