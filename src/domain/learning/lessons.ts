import { asProse, lineEndOf } from '../documents/markdown.js';
import { placesIn } from '../documents/places.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { holdsSecret } from '../secrets.js';

/** What can be learned, and where it is kept for later sessions. */
export const LESSONS = {
  pattern: { path: 'agent/PATTERNS.md' as RepoPath, head: '# Patterns\n\nWhat worked here and is worth doing again. Each line with its date and source; `cxw learn --pattern` adds one.\n' },
  mistake: { path: 'agent/MISTAKES.md' as RepoPath, head: '# Mistakes\n\nWhat went wrong here, and how not to do it again. Each line with its date and source; `cxw learn --mistake` adds one.\n' },
  'quality-bar': { path: 'agent/QUALITY_BAR.md' as RepoPath, head: '# Quality bar\n\nWhat is asked of work from now on. Each line with its date and source; `cxw learn --quality-bar` adds one.\n' },
} as const;

export type LessonKind = keyof typeof LESSONS;
export const LESSON_KINDS = Object.keys(LESSONS) as LessonKind[];

export interface Lesson {
  kind: LessonKind;
  text: string;
}

/** One entry: a date, where it comes from, and what was learned. */
const ENTRY = /^- \d{4}-\d{2}-\d{2} \([^()\s][^()]*\): \S/;

export const lessonLine = (text: string, date: string, source: string): string => `- ${date} (${asProse(source)}): ${asProse(text)}`;

/** Whether a page says this already, whenever and from wherever. */
export const isKnown = (page: string, text: string): boolean =>
  page.split(/\r?\n/).some((line) => ENTRY.test(line) && [text, asProse(text)].includes(line.slice(line.indexOf('): ') + 3).trim()));

/** A page with one more entry at its end. */
export function withLesson(page: string, line: string): string {
  const eol = lineEndOf(page);
  const body = page.trimEnd();
  const isList = /(^|\n)- [^\n]*$/.test(body);
  return `${body}${eol}${isList ? '' : eol}${line}${eol}`;
}

/** What is wrong with a memory file: lines that look like secrets; and, of what was learned, entries without date and source. A secret is not shown again. */
export function memoryProblems(path: RepoPath, text: string): Problem[] {
  const place = placesIn(showPath(path), text);
  const isLearned = LESSON_KINDS.some((kind) => LESSONS[kind].path === path);
  let from = 0;
  return text.split('\n').flatMap((line) => {
    const at = from;
    from += line.length + 1;
    const { source: _, ...unseen } = place(at, at + line.length);
    if (holdsSecret(line)) return [complain('memory-secret', {}, unseen)];
    return isLearned && /^\s*[-*+] /.test(line) && !ENTRY.test(line) ? [complain('memory-undated', {}, place(at, at + line.length))] : [];
  });
}
