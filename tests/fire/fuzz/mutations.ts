import type { Chance } from '../random.js';

/** How a kind of text is cut, so that a mutation breaks its meaning more often than its spelling. One character a byte. */
export interface Grammar {
  /** What ends a unit: a line, a record. */
  end: string;
  /** The words of a unit, separators included: joined they are the unit again. */
  words: RegExp;
  /** What may stand in a word's place. */
  dictionary: readonly string[];
}

type Mutation = (chance: Chance, units: string[], grammar: Grammar) => void;

const at = (chance: Chance, units: readonly string[]): number => chance.below(units.length);

function changeWord(chance: Chance, units: string[], grammar: Grammar, change: (words: string[], at: number) => void): void {
  const unit = at(chance, units);
  const words = units[unit]!.match(grammar.words) ?? [''];
  change(words, at(chance, words));
  units[unit] = words.join('');
}

const MUTATIONS: readonly Mutation[] = [
  (chance, units) => void units.splice(at(chance, units), 1),
  (chance, units) => void units.splice(at(chance, units), 0, chance.of(units)),
  (chance, units) => void units.splice(at(chance, units), 0, ...units.slice(at(chance, units)).slice(0, 8)),
  (chance, units) => units.push(...Array<string>(chance.below(60)).fill(chance.of(units))),
  (chance, units) => void units.splice(1 + at(chance, units)),
  (chance, units) => { const one = at(chance, units); units[one] = `  ${units[one]}`; },
  (chance, units) => { const one = at(chance, units); units[one] = units[one]!.replace(/^ {1,2}/, ''); },
  (chance, units, grammar) => changeWord(chance, units, grammar, (words, word) => { words[word] = chance.of(grammar.dictionary); }),
  (chance, units, grammar) => changeWord(chance, units, grammar, (words, word) => { words[word] = chance.of(chance.of(units).match(grammar.words) ?? ['']); }),
  (chance, units, grammar) => changeWord(chance, units, grammar, (words, word) => void words.splice(word, 1)),
  (chance, units, grammar) => changeWord(chance, units, grammar, (words, word) => void words.splice(word, 0, chance.of(grammar.dictionary))),
  (chance, units, grammar) => changeWord(chance, units, grammar, (words, word) => { words[word] = words[word]!.repeat(chance.below(40)); }),
  (chance, units) => { const one = at(chance, units); units[one] = withByte(units[one]!, chance.below(1 + units[one]!.length), chance.below(256)); },
];

const withByte = (text: string, where: number, byte: number): string => text.slice(0, where) + String.fromCharCode(byte) + text.slice(where + 1);

/** The text after one to five mutations. */
export function mutated(chance: Chance, text: string, grammar: Grammar): string {
  const units = text.split(grammar.end);
  for (let times = 1 + chance.below(5); times > 0 && units.length > 0; times--) chance.of(MUTATIONS)(chance, units, grammar);
  return units.join(grammar.end);
}

const VALUES: readonly unknown[] = [
  null, true, false, 0, -1, 1.5, 1e308, '', ' ', 'x', '../x', '/etc', '__proto__', '\u001b[2J', '\u202e', '\ud800', 'done', 'entered', 'recorded', 'review', 'sha256:0',
  '2026-11-21T08:00:00.000Z', [], {}, [null], [[]], { toString: 1 }, { length: 3 }, { length: { toString: 1 } }, 'x'.repeat(5_000),
];

/** Data after a few changes anywhere in it: a value replaced, taken out, doubled, or moved from elsewhere. */
export function mutatedData(chance: Chance, data: unknown): unknown {
  const copy: unknown = structuredClone(data);
  for (let times = 1 + chance.below(4); times > 0; times--) changeSomewhere(chance, copy, copy);
  return copy;
}

function changeSomewhere(chance: Chance, node: unknown, root: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const parent = node as Record<string, unknown>;
  const keys = Object.keys(parent);
  if (keys.length === 0) return;
  const key = chance.of(keys);
  const child = parent[key];
  if (typeof child === 'object' && child !== null && chance.below(4) > 0) return changeSomewhere(chance, child, root);
  const change = chance.below(5);
  if (change === 0) delete parent[key];
  else if (change === 1) parent[`${key}${chance.of(['', '_', 's'])}`] = structuredClone(chance.of(Object.values(root as object)));
  else if (change === 2 && Array.isArray(parent)) parent.push(structuredClone(child));
  else parent[key] = structuredClone(chance.of(VALUES));
}
