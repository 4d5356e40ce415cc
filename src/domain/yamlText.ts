import { unseenShown } from './unseen.js';

const PLAIN = /^[A-Za-z][A-Za-z0-9 _./+()-]*[A-Za-z0-9_./+)-]$/;
const MEANS_SOMETHING_ELSE = /^(true|false|null|yes|no|on|off|nan|inf)$/i;

/**
 * Any text as one YAML scalar on one line: plain where nobody could take it for anything else, else double-quoted.
 * JSON's strings are YAML's, so that what is read back is what was given.
 */
export function yamlScalar(text: string): string {
  if (PLAIN.test(text) && !MEANS_SOMETHING_ELSE.test(text)) return text;
  return unseenShown(JSON.stringify(text), escaped);
}

function escaped(character: string): string {
  const digits = character.codePointAt(0)!.toString(16);
  return digits.length > 4 ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
}

/** A list on one line. */
export const yamlList = (texts: readonly string[]): string => `[${texts.map(yamlScalar).join(', ')}]`;
