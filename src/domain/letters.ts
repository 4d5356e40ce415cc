const ASCII = /^[\x00-\x7f]*$/;

/** What these classes hold of ASCII. */
const IN_ASCII: readonly (readonly [name: string, characters: string])[] = [
  ['\\p{L}', 'A-Za-z'],
  ['\\p{N}', '0-9'],
  ['\\p{C}', '\\x00-\\x1f\\x7f'],
];

/**
 * A pattern about the letters and digits of every script, for one text: `\p{L}`, `\p{N}` and `\p{C}` may stand in it, in
 * classes. Unicode's classes take longer to build than a short command, and most texts are ASCII: such a text gets the
 * pattern with what the classes hold of ASCII, which finds the same in it.
 */
export function lettersPattern(source: string, flags = ''): (text: string) => RegExp {
  const plain = IN_ASCII.reduce((pattern, [name, characters]) => pattern.replaceAll(name, characters), source);
  return (text) => (ASCII.test(text) ? new RegExp(plain, flags) : new RegExp(source, `${flags}u`));
}
