/** A command line that was split into words, or why it cannot be without a shell. */
export type CommandLine =
  | { ok: true; words: [string, ...string[]] }
  | { ok: false; fault: CommandLineFault; found: string; column: number };

/**
 * `shell-syntax`: something that only a shell understands. `assignment`: a variable set before the program.
 * `unclosed-quote`, `dangling-backslash`: the line ends too early. `empty`: there is no word in it.
 */
export type CommandLineFault = 'shell-syntax' | 'assignment' | 'unclosed-quote' | 'dangling-backslash' | 'empty';

const OPERATORS = new Set([';', '|', '&', '$', '`', '<', '>', '(', ')', '\n']);
/** What a shell still acts upon between double quotes. */
const EXPANSIONS = new Set(['$', '`']);
/** What a backslash takes the meaning from between double quotes; before anything else it is itself. */
const ESCAPABLE = new Set(['$', '`', '"', '\\']);
const BLANK = /[ \t]/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/**
 * Splits one line into words, with quotes and backslashes as in a POSIX shell. Nothing is expanded: patterns and `~`
 * stay as they are written, and what only a shell could do is refused. Columns count characters from 1.
 */
export function splitCommandLine(line: string): CommandLine {
  const characters = [...line];
  const words: string[] = [];
  for (let at = 0; at < characters.length; ) {
    if (BLANK.test(characters[at]!)) {
      at += 1;
      continue;
    }
    const word = readWord(characters, at);
    if ('fault' in word) return { ok: false, ...word };
    // Only before the program does a shell take `NAME=value` as a variable, and only if the name is not quoted.
    if (words.length === 0 && ASSIGNMENT.test(characters.slice(at, word.end).join(''))) {
      return { ok: false, fault: 'assignment', found: word.text, column: at + 1 };
    }
    words.push(word.text);
    at = word.end;
  }
  return words.length === 0 ? { ok: false, fault: 'empty', found: '', column: 1 } : { ok: true, words: words as [string, ...string[]] };
}

interface Piece {
  text: string;
  /** Index of the first character after it. */
  end: number;
}

type Fault = { fault: CommandLineFault; found: string; column: number };

function readWord(characters: readonly string[], start: number): Piece | Fault {
  let text = '';
  let at = start;
  while (at < characters.length && !BLANK.test(characters[at]!)) {
    const piece = readPiece(characters, at);
    if ('fault' in piece) return piece;
    text += piece.text;
    at = piece.end;
  }
  return { text, end: at };
}

function readPiece(characters: readonly string[], at: number): Piece | Fault {
  const character = characters[at]!;
  if (character === "'") return readSingleQuoted(characters, at);
  if (character === '"') return readDoubleQuoted(characters, at);
  if (OPERATORS.has(character)) return { fault: 'shell-syntax', found: character, column: at + 1 };
  if (character !== '\\') return { text: character, end: at + 1 };
  const escaped = characters[at + 1];
  if (escaped === undefined) return { fault: 'dangling-backslash', found: character, column: at + 1 };
  return { text: escaped === '\n' ? '' : escaped, end: at + 2 };
}

function readSingleQuoted(characters: readonly string[], start: number): Piece | Fault {
  const end = characters.indexOf("'", start + 1);
  if (end < 0) return { fault: 'unclosed-quote', found: "'", column: start + 1 };
  return { text: characters.slice(start + 1, end).join(''), end: end + 1 };
}

function readDoubleQuoted(characters: readonly string[], start: number): Piece | Fault {
  let text = '';
  for (let at = start + 1; at < characters.length; at++) {
    const character = characters[at]!;
    if (character === '"') return { text, end: at + 1 };
    if (EXPANSIONS.has(character)) return { fault: 'shell-syntax', found: character, column: at + 1 };
    const next = characters[at + 1];
    if (character === '\\' && next !== undefined && (ESCAPABLE.has(next) || next === '\n')) {
      if (next !== '\n') text += next;
      at += 1;
    } else {
      text += character;
    }
  }
  return { fault: 'unclosed-quote', found: '"', column: start + 1 };
}
