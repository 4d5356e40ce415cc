import type { Manifest } from './manifest.js';

/** The newest version that laid something down, where that is newer than this one. */
export function newerThan(version: string, { files }: Manifest): string | undefined {
  const newest = files.map((entry) => entry.version).reduce((a, b) => (order(b, a) > 0 ? b : a), version);
  return newest === version ? undefined : newest;
}

/** As semantic versions are ordered, as far as releases go: numbers, and before a release what comes before it. */
function order(a: string, b: string): number {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  const at = one.numbers.findIndex((number, index) => number !== other.numbers[index]);
  if (at >= 0) return one.numbers[at]! - other.numbers[at]!;
  return Number(other.isBefore) - Number(one.isBefore);
}

function numbersOf(version: string): { numbers: number[]; isBefore: boolean } {
  const [release = '', before] = version.split('+')[0]!.split('-');
  return { numbers: [0, 1, 2].map((at) => Number(/^\d{1,9}$/.exec(release.split('.')[at] ?? '')?.[0] ?? 0)), isBefore: before !== undefined };
}
