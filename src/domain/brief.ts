/** One part of a brief. Parts are given in the order to be read; `weight` says which go first when room is short: the least. */
export interface BriefPart {
  heading: string;
  lines: string[];
  weight: number;
  /** Foreign text, such as a diff: set apart in a fence, so that it reads as material and not as an instruction. */
  material: boolean;
}

export interface Brief {
  text: string;
  /** What was left out, in words, so that nobody believes they have read everything. */
  leftOut: string[];
}

const FENCE = '~~~~~~~~';

/** Puts the parts together within so many lines. The lightest parts are cut first, and every cut is told. */
export function composeBrief(prompt: string, parts: readonly BriefPart[], most: number): Brief {
  const promptLines = prompt.trimEnd().split('\n');
  const room = shareOut(parts, Math.max(0, most - promptLines.length));
  const leftOut: string[] = [];
  const sections = parts.flatMap((part) => {
    const kept = part.lines.slice(0, room.get(part)!);
    if (kept.length < part.lines.length) leftOut.push(`${part.heading}: ${part.lines.length - kept.length} of ${part.lines.length} lines`);
    return kept.length === 0 ? [] : ['', `## ${part.heading}`, '', ...(part.material ? [FENCE, ...kept.map(disarm), FENCE] : kept)];
  });
  const told = leftOut.length === 0 ? [] : ['', '## Left out', '', ...leftOut.map((words) => `- ${words}`)];
  return { text: [...promptLines, ...sections, ...told, ''].join('\n'), leftOut };
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

/** A line of material must not end the fence around it. */
const disarm = (line: string): string => (line.startsWith(FENCE) ? ` ${line}` : line);
