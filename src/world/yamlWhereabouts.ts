import type * as Yaml from 'yaml';
import type { PlaceFinder } from '../domain/documents/places.js';
import type { FieldPath, Whereabouts } from '../domain/documents/whereabouts.js';

/** A value of the document, with the key that it stands under. */
interface Spot {
  key?: Yaml.Node;
  value?: Yaml.Node;
}

/** Answers where the fields of a parsed document stand. */
export function whereaboutsIn(yaml: typeof Yaml, document: Yaml.Document.Parsed, place: PlaceFinder): Whereabouts {
  const top: Spot = { value: document.contents ?? undefined };

  /** The spot of a path, or of the nearest part around it that is there. */
  function spotOf(path: FieldPath): { spot: Spot; whole: boolean } {
    let spot = top;
    for (const part of path) {
      const next = below(yaml, spot.value, part);
      if (next === undefined) return { spot, whole: false };
      spot = next;
    }
    return { spot, whole: true };
  }

  function mark(node: Yaml.Node | undefined, label: string | undefined): ReturnType<PlaceFinder> {
    const [from, to] = node?.range ?? document.range;
    return place(from, to, label);
  }

  /** What stands for the whole document when something is missing at its top: its first key. */
  const firstKey = (): Yaml.Node | undefined => (yaml.isMap(top.value) ? top.value.items[0]?.key as Yaml.Node | undefined : undefined) ?? top.value;

  const keyPlace = ({ key, value }: Spot, label: string | undefined): ReturnType<PlaceFinder> =>
    mark(key ?? (value === top.value ? firstKey() : firstLeaf(yaml, value)), label);

  return {
    key: (path, label) => keyPlace(spotOf(path).spot, label),
    value: (path, label) => {
      const { spot, whole } = spotOf(path);
      return whole && isOnOneLine(yaml, spot.value) ? mark(spot.value, label) : keyPlace(spot, label);
    },
    written: (path) => {
      const { spot, whole } = spotOf(path);
      return whole && yaml.isScalar(spot.value) ? spot.value.source : undefined;
    },
  };
}

function below(yaml: typeof Yaml, node: Yaml.Node | undefined, part: string | number): Spot | undefined {
  if (yaml.isSeq(node) && typeof part === 'number') {
    const value = node.items[part] as Yaml.Node | undefined;
    return value === undefined ? undefined : { value };
  }
  if (!yaml.isMap(node)) return undefined;
  const pair = pairsOf(node).get(String(part));
  return pair === undefined ? undefined : { key: pair.key, value: pair.value ?? undefined };
}

type Pair = Yaml.Pair<Yaml.Scalar, Yaml.Node | null>;

const pairs = new WeakMap<Yaml.YAMLMap, ReadonlyMap<unknown, Pair>>();

/** The pairs of a map by key: one with thousands of unknown keys is asked for each of them. */
function pairsOf(map: Yaml.YAMLMap): ReadonlyMap<unknown, Pair> {
  const known = pairs.get(map) ?? new Map((map.items as Pair[]).map((pair) => [pair.key.value, pair]));
  pairs.set(map, known);
  return known;
}

/** An item of a list that goes over several lines is marked by its first word. */
function firstLeaf(yaml: typeof Yaml, node: Yaml.Node | undefined): Yaml.Node | undefined {
  if (yaml.isMap(node) && !node.flow) return (node.items[0]?.key as Yaml.Node | undefined) ?? node;
  return yaml.isSeq(node) && !node.flow ? firstLeaf(yaml, node.items[0] as Yaml.Node | undefined) ?? node : node;
}

/** Whether marking the value itself shows it. An empty value has no width. */
function isOnOneLine(yaml: typeof Yaml, node: Yaml.Node | undefined): boolean {
  if (node?.range == null || node.range[0] === node.range[1]) return false;
  if (yaml.isScalar(node)) return true;
  return yaml.isCollection(node) && node.flow === true;
}
