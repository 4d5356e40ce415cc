import { holdsUnseen } from './unseen.js';

/**
 * Paths inside the repository, as data.
 *
 * Git's names are bytes. A `RepoPath` is those bytes decoded as UTF-8, where a byte that is not UTF-8 stands as
 * the lone surrogate U+DC00 + byte: so a name survives decoding and encoding exactly, whatever is in it.
 */
declare const repoPath: unique symbol;
export type RepoPath = string & { readonly [repoPath]: true };

/** Why a written path was refused. */
export type PathFault =
  | 'empty'
  | 'absolute'
  | 'leaves-repository'
  | 'not-normal'
  | 'git-directory'
  | 'bad-quoting'
  | 'nul';

export type ParsedPath = { ok: true; path: RepoPath } | { ok: false; fault: PathFault };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const SURROGATE_BASE = 0xdc00;

/** The path that git names with these bytes. */
export function pathFromBytes(bytes: Uint8Array): RepoPath {
  try {
    return decoder.decode(bytes) as RepoPath;
  } catch {
    return decodeWithEscapes(bytes) as RepoPath;
  }
}

function decodeWithEscapes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at);
    text += length === 0
      ? String.fromCharCode(SURROGATE_BASE + bytes[at]!)
      : decoder.decode(bytes.subarray(at, at + length));
    at += length || 1;
  }
  return text;
}

function utf8Length(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length < 2) return length;
  try {
    decoder.decode(bytes.subarray(at, at + length));
    return at + length <= bytes.length ? length : 0;
  } catch {
    return 0;
  }
}

/** The bytes by which git knows this path. */
export function bytesOfPath(path: RepoPath): Uint8Array {
  if (!hasEscapedByte(path)) return encoder.encode(path);
  const parts: number[] = [];
  for (const character of path) {
    const code = character.codePointAt(0)!;
    if (isEscapedByte(code)) parts.push(code - SURROGATE_BASE);
    else parts.push(...encoder.encode(character));
  }
  return Uint8Array.from(parts);
}

const isEscapedByte = (code: number): boolean => code >= SURROGATE_BASE + 0x80 && code <= SURROGATE_BASE + 0xff;

function hasEscapedByte(text: string): boolean {
  return !text.isWellFormed();
}

/** Git's own order: by bytes. */
export function comparePaths(a: RepoPath, b: RepoPath): number {
  if (a === b) return 0;
  const left = bytesOfPath(a);
  const right = bytesOfPath(b);
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    if (left[at] !== right[at]) return left[at]! - right[at]!;
  }
  return left.length - right.length;
}

/**
 * Reads a path as a person or git writes it: plain, or C-quoted in double quotes as git prints unusual names.
 * Only normal, relative paths that stay inside the worktree and outside any git directory are accepted.
 */
export function parsePath(written: string): ParsedPath {
  const text = written.startsWith('"') ? unquote(written) : written;
  if (text === undefined || !isExact(written)) return { ok: false, fault: 'bad-quoting' };
  const fault = faultOf(text);
  return fault ? { ok: false, fault } : { ok: true, path: text as RepoPath };
}

/** What stands for bytes that are no UTF-8 in an argument: Node hands us no others. */
const LOST = '\ufffd';
export const hasLostBytes = (argument: string): boolean => argument.includes(LOST);

/**
 * Reads a path that came as an argument. One that lost bytes on the way would name another file. Any name arrives whole as
 * git quotes it; one that truly holds this character, too.
 */
export const parseArgument = (written: string): ParsedPath | { ok: false; fault: 'not-utf8' } =>
  (hasLostBytes(written) ? { ok: false, fault: 'not-utf8' } : parsePath(written));

/** Half a character that stands for no byte would name another file, and escaped bytes that are UTF-8 after all would be a second spelling of one path. */
const isExact = (text: string): boolean => !hasEscapedByte(text) || pathFromBytes(bytesOfPath(text as RepoPath)) === text;

function faultOf(text: string): PathFault | undefined {
  if (text === '') return 'empty';
  if (text.includes('\0')) return 'nul';
  if (text.startsWith('/') || /^[A-Za-z]:[\\/]/.test(text)) return 'absolute';
  const parts = text.split('/');
  if (parts.includes('..')) return 'leaves-repository';
  if (parts.some((part) => part === '' || part === '.')) return 'not-normal';
  // A backslash ends a part too, on Windows, and git refuses such names everywhere.
  if (text.split(/[\\/]/).some(namesGitDirectory)) return 'git-directory';
  return undefined;
}

/** Spellings of a part that some file system takes for `.git`: case, ignorable code points, trailing dots and spaces, streams, 8.3 names. */
export function namesGitDirectory(part: string): boolean {
  const folded = part
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .toLowerCase();
  return /^(\.git|git~1)[. ]*(:.*)?$/.test(folded);
}

