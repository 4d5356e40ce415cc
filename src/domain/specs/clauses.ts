/**
 * What is odd about the order of the clauses of a requirement. Two forms are known: EARS (`Where …, while …, when …,
 * the … shall …`; `If …, then the … shall …`) and given, when, then. These are hints: a sentence may be right all the same.
 */
export function clauseHints(written: string): string[] {
  const text = written.slice(0, LENGTH_MAX);
  const marks = clausesOf(text);
  const first = (word: string): number => marks.findIndex((mark) => mark === word);
  if (first('shall') < 0) return first('given') >= 0 || (first('when') >= 0 && first('then') >= 0) ? scenarioHints(marks) : ['it says neither "shall" nor given, when, then'];
  return earsHints(text, marks);
}

/** Nobody reads a sentence that is longer. */
const LENGTH_MAX = 2_000;

type Mark = (typeof MARKS)[number];
const MARKS = ['where', 'while', 'when', 'if', 'given', 'then', 'shall'] as const;
/** A clause begins a sentence, or follows a comma, a semicolon, a line break or `and`; `shall` and `then` stand anywhere. */
const CLAUSE = /(?:(?<=^|[.;,:(]\s*|\*\*|<br>\s*|<br\/>\s*|\band\s)(?<opening>where|while|when|if|given)\b|\b(?<inner>shall|then)\b)/gi;

const clausesOf = (text: string): Mark[] => [...text.matchAll(CLAUSE)].map(({ groups }) => (groups!['opening'] ?? groups!['inner'])!.toLowerCase() as Mark);

function scenarioHints(marks: readonly Mark[]): string[] {
  const order = (['given', 'when', 'then'] as const).map((word) => marks.indexOf(word));
  const [given, when, then] = order as [number, number, number];
  if (when < 0) return ['it has no "when"'];
  if (then < 0) return ['it has no "then"'];
  return given < when && when < then ? [] : ['its order is not given, when, then'];
}

/** The order in which conditions stand before the system is named. */
const CONDITIONS: readonly Mark[] = ['where', 'while', 'when', 'if'];

function earsHints(text: string, marks: readonly Mark[]): string[] {
  const shall = marks.indexOf('shall');
  const before = marks.slice(0, shall);
  const ranks = before.flatMap((mark) => (CONDITIONS.includes(mark) ? [Math.min(CONDITIONS.indexOf(mark), 2)] : []));
  const late = /\bshall\b[^.;]*?\b(when|while)\b/i.exec(text)?.[1]?.toLowerCase();
  return [
    ...(late === undefined ? [] : [`its "${late}" stands behind "shall"; conditions come first`]),
    ...(ranks.some((rank, at) => at > 0 && rank < ranks[at - 1]!) ? ['its conditions are not in the order where, while, when or if'] : []),
    ...(before.includes('if') && !before.includes('then') ? ['its "if" has no "then"'] : []),
    ...(marks.filter((mark) => mark === 'shall').length > 1 ? ['it says "shall" more than once: one requirement, one response'] : []),
  ];
}
