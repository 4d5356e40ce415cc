import { asText } from '../documents/markdown.js';

/** What a template of a spec is filled with. */
export interface TemplateWords {
  feature: string;
  name: string;
  /** As `2026-11-21`. */
  date: string;
  ticket: string;
  /** The spec that a delta changes. */
  spec?: string;
}

const UNKNOWN_TICKET = 'unknown';

/** A template with the words put in; other angle brackets belong to its own text. A title is one line without table or comment in it. */
export function filled(template: string, words: TemplateWords): string {
  return template.replace(/<(feature|name|date|ticket|spec)>/g, (_, key: keyof TemplateWords) => asText(plain(words[key] ?? '')));
}

const plain = (text: string): string => text.replace(/[\s\p{C}]+/gu, ' ').replaceAll('<', '‹').replaceAll('>', '›').replaceAll('|', '/').trim();

/** The words for a spec or a change that was just named. */
export const wordsFor = (name: string, { title, ticket, spec, now }: { title?: string; ticket?: string; spec?: string; now: Date }): TemplateWords => ({
  feature: title ?? sentence(name), name, date: now.toISOString().slice(0, 10), ticket: ticket ?? UNKNOWN_TICKET, spec,
});

const sentence = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
