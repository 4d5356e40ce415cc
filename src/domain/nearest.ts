/** The candidates that somebody may have meant, nearest first: at most a third of a candidate's letters differ, and at most three are named. */
export function nearest(written: string, candidates: readonly string[]): string[] {
  const meant = written.toLowerCase();
  // Words differ at least by their lengths, which is asked first: there may be thousands of them.
  return [...new Set(candidates)]
    .filter((candidate) => Math.abs(meant.length - candidate.toLowerCase().length) <= mostLetters(candidate))
    .map((candidate) => ({ candidate, distance: editDistance(meant, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= mostLetters(candidate))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

const mostLetters = (candidate: string): number => Math.max(1, Math.floor(candidate.length / 3));

/** Insertions, deletions, substitutions and swaps of neighbours between two words; words over 200 letters count as wholly different. */
function editDistance(a: string, b: string): number {
  if (a.length > 200 || b.length > 200) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), isSwap ? before[j - 2]! + 1 : Infinity);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
