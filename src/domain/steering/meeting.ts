/** What a pattern begins with and ends with, letter by letter, whatever stands between. */
interface Ends {
  prefix: string;
  suffix: string;
}

const SPECIAL = /[*?[\]{}\\]/;

/**
 * Whether some path could match both patterns, by how they begin and how they end. It is rather said too often than too
 * seldom: guidance that is read in vain costs a page, and guidance that is missed costs a repair.
 */
export function mayMeet(one: string, other: string): boolean {
  const [a, b] = [endsOf(one), endsOf(other)];
  return (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) && (a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix));
}

function endsOf(pattern: string): Ends {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const first = whole.search(SPECIAL);
  if (first < 0) return { prefix: whole, suffix: whole };
  const last = whole.length - [...whole].reverse().join('').search(SPECIAL);
  // `**/` stands for no folder, too, and then the slash is not there.
  return { prefix: whole.slice(0, first), suffix: whole.slice(last).replace(/^\//, '') };
}
