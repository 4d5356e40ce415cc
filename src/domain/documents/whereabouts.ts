import type { Place } from '../problem.js';

/** Keys and indexes from the top of a document. */
export type FieldPath = readonly (string | number)[];

/** Where the parts of a document stand in its text. What is absent is answered by the nearest part around it. */
export interface Whereabouts {
  /** The value, or its key where the value is empty or goes over several lines. */
  value(path: FieldPath, label?: string): Place;
  /** The key itself; for an item of a list, the item. */
  key(path: FieldPath, label?: string): Place;
  /** How a single value is written, without quotes; nothing for lists and maps. */
  written(path: FieldPath): string | undefined;
}

/** A field as it is called in messages: `scope.files[1]`. */
export const fieldName = (path: FieldPath): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
