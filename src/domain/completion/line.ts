/** A word that may stand there, and what it is for. */
export interface Word {
  word: string;
  says: string;
}

/** A command as it is offered: what may follow it. */
export interface OfferedCommand extends Word {
  commands: OfferedCommand[];
  options: OfferedOption[];
  arguments: OfferedArgument[];
}

export interface OfferedOption {
  /** Short and long, as `-n` and `--dry-run`. */
  flags: string[];
  says: string;
  /** What stands after it; absent where nothing does. */
  value?: { choices: string[] };
}

export interface OfferedArgument {
  name: string;
  choices: string[];
  variadic: boolean;
}

/** Words that only the repository or the tables of the program know, by the argument that they are for. */
export type Known = (argument: string, command: string) => Promise<Word[]>;

/** What may stand in the place of the last of these words; nothing where that is text, or a file. */
export async function offer(program: OfferedCommand, words: readonly string[], known: Known): Promise<Word[]> {
  const last = words.at(-1) ?? '';
  const { path, open, seen, ended } = walk(program, words.slice(0, -1));
  const command = path.at(-1)!;
  const begins = ({ word }: Word): boolean => word.startsWith(last);
  if (open !== undefined) return open.choices.map(plain).filter(begins);
  if (last.startsWith('-') && !ended) {
    return path.toReversed().flatMap(({ options }) => options).flatMap(({ flags, says }) => flags.map((word) => ({ word, says }))).filter(begins);
  }
  const argument = command.arguments[seen] ?? (command.arguments.at(-1)?.variadic === true ? command.arguments.at(-1) : undefined);
  const commands = seen === 0 ? command.commands : [];
  const values = argument === undefined ? [] : [...argument.choices.map(plain), ...await known(argument.name, command.word)];
  return [...commands.map(({ word, says }) => ({ word, says })), ...values].filter(begins);
}

const plain = (word: string): Word => ({ word, says: '' });

interface Walk {
  /** The program, the command, and its own one. */
  path: OfferedCommand[];
  /** The value that an option still waits for. */
  open?: { choices: string[] };
  /** How many arguments the command was given. */
  seen: number;
  /** After `--` nothing is an option. */
  ended: boolean;
}

function walk(program: OfferedCommand, words: readonly string[]): Walk {
  return words.reduce<Walk>(({ path, open, seen, ended }, word) => {
    if (open !== undefined) return { path, seen, ended };
    if (!ended && word === '--') return { path, seen, ended: true };
    if (!ended && word.startsWith('-') && word !== '-') {
      const option = path.flatMap(({ options }) => options).find(({ flags }) => flags.includes(word));
      return { path, open: option?.value, seen, ended };
    }
    const named = seen === 0 ? path.at(-1)!.commands.find((command) => command.word === word) : undefined;
    return named === undefined ? { path, seen: seen + 1, ended } : { path: [...path, named], seen: 0, ended };
  }, { path: [program], seen: 0, ended: false });
}
