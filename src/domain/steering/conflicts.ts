import { showPath } from '../paths.js';
import { complain, type Place, type Problem } from '../problem.js';
import type { SteeringPack } from './pack.js';

/** A rule that packs set differently. */
export interface Conflict {
  key: string;
  sides: { pack: SteeringPack; rule: number; value: string }[];
}

/** Every rule that these packs do not set alike, in the order in which it is first set. */
export function conflictsAmong(packs: readonly SteeringPack[]): Conflict[] {
  const sides = packs.flatMap((pack) => pack.rules.map(({ key, value }, rule) => ({ key, side: { pack, rule, value: String(value) } })));
  const keys = [...new Set(sides.map(({ key }) => key))];
  return keys.flatMap((key) => {
    const own = sides.filter((one) => one.key === key).map(({ side }) => side);
    return new Set(own.map(({ value }) => value)).size > 1 ? [{ key, sides: own }] : [];
  });
}

/** Who says what. */
export const sidesOf = ({ sides }: Conflict): string[] => sides.map(({ pack, value }) => `${showPath(pack.path)} says ${value}`);

/** The conflicts that no decision settles. A decision settles a rule by naming its key. */
export function undecided(conflicts: readonly Conflict[], decisions: readonly string[]): Conflict[] {
  return conflicts.filter(({ key }) => !decisions.some((text) => names(text, key)));
}

function names(text: string, key: string): boolean {
  const literal = key.replace(/[.]/g, '\\.');
  return new RegExp(`(?<![\\w.-])${literal}(?![\\w-]|\\.\\w)`).test(text);
}

/** Where packs that are there disagree. It is an error between packs that are always loaded, and a warning for others, which may never meet. */
export function conflictProblems(packs: readonly SteeringPack[], placeOf: (pack: SteeringPack, rule: number) => Place): Problem[] {
  return conflictsAmong(packs).map((conflict) => {
    const constant = conflictsAmong(packs.filter(({ inclusion }) => inclusion.mode === 'always')).some(({ key }) => key === conflict.key);
    const last = conflict.sides.findLast(({ value }) => value !== conflict.sides[0]!.value)!;
    return complain('steering-conflict', { key: conflict.key, sides: sidesOf(conflict) }, placeOf(last.pack, last.rule), constant ? 'error' : 'warning');
  });
}
