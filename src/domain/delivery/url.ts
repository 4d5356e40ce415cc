import { URL_QUERY, URL_USER } from '../secrets.js';

/** A URL without user info: names and tokens in it are nobody else's business. */
export function withoutUserInfo(url: string): string {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url)?.[0];
  if (scheme !== undefined) {
    const rest = url.slice(scheme.length);
    const end = rest.search(/[/?#]|$/);
    return scheme + rest.slice(rest.lastIndexOf('@', end) + 1);
  }
  // The short form of ssh, user@host:path: only what stands before the first slash can be user and host.
  const short = /^[^/]*?@([^/@:]+:.*)$/s.exec(url);
  return short === null ? url : short[1]!;
}

/**
 * The URL as it may be published: without user info and secrets of its query, and of a place on this machine only its last name. Everything that
 * is stored, shown or compared is of this form; that a local remote was exchanged for one of the same name shows in the
 * fingerprint of the configuration.
 */
export function publishedUrl(url: string): string {
  const local = /^(?:file:\/\/[^/]*)?(\/.*|\.{1,2}(?:\/.*)?|~.*|[A-Za-z]:[\\/].*)$/s.exec(url)?.[1];
  // The URL that a helper is given, as in `helper::https://…`, has a user too.
  if (local === undefined) return withoutUserInfo(url).replace(URL_USER, '$1').replace(URL_QUERY, '$1…');
  return `file:///…/${/[^\\/]*(?=[\\/]*$)/.exec(local)![0]}`;
}

const SCHEMES = new Set(['https', 'http', 'ssh', 'git', 'git+ssh', 'ssh+git', 'file']);

/** Whether git would run a program for this URL, or read a part of it as an option. */
export function isUnsafeUrl(url: string): boolean {
  if (url === '' || url.startsWith('-') || /[\0\n]/.test(url)) return true;
  if (/^[A-Za-z][A-Za-z0-9+.-]*::/.test(url)) return true;
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/]*)(.*)$/s.exec(url);
  if (parts !== null) {
    const [, scheme, authority, path] = parts;
    const host = authority!.slice(authority!.lastIndexOf('@') + 1);
    return !SCHEMES.has(scheme!.toLowerCase()) || host.startsWith('-') || /^\/~?-/.test(path!);
  }
  const short = /^([^/:]+):(.*)$/s.exec(url);
  if (short === null) return false;
  const host = short[1]!.slice(short[1]!.lastIndexOf('@') + 1);
  return host.startsWith('-') || short[2]!.startsWith('-');
}
