import * as z from 'zod';
import { shellWord, showPath, type RepoPath } from '../paths.js';
import { writtenPath } from '../ticketFields.js';
import { WITH_TEST } from './withTest.js';

export const POINT_CLASSES = ['architecture', 'logic', 'style'] as const;
export type PointClass = (typeof POINT_CLASSES)[number];

const point = z.strictObject({
  text: z.string().trim().min(1).max(1000),
  class: z.enum(POINT_CLASSES).optional().meta({ description: 'Without it, told from the words.' }),
  path: writtenPath.optional(),
});

/** What a reader of the work remarked on. */
export const reviewPointsSchema = z.strictObject({ points: z.array(point).min(1).max(100) })
  .meta({ title: 'cxw review points', description: 'What a reader remarked on, point by point.' });

export type Point = z.infer<typeof point>;
export type ReviewPoints = z.infer<typeof reviewPointsSchema>;

/** A point with its class, why it has it, and what becomes of it. */
export interface RoutedPoint {
  text: string;
  class: PointClass;
  because: string;
  path?: RepoPath;
  /** What whoever works it off has to do. */
  route: 'open question' | 'repair with a test' | 'repair';
}

const ROUTES: Record<PointClass, RoutedPoint['route']> = { architecture: 'open question', logic: 'repair with a test', style: 'repair' };

/** Words that show a class, strictest first: what may be architecture is not repaired unasked. */
const WORDS: readonly (readonly [PointClass, RegExp])[] = [
  ['architecture', /\b(architectur\w*|layer(s|ing)?|boundar(y|ies)|coupl(ed|ing)|dependenc(y|ies)|public (api|interface)|breaking change|migrations?|schema|data model|responsibilit(y|ies)|decision|adr|belongs? (in|to)|should (live|move)|redesign)\b/i],
  ['logic', /\b(wrong|incorrect\w*|fail(s|ed|ing|ure)?|crash\w*|bugs?|broken|lost|loses|leak\w*|race|deadlock|overflow|null|undefined|throws?|exception|off by one|edge case|unchecked|not (checked|handled|validated|tested)|untested|missing (check|test|case|error)|security|inject\w*|never (returns|ends)|infinite)\b/i],
  ['style', /\b(nam(e|es|ed|ing)|renam\w*|typos?|spelling|wording|format(ting)?|whitespace|indent\w*|comments?|style|lint|readab\w*|unused|duplicat\w*|too long|order of imports?|grammar)\b/i],
];

/** The class that was given, else the strictest that its words show; a point that shows none may be a fault, and is repaired with a test. */
export function routed(point: Point): RoutedPoint {
  const shown = WORDS.map(([name, words]) => [name, words.exec(point.text)?.[0]] as const).find(([, word]) => word !== undefined);
  const [named, because] = point.class !== undefined ? [point.class, 'given'] as const
    : shown !== undefined ? [shown[0], `"${shown[1]!}"`] as const : ['logic', 'no word shows another'] as const;
  return { text: point.text, class: named, because, path: point.path, route: ROUTES[named] };
}

/** A point as the one finding that `record review --finding` takes. */
export function findingWords({ text, class: named, path, route }: RoutedPoint): string {
  const words = `${named === 'logic' ? 'major' : 'minor'} ${path === undefined || /[\s:]/.test(showPath(path)) ? '' : `${showPath(path)}: `}${text.replace(/\s+/g, ' ')}`;
  return shellWord(route === 'repair with a test' ? `${words} ${WITH_TEST}` : words);
}
