const CONTEXT = 2;

/** What changed between two short texts, line by line, as people read it: ` ` kept, `-` gone, `+` new; nothing when equal. */
export function lineDiff(before: string, after: string): string {
  const lines = marked(before.trimEnd().split('\n'), after.trimEnd().split('\n'));
  const changed = lines.flatMap((line, at) => (line.startsWith(' ') ? [] : [at]));
  const near = (at: number): boolean => changed.some((other) => Math.abs(other - at) <= CONTEXT);
  return lines.filter((_, at) => near(at)).join('\n');
}

/** Every line of both, by the longest common subsequence. */
function marked(a: string[], b: string[]): string[] {
  const length = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i]![j] = a[i] === b[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
    }
  }
  const lines: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(` ${a[i++]}`);
      j += 1;
    } else if (i < a.length && (j === b.length || length[i + 1]![j]! >= length[i]![j + 1]!)) {
      lines.push(`-${a[i++]}`);
    } else {
      lines.push(`+${b[j++]}`);
    }
  }
  return lines;
}
