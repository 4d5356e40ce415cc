/** What one must know of a command to tell the values of its options from its arguments. */
export interface Shape {
  /** Words of the command itself and of its arguments. */
  words: number;
  /** By flag, as `--file`: without a value, with one, or with one each time it is given. */
  options: ReadonlyMap<string, 'flag' | 'value' | 'list'>;
}

/**
 * Lets a repeatable option take several values at once, where nothing else can be meant: `TITLE --file a b` becomes
 * `TITLE --file a --file b`. As long as an argument of the command is missing, a word is that argument.
 */
export function spread(argv: readonly string[], { words, options }: Shape): string[] {
  const spreadOut: string[] = [];
  let seen = 0;
  let list: string | undefined;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') return [...spreadOut, ...argv.slice(at)];
    if (isOption(word)) {
      const kind = options.get(word) ?? 'flag';
      spreadOut.push(word, ...(kind === 'flag' ? [] : argv.slice(at + 1, at + 2)));
      if (kind !== 'flag') at += 1;
      list = kind === 'list' && seen >= words ? word : undefined;
    } else if (list !== undefined) {
      spreadOut.push(list, word);
    } else {
      spreadOut.push(word);
      seen += 1;
    }
  }
  return spreadOut;
}

const isOption = (word: string): boolean => word.startsWith('-') && word !== '-';
