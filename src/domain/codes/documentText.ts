import { count, entry } from './entry.js';

const validate = (): string[] => ['cxw validate'];

/** What a text can hold that no document may. */
export const documentTextCodes = () => ({
  'document-too-large': entry<{ bytes: number; most: number }>({
    says: ({ bytes, most }) => `It has ${bytes} bytes; a document has at most ${most}.`,
    commands: validate,
  }),
  'document-not-utf8': entry<{ byte: string }>({
    says: ({ byte }) => `The byte ${byte} is no UTF-8 here.`,
    commands: validate,
  }),
  'document-empty': entry<Record<string, never>>({
    says: () => 'There is nothing in it but blanks and comments.',
    commands: validate,
  }),
  'document-not-a-map': entry<{ found: string }>({
    says: ({ found }) => `It is ${found}; a document is a map of keys and values.`,
    commands: validate,
  }),
  'document-too-deep': entry<{ most: number }>({
    says: ({ most }) => `Here it is nested deeper than ${count(most, 'level')}.`,
    commands: validate,
  }),
  'yaml-syntax': entry<{ fault: string }>({
    says: ({ fault }) => `YAML: ${fault}.`,
    commands: validate,
  }),
  'json-syntax': entry<{ fault: string }>({
    says: ({ fault }) => `JSON: ${fault}.`,
    commands: validate,
  }),
  'toml-syntax': entry<{ fault: string }>({
    says: ({ fault }) => `TOML: ${fault}.`,
    commands: validate,
  }),
  'yaml-duplicate-key': entry<{ key: string }>({
    says: ({ key }) => `${key} stands in this map already.`,
    commands: validate,
  }),
  'yaml-key-not-text': entry<Record<string, never>>({
    says: () => 'A key is text; here it is a list, a map or nothing.',
    commands: validate,
  }),
  'yaml-directive': entry<{ directive: string }>({
    says: ({ directive }) => `${directive} is a directive, and documents have none.`,
    commands: validate,
  }),
  'yaml-tag': entry<{ tag: string }>({
    says: ({ tag }) => `${tag} is a tag, and documents have none.`,
    commands: validate,
  }),
  'yaml-anchor': entry<{ name: string }>({
    says: ({ name }) => `${name} is ${name.startsWith('&') ? 'an anchor' : 'an alias'}, and documents have none.`,
    commands: validate,
  }),
  'yaml-control-character': entry<{ character: string }>({
    says: ({ character }) => `There is a ${character} here, which no document may hold.`,
    commands: validate,
  }),
  'yaml-conflict-marker': entry<{ marker: string }>({
    says: ({ marker }) => `${marker} at the beginning of a line is left over from a merge.`,
    commands: () => ['git diff --check', ...validate()],
  }),
  'yaml-several-documents': entry<Record<string, never>>({
    says: () => 'Another document begins here, and a file holds one.',
    commands: validate,
  }),
});