const ESCAPES: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };
const ESCAPE_LETTERS = new Map(Object.entries(ESCAPES).map(([letter, code]) => [code, letter]));

function unquote(quoted: string): string | undefined {
  if (quoted.length < 2 || !quoted.endsWith('"')) return undefined;
  const bytes: number[] = [];
  const body = quoted.slice(1, -1);
  for (let at = 0; at < body.length; at++) {
    const character = String.fromCodePoint(body.codePointAt(at)!);
    if (character === '"') return undefined;
    if (character !== '\\') {
      bytes.push(...bytesOfPath(character as RepoPath));
      at += character.length - 1;
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(body.slice(at + 1))?.[0];
    const letter = body[at + 1];
    if (octal) {
      bytes.push(parseInt(octal, 8));
      at += 3;
    } else if (letter !== undefined && ESCAPES[letter] !== undefined) {
      bytes.push(ESCAPES[letter]!);
      at += 1;
    } else {
      return undefined;
    }
  }
  return pathFromBytes(Uint8Array.from(bytes));
}

const isUnseen = (text: string): boolean => holdsUnseen(text) || /[\t\n]/.test(text);
const isUnusual = (text: string): boolean => isUnseen(text) || /["\\]/.test(text);

/** The path as it is shown and written: plain where that is safe, else C-quoted as git does. `parsePath` reads it back. */
export function showPath(path: RepoPath): string {
  if (!isUnusual(path)) return path;
  let shown = '';
  for (const character of path) {
    shown += isUnusual(character) ? escapeBytes(bytesOfPath(character as RepoPath)) : character;
  }
  return `"${shown}"`;
}

function escapeBytes(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `\\${ESCAPE_LETTERS.get(byte) ?? byte.toString(8).padStart(3, '0')}`).join('');
}

/** The path as a word of a shell command that git reads as a pathspec, and that matches nothing else. */
export function pathspecWord(path: RepoPath): string {
  return shellWord(/^:|[*?[\\]/.test(path) ? `:(literal)${path}` : path);
}

/** A command substitution loses newlines at its end; the last one of the default field separators stands for each. */
function printed(bytes: Uint8Array): string {
  const end = bytes.findLastIndex((byte) => byte !== 0x0a) + 1;
  const body = [...bytes.subarray(0, end)].map((byte) => (PLAIN.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : octal(byte))).join('');
  return `"$(printf '${body}')${'${IFS#??}'.repeat(bytes.length - end)}"`;
}

const PLAIN = /[A-Za-z0-9_@+:,./()=]/;
const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

/**
 * The path as one word of a command of cxw itself. Arguments reach it as text, so bytes that are no text are written as
 * git quotes them; and so is a name that would be taken for an option, or for one that lost bytes.
 */
export function argumentPath(path: RepoPath): string {
  const shown = showPath(path).replaceAll(LOST, '\\357\\277\\275');
  return shellWord(shown.startsWith('-') || hasLostBytes(path) && !shown.startsWith('"') ? `"${shown}"` : shown);
}

/** Any text as one word of a POSIX shell command, so that a hint can be pasted as it is. Where something in it cannot be seen, `printf` writes it. */
export function shellWord(text: string): string {
  if (isUnseen(text)) return printed(bytesOfPath(text as RepoPath));
  // Not an equals sign first, which zsh would expand.
  return /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** How the root of the repository itself is written. */
export const ROOT = '.';

/**
 * The words of a path as they are from the root of the repository, where they were written as seen from a folder in it
 * (`../a`, `.`) or from anywhere (`/home/ada/repository/a`). Other words, and what lies outside, stay as they are.
 */
export function fromRoot(written: string, { root, standing }: { root: string; standing?: RepoPath }): string {
  if (written === root) return ROOT;
  if (written.startsWith(`${root}/`)) return written.slice(root.length + 1) || ROOT;
  if (/^\.\/*$/.test(written)) return standing ?? ROOT;
  const parts = written.split('/');
  if (parts[0] !== '..') return written;
  const above = parts.findIndex((part) => part !== '..');
  const climbs = above < 0 ? parts.length : above;
  const folder = standing?.split('/') ?? [];
  const met = [...folder.slice(0, Math.max(0, folder.length - climbs)), ...parts.slice(climbs)].join('/');
  return climbs > folder.length ? written : met || ROOT;
}

/** Whether `path` is `directory` itself or lies below it. */
export function isUnder(path: RepoPath, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

/** A path that our own source code names; anything else goes through `parsePath`. */
export function ownPath(text: string): RepoPath {
  const parsed = parsePath(text);
  if (!parsed.ok) throw new Error(`not a repository path: ${text} (${parsed.fault})`);
  return parsed.path;
}
