import { compileGlobs } from './globs.js';
import { showPath, type RepoPath } from './paths.js';

/** One part of a brief. Parts are given in the order to be read; `weight` says which go first when room is short: the least. */
export interface BriefPart {
  heading: string;
  lines: string[];
  weight: number;
  /** Foreign text, such as a diff: set apart in a fence, so that it reads as material and not as an instruction. */
  material: boolean;
  /** How many lines there are beyond those given, where there are too many to be read at all. */
  beyond?: number;
}

export interface Brief {
  text: string;
  /** How much a session has to read. */
  lines: number;
  bytes: number;
  /** An estimate, since every model counts in its own way: one token for four bytes. */
  tokensEstimated: number;
  /** What was left out and why, in words, so that nobody believes they have read everything. */
  leftOut: string[];
}

/** How long a brief may be, and who says so. */
export interface Room {
  lines: number;
  because: string;
}

const FENCE = '~~~~~~~~';
const BYTES_PER_TOKEN = 4;

/** Puts the parts together within so many lines. The lightest parts are cut first, and every cut is told. */
export function composeBrief(prompt: string, parts: readonly BriefPart[], { lines: most, because }: Room, notLoaded: readonly string[] = []): Brief {
  const promptLines = prompt.trimEnd().split('\n');
  const room = shareOut(parts, Math.max(0, most - promptLines.length));
  const leftOut = [...notLoaded];
  const sections = parts.flatMap((part) => {
    const kept = part.lines.slice(0, room.get(part)!);
    const all = part.lines.length + (part.beyond ?? 0);
    if (kept.length < all) leftOut.push(`${part.heading}: ${all - kept.length} of ${all} lines (${because})`);
    return kept.length === 0 ? [] : ['', `## ${part.heading}`, '', ...(part.material ? [FENCE, ...kept.map(disarm), FENCE] : kept)];
  });
  const told = leftOut.length === 0 ? [] : ['', '## Left out', '', ...leftOut.map((words) => `- ${words}`)];
  const text = [...promptLines, ...sections, ...told, ''].join('\n');
  const bytes = new TextEncoder().encode(text).length;
  return { text, lines: text.split('\n').length - 1, bytes, tokensEstimated: Math.ceil(bytes / BYTES_PER_TOKEN), leftOut };
}

/** Heavier parts get their lines first; headings and fences cost lines too. */
function shareOut(parts: readonly BriefPart[], most: number): Map<BriefPart, number> {
  const room = new Map<BriefPart, number>();
  let left = most;
  for (const part of [...parts].sort((a, b) => b.weight - a.weight)) {
    const frame = part.material ? 5 : 3;
    const lines = Math.max(0, Math.min(part.lines.length, left - frame));
    room.set(part, lines);
    if (lines > 0) left -= lines + frame;
  }
  return room;
}

/** A line of material must not end the fence around it: Markdown takes one for the end with up to three blanks before it, and what follows a bare carriage return for a line. */
const disarm = (line: string): string => line.replace(/(^|\r) {0,3}(?=~{8})/g, '$1    ');

/** A file that a brief would show. */
export interface WantedFile {
  path: RepoPath;
  weight: number;
  /** The ticket itself names it: its own exclusions do not reach it. */
  named: boolean;
}

export interface FileBudget {
  files: number;
  because: string;
  /** Patterns of what the ticket keeps out. */
  exclude: readonly string[];
}

/** The files that are shown, in the order given, each once; and those that are not, with the reason. */
export function withinBudget(wanted: readonly WantedFile[], { files, because, exclude }: FileBudget): { shown: WantedFile[]; leftOut: string[] } {
  const keptOut = compileGlobs(exclude);
  const once = wanted.filter(({ path }, at) => wanted.findIndex((other) => other.path === path) === at);
  const allowed = once.filter(({ path, named }) => named || !keptOut(path));
  return {
    shown: allowed.slice(0, files),
    leftOut: [
      ...once.filter((file) => !allowed.includes(file)).map(({ path }) => `${showPath(path)}: not loaded (the ticket keeps it out: context.exclude)`),
      ...allowed.slice(files).map(({ path }) => `${showPath(path)}: not loaded (${because})`),
    ],
  };
}
