import { complain, type Problem } from '../problem.js';
import { placesIn } from './places.js';

/** Where a text stops being JSON, and what is wrong there. */
export interface JsonFault {
  at: number;
  fault: string;
}

/** Nothing when it is JSON. A text that is none is read once more, since not every Node says where it stumbled. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return firstFault(text);
  }
}

const TOKEN = /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y;

/** What may come next. */
type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'end';

const WORDS: Record<Wanted, string> = {
  'value': 'a value is missing here', 'value or ]': 'a value, or the ] that closes the list, is missing here',
  'key': 'a key in double quotes is missing here', 'key or }': 'a key in double quotes, or the } that closes the map, is missing here',
  ':': 'a colon is missing after the key', ', or }': 'a comma, or the } that closes the map, is missing here',
  ', or ]': 'a comma, or the ] that closes the list, is missing here', 'end': 'nothing may follow here',
};

function firstFault(text: string): JsonFault {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const [whole, sign, string] = TOKEN.exec(text) ?? [];
    const next: Wanted | undefined = whole === undefined ? undefined : after(wanted, sign ?? (string === undefined ? 'value' : 'string'), open);
    if (whole === undefined || next === undefined) return { at: at + /^[ \t\r\n]*/.exec(text.slice(at))![0].length, fault: WORDS[wanted] };
    at += whole.length;
    wanted = next;
  }
}

/** What may come after this token; nothing when it may not stand here. */
function after(wanted: Wanted, token: string, open: ('{' | '[')[]): Wanted | undefined {
  if (wanted.startsWith('value') && (token === '{' || token === '[')) {
    open.push(token);
    return token === '{' ? 'key or }' : 'value or ]';
  }
  if (wanted.startsWith('value') && (token === 'string' || token === 'value')) return within(open);
  if (wanted.startsWith('key') && token === 'string') return ':';
  if (wanted === ':' && token === ':') return 'value';
  if (wanted.startsWith(', or') && token === ',') return open.at(-1) === '{' ? 'key' : 'value';
  if (wanted.endsWith(` or ${token}`)) {
    open.pop();
    return within(open);
  }
  return undefined;
}

const within = (open: readonly ('{' | '[')[]): Wanted => (open.length === 0 ? 'end' : open.at(-1) === '{' ? ', or }' : ', or ]');

/** The same as a problem at its place in the file. */
export function jsonProblems(file: string, text: string): Problem[] {
  const found = jsonFault(text);
  return found === undefined ? [] : [complain('json-syntax', { fault: found.fault }, placesIn(file, text)(found.at))];
}
