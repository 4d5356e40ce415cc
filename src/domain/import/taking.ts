/** A field that did not come along as it was, and why. */
export interface Note {
  field: string;
  why: string;
}

/** An old document whose fields are taken one by one: what nobody took is told at the end. */
export class Taking {
  readonly notes: Note[] = [];
  readonly #taken: string[] = [];

  readonly #document: Record<string, unknown>;

  constructor(document: Record<string, unknown>) {
    this.#document = document;
  }

  /** Whatever stands at a field. */
  value(field: string): unknown {
    this.#taken.push(field);
    return field.split('.').reduce<unknown>((around, key) => (isMap(around) ? around[key] : undefined), this.#document);
  }

  /** The first of these fields that holds words. */
  text(...fields: string[]): string | undefined {
    return fields.map((field) => wordsOf(this.value(field))).find((words) => words !== undefined);
  }

  /** The words of lists, in their order. Of an item that is a map, the value of its first key among `keys`. */
  texts(fields: readonly string[], keys: readonly string[] = []): string[] {
    return fields.flatMap((field) => listOf(this.value(field)).flatMap((item) => {
      const words = isMap(item) ? keys.map((key) => wordsOf(item[key])).find((found) => found !== undefined) : wordsOf(item);
      if (words === undefined && !isEmpty(item)) this.note(field, 'an item of it holds nothing that is understood');
      return words === undefined ? [] : [words];
    }));
  }

  maps(field: string): Record<string, unknown>[] {
    return listOf(this.value(field)).filter(isMap);
  }

  note(field: string, why: string): void {
    this.notes.push({ field, why });
  }

  /** Every field with something in it that was never taken. */
  left(): string[] {
    return leaves(this.#document, '').filter((field) => !this.#taken.some((taken) => field === taken || field.startsWith(`${taken}.`)));
  }
}

export const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words on one line, of anything that has some. */
export function wordsOf(value: unknown): string | undefined {
  const words = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  const squeezed = words.replace(/\s+/g, ' ').trim();
  return squeezed === '' ? undefined : squeezed;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.every(isEmpty)) || (isMap(value) && Object.values(value).every(isEmpty));

function leaves(map: Record<string, unknown>, around: string): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const field = around === '' ? key : `${around}.${key}`;
    if (isEmpty(value)) return [];
    return isMap(value) ? leaves(value, field) : [field];
  });
}
