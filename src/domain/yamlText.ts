const PLAIN = /^[A-Za-z][A-Za-z0-9 _./+()-]*[A-Za-z0-9_./+)-]$/;
const MEANS_SOMETHING_ELSE = /^(true|false|null|yes|no|on|off|nan|inf)$/i;
/** What JSON leaves as it is and YAML, or a reader's eye, does not. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Any text as one YAML scalar on one line: plain where nobody could take it for anything else, else double-quoted.
 * JSON's strings are YAML's, so that what is read back is what was given.
 */
export function yamlScalar(text: string): string {
  if (PLAIN.test(text) && !MEANS_SOMETHING_ELSE.test(text)) return text;
  return JSON.stringify(text).replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A list on one line. */
export const yamlList = (texts: readonly string[]): string => `[${texts.map(yamlScalar).join(', ')}]`;
