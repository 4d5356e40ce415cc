/** Words of a document, and where they stand in it. */
export interface Cell {
  text: string;
  from: number;
  to: number;
}

/** The cells of a line of a table. A pipe with a backslash before it belongs to the text. */
export function cellsOf(line: string, from: number): Cell[] {
  const pipes = pipesIn(line);
  const first = line.search(/\S/);
  const last = line.trimEnd().length - 1;
  const starts = pipes[0] === first ? [] : [0];
  const ends = pipes.at(-1) === last ? [] : [line.length];
  const edges = [...starts.map(() => -1), ...pipes, ...ends];
  return edges.slice(0, -1).map((edge, at) => cellBetween(line, edge + 1, edges[at + 1]!, from));
}

function pipesIn(line: string): number[] {
  const pipes: number[] = [];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '|') pipes.push(at);
  }
  return pipes;
}

/** An empty cell is marked as a whole. */
function cellBetween(line: string, start: number, end: number, from: number): Cell {
  const raw = line.slice(start, end);
  const written = raw.trim();
  if (written === '') return { text: '', from: from + start, to: from + end };
  const first = start + raw.indexOf(written);
  return { text: unescaped(written), from: from + first, to: from + first + written.length };
}

const unescaped = (written: string): string => written.replace(/\\([^])/g, (pair, character: string) => (character === '|' ? character : pair));

/** A text as it is written into a cell: on one line, and without a pipe that would end it. */
export const asCell = (text: string): string =>
  text.replace(/\s*[\r\n]+\s*/g, ' ').trim().replace(/\\[^]?|\|/g, (found) => (found.endsWith('|') ? `${found.slice(0, -1)}${found.length > 1 ? '\\' : ''}\\|` : found));

/** The line under a header. */
export function isDelimiter(line: string): boolean {
  const cells = line.includes('|') ? cellsOf(line, 0) : [];
  return cells.length > 0 && cells.every(({ text }) => /^:?-+:?$/.test(text));
}
