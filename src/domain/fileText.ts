/** A file's bytes as one character each, so that every byte stays, whatever its encoding. */
export function charactersOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Those characters as bytes again. */
export const bytesOf = (characters: string): Uint8Array => Uint8Array.from(characters, (character) => character.charCodeAt(0));

/** A text of ours as a file holds it. */
export const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file as text in UTF-8; a byte order mark stays a character. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Whether a file holds this text. Line endings are git's business: a checkout may have turned them around. */
export const sameText = (bytes: Uint8Array, text: string): boolean => textOf(bytes).replaceAll('\r\n', '\n') === text;
