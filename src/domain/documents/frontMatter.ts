/** A Markdown document with front matter: what stands between its first line and the next line of three dashes, and the rest. */
export type FrontMatter =
  /** `head` begins with the first line, so that what stands in it keeps its line. */
  | { ok: true; head: string; body: string }
  /** `missing`: the first line is not three dashes. `open`: no later one is. */
  | { ok: false; fault: 'missing' | 'open' };

const OPENING = /^---[ \t]*\r?\n/;
const CLOSING = /^---[ \t]*(?:\r?\n|$)/m;

/** Takes a document apart. Only line ends and dashes are looked at: what the front matter says is for a reader of YAML. */
export function splitFrontMatter(text: string): FrontMatter {
  const opening = OPENING.exec(text)?.[0];
  if (opening === undefined) return { ok: false, fault: 'missing' };
  const closing = CLOSING.exec(text.slice(opening.length));
  if (closing === null) return { ok: false, fault: 'open' };
  const end = opening.length + closing.index;
  return { ok: true, head: text.slice(0, end), body: text.slice(end + closing[0].length) };
}
