import type { documentTextCodes } from '../documentText.js';
import type { PagesOf } from './page.js';

export const documentTextPages: PagesOf<typeof documentTextCodes> = {
  'document-too-large': {
    title: 'The document is too large',
    cause: 'Documents are written and read by people. What is larger is a mistake, or an attack on whoever reads it.',
    fix: 'Keep logs and data in files of their own, and name them.',
    example: { bytes: 2_400_000, most: 262_144 },
  },
  'document-not-utf8': {
    title: 'The document is not UTF-8',
    cause: 'Two programs that guess an encoding may read two texts. Documents are UTF-8, without a byte order mark.',
    fix: 'Save the file as UTF-8. A path with other bytes is written in double quotes with octal escapes, as git prints it.',
    example: { byte: 'E9' },
  },
  'document-empty': {
    title: 'The document is empty',
    cause: 'An editor or a disk that was full may leave an empty file.',
    fix: 'Write it anew: `cxw ticket new` makes tickets, `cxw init` the policy; or take it from git.',
    example: {},
  },
  'document-not-a-map': {
    title: 'The document is not a map',
    cause: 'Every document begins with keys at its left edge, as `schema_version: 3`.',
    fix: 'Write `key: value` lines.',
    example: { found: 'a list' },
  },
  'document-too-deep': {
    title: 'The document is nested too deeply',
    cause: 'No document needs that. A text of nothing but brackets can bring a reader down.',
    fix: 'Write it flat.',
    example: { most: 50 },
  },
  'yaml-syntax': {
    title: 'The YAML cannot be read',
    cause: 'The text is not YAML 1.2. The place is where a reader stumbles; the cause may stand a line before.',
    fix: 'Mend it there. Text that holds a colon, a #, brackets or quotes is best put in quotes as a whole.',
    example: { fault: 'a second ": " on one line; quote text that holds a colon' },
  },
  'json-syntax': {
    title: 'The JSON cannot be read',
    cause: 'The text is not JSON, which has no comments, no comma after the last item, and double quotes only. Who reads it leaves it out, often without a word.',
    fix: 'Mend it there, or take the file as it was laid down from .cxw/manifest.json or git.',
    example: { fault: 'a comma, or the } that closes the map, is missing here' },
  },
  'toml-syntax': {
    title: 'The TOML cannot be read',
    cause: 'The text is not TOML 1.0. Who reads it leaves the whole file out, often without a word.',
    fix: 'Mend it there. Text stands in quotes; between three single quotes it means exactly what it says.',
    example: { fault: 'the = after the key is missing' },
  },
  'yaml-duplicate-key': {
    title: 'A key stands there twice',
    cause: 'Of two equal keys, some readers take the first and some the last.',
    fix: 'Keep one of them. Lists take one key with several items.',
    example: { key: 'title' },
  },
  'yaml-key-not-text': {
    title: 'A key is not text',
    cause: 'YAML allows more than documents need.',
    fix: 'Write `key: value`.',
    example: {},
  },
  'yaml-directive': {
    title: 'Directives are refused',
    cause: '`%YAML 1.1` makes another text of the same letters: yes becomes true, and 010 becomes 8.',
    fix: 'Take the line out. Documents are YAML 1.2.',
    example: { directive: '%YAML 1.1' },
  },
  'yaml-tag': {
    title: 'Tags are refused',
    cause: 'A tag asks the reader to make something else of a value than it says.',
    fix: 'Take it out; or put the text in quotes if it begins with an exclamation mark.',
    example: { tag: '!!binary' },
  },
  'yaml-anchor': {
    title: 'Anchors and aliases are refused',
    cause: 'Aliases of aliases grow without bounds, and what is written is not what stands there.',
    fix: 'Write the value out; or put the text in quotes if it begins with * or &, as a pattern does.',
    example: { name: '*.md' },
  },
  'yaml-control-character': {
    title: 'The document holds a character that cannot be seen',
    cause: 'Controls, byte order marks and halves of characters are invisible, and terminals obey some of them.',
    fix: 'Take it out. A path with such a character is written in double quotes with octal escapes, as git prints it.',
    example: { character: 'U+001B' },
  },
  'yaml-conflict-marker': {
    title: 'A merge was not finished',
    cause: 'Between the markers stand two versions, and YAML may take both for text.',
    fix: 'Keep one version and take the markers out.',
    example: { marker: '<<<<<<<' },
  },
  'yaml-several-documents': {
    title: 'The file holds several documents',
    cause: 'Some readers take only the first and do not say so.',
    fix: 'Give each ticket a file of its own.',
    example: {},
  },
};
