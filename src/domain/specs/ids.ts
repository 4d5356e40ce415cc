import type { Prefix } from './format.js';

/** How an id must look, by what it begins with. */
const FORMS: Record<Prefix, { form: RegExp; example: string }> = {
  REQ: { form: /^REQ-\d{1,6}$/, example: 'REQ-001' },
  DEC: { form: /^DEC-\d{1,6}$/, example: 'DEC-001' },
  TASK: { form: /^TASK-\d{1,6}$/, example: 'TASK-001' },
  ADD: { form: /^ADD-\d{1,6}$/, example: 'ADD-001' },
  MOD: { form: /^MOD-\d{1,6}$/, example: 'MOD-001' },
  REM: { form: /^REM-\d{1,6}$/, example: 'REM-001' },
  REN: { form: /^REN-\d{1,6}$/, example: 'REN-001' },
  P: { form: /^P(?:ROOF)?-?\d{1,6}$/, example: 'P1' },
};

export const isId = (text: string, prefix: Prefix): boolean => FORMS[prefix].form.test(text);
export const exampleId = (prefix: Prefix): string => FORMS[prefix].example;

/** An id that stands in a text; `spec` names another spec, as in `login#REQ-001`. */
export interface Reference {
  id: string;
  prefix: Prefix;
  spec?: string;
  /** Where it stands in the text. */
  at: number;
  length: number;
}

const MENTIONED = /(?:(?<spec>[\p{L}\p{N}][\p{L}\p{N}._-]{0,79})#)?(?<![\p{L}\p{N}_-])(?<id>(?<prefix>REQ|DEC|TASK|ADD|MOD|REM|REN)-\d+|P(?:ROOF)?-?\d+)(?![\p{L}\p{N}_])/gu;

/** The ids with one of these beginnings that a text mentions. */
export function referencesIn(text: string, to: readonly Prefix[]): Reference[] {
  return [...text.matchAll(MENTIONED)].flatMap(({ 0: whole, index, groups }) => {
    const { id, prefix = 'P', spec } = groups as { id: string; prefix?: Prefix; spec?: string };
    return to.includes(prefix) ? [{ id, prefix, ...(spec === undefined ? {} : { spec }), at: index, length: whole.length }] : [];
  });
}

/** The ids that a text mentions, of its own spec. */
export const idsIn = (text: string, prefix: Prefix): string[] => [...new Set(referencesIn(text, [prefix]).flatMap(({ id, spec }) => (spec === undefined ? [id] : [])))];

/** Words in a cell that say that there is nothing to say. */
const NOTHING = /^(|-+|–|—|none|n\/a|tbd|todo|\?+|…|\.\.\.)$/i;
export const saysNothing = (text: string): boolean => NOTHING.test(text);
