/**
 * Lines, counted from 1, at which a conflict begins that `base` did not hold already. A conflict is a whole set of
 * markers in order, each at the start of a line; a lone row of equals signs is a heading, not a conflict.
 */
export function newConflicts(text: string, base: string): number[] {
  const known = conflicts(base).map(({ markers }) => markers);
  return conflicts(text).filter(({ markers }) => {
    const at = known.indexOf(markers);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  }).map(({ line }) => line);
}

function conflicts(text: string): { line: number; markers: string }[] {
  const found: { line: number; markers: string }[] = [];
  let begun: { line: number; label: string; divided: boolean } | undefined;
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '');
    if (line.startsWith('<<<<<<< ')) begun = { line: index + 1, label: line, divided: false };
    else if (begun && line === '=======') begun.divided = true;
    else if (begun?.divided && line.startsWith('>>>>>>> ')) {
      found.push({ line: begun.line, markers: `${begun.label}\n${line}` });
      begun = undefined;
    }
  });
  return found;
}
