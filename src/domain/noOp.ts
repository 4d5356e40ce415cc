import { splitCommandLine } from './commandLine.js';

/** Programs that end with 0 whatever they are given. */
const IDLE = new Set(['true', ':', 'echo', 'printf', 'export', 'set', 'cd', 'sleep', 'pwd', 'date']);
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash']);
/**
 * Programs that only start the one that follows, and pass its ending on: their options that take the next word, and how
 * many words stand before the program.
 */
const STARTERS = new Map<string, Starter>(Object.entries({
  env: { taking: ['-u', '--unset', '-C', '--chdir'], before: 0, demanding: ['-C', '--chdir'] },
  command: { taking: [], before: 0 },
  exec: { taking: ['-a'], before: 0 },
  eval: { taking: [], before: 0 },
  nice: { taking: ['-n', '--adjustment'], before: 0 },
  ionice: { taking: ['-c', '--class', '-n', '--classdata'], before: 0 },
  time: { taking: ['-f', '--format', '-o', '--output'], before: 0 },
  timeout: { taking: ['-k', '--kill-after', '-s', '--signal'], before: 1 },
  nohup: { taking: [], before: 0 },
  setsid: { taking: [], before: 0 },
  stdbuf: { taking: ['-i', '--input', '-o', '--output', '-e', '--error'], before: 0 },
  xargs: { taking: ['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s'], before: 0, demanding: ['-a', '--arg-file'], adds: ['$WORDS'] },
}));

interface Starter {
  taking: readonly string[];
  before: number;
  /** Options by which it fails where a file or folder is missing, whatever it starts. */
  demanding?: readonly string[];
  /** What it puts behind the words of the program: nobody knows them here. */
  adds?: readonly string[];
}

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** Programs that only tell about themselves when they are asked this. */
const TELLING = new Set(['--version', '--help']);
/** The same, in words that mean something else to other programs: to a test runner `-v` says "in more words". */
const TELLING_SHORT = new Set(['-v', '-V', '-h', '-version', 'version', 'help']);
const TOOLS = new Set(['npm', 'pnpm', 'yarn', 'deno', 'tsc', 'git', 'go', 'cargo', 'java']);
/** Interpreters, with the flags that take a program as text. */
const INTERPRETERS = new Map<string, readonly string[]>(Object.entries({
  node: ['-e', '--eval', '-p', '--print'], bun: ['-e', '--eval'], python: ['-c'], python3: ['-c'], ruby: ['-e'], perl: ['-e'],
}));
/** A statement that looks at nothing: a literal, a word printed, a good ending. */
const IDLE_STATEMENT = /^((void\s+)?\d*|null|undefined|true|pass|None|""|''|(console\.log|print|puts|say)\s*\(?\s*(\d+|"[^"$`\\]*"|'[^'\\]*'|`[^`$\\]*`)?\s*\)?|(process\.|sys\.)?exit\s*\(?\s*0?\s*\)?)$/;

/**
 * Whether a command ends well whatever the work is like, so that its passing says nothing: `true`, `echo …`, `exit 0`,
 * `node -e 0`, `npm --version`, `test -d .`, or a shell line whose last word on the matter is one of those, as `npm test || true`.
 * What longer programs do inside cannot be known and is not guessed.
 */
export function isNoOp(argv: readonly string[]): boolean {
  const [program = '', ...rest] = argv;
  const name = baseName(program);
  if (ASSIGNMENT.test(program)) return isNoOp(rest) || rest.length === 0;
  const starter = STARTERS.get(name);
  if (starter !== undefined) return startsNoOp(starter, rest);
  if (SHELLS.has(name)) return isIdleShell(rest);
  if (name === 'exit') return rest.length === 0 || rest[0] === '0';
  if (name === 'test' || name === '[') return isTrueForEver(rest.filter((word) => word !== ']'));
  if (name === 'ls') return rest.every((word) => word.startsWith('-') || ALWAYS_THERE.has(word));
  if (rest.length === 1 && (TELLING.has(rest[0]!) || (isTool(name) && TELLING_SHORT.has(rest[0]!)))) return true;
  if (INTERPRETERS.get(name)?.includes(rest[0] ?? '')) return (rest[1] ?? '').split(/[;\n]/).every((statement) => IDLE_STATEMENT.test(statement.trim()));
  return IDLE.has(name);
}

const isTool = (name: string): boolean => TOOLS.has(name) || INTERPRETERS.has(name);

/** Whether what a starter starts, by the words behind its options, is one; and nothing else can make it fail. */
function startsNoOp({ taking, before, demanding = [], adds = [] }: Starter, words: readonly string[]): boolean {
  let at = 0;
  while (words[at]?.startsWith('-') && words[at] !== '--') at += taking.includes(words[at]!) ? 2 : 1;
  if (words.slice(0, at).some((word) => demanding.some((option) => word.startsWith(option)))) return false;
  return isNoOp([...words.slice(at + (words[at] === '--' ? 1 : 0) + before), ...adds]);
}

/** Places of which every repository has one. */
const ALWAYS_THERE = new Set(['.', './', '..', '../', '/']);
/** A word that no shell makes another one of. */
const isLiteral = (word: string): boolean => !/[$`*?\\]/.test(word);

/** A test of words alone, or of a place that is always there. */
function isTrueForEver(words: readonly string[]): boolean {
  if (!words.every(isLiteral)) return false;
  const [first = '', second = '', third] = words;
  switch (words.length) {
    case 1:
      return /^[^-!]/.test(first);
    case 2:
      if (first === '-n') return second !== '';
      return first === '-z' ? second === '' : ['-e', '-d', '-r', '-x'].includes(first) && ALWAYS_THERE.has(second);
    case 3:
      return ['=', '==', '-eq', '-ge', '-le'].includes(second) ? first === third : ['!=', '-ne'].includes(second) && first !== third;
    default:
      return false;
  }
}

export const baseName = (program: string): string => program.slice(program.lastIndexOf('/') + 1);

function isIdleShell(args: readonly string[]): boolean {
  const at = args.findIndex((arg) => /^-[a-z]*c[a-z]*$/.test(arg));
  const script = args[at + 1];
  if (at < 0 || script === undefined) return false;
  const stopsAtFailure = args.slice(0, at + 1).some((arg) => /^-[a-z]*e/.test(arg));
  return isIdleScript(script, stopsAtFailure);
}

/** Walks the commands of a list: each separator says whose ending counts. */
function isIdleScript(script: string, stopsAtFailure: boolean): boolean {
  const [, within, between] = /^\s*(?:\(([^()]*)\)|\{\s([^{}]*)\})\s*$/.exec(script) ?? [];
  if (within !== undefined || between !== undefined) return isIdleScript((within ?? between)!, stopsAtFailure);
  const parts = partsOf(script);
  if (parts === undefined || parts.length === 0) return false;
  let stops = stopsAtFailure;
  let idle = true;
  let joined: Separator = ';';
  for (const { command, separator } of parts) {
    const join = joined === ';' && stops ? '&&' : joined;
    const isApart = [joined, separator].includes('|') || separator === '&';
    const exit = isApart ? undefined : exitIn(command, join);
    if (exit === 'badly' && !(join === '||' && idle)) return false;
    if (exit === 'well' && (join === ';' || (join === '&&' && idle))) return true;
    if (exit === 'as before') return idle;
    const alone = command === '' || isIdleCommand(command);
    if (/^set\s+(-[a-z]*e|-o\s+errexit)/.test(command)) stops = true;
    if (join === '&&') idle = idle && alone;
    else if (join === '||') idle = idle || alone;
    else if (command !== '') idle = alone;
    joined = separator;
  }
  return idle || joined === '&';
}

/** How the whole shell ends that comes to this command; nothing where it goes on. Without a number it ends as what came before. */
function exitIn(command: string, join: Separator): 'well' | 'badly' | 'as before' | undefined {
  const [word, status] = command.split(/\s+/);
  if (word !== 'exit') return undefined;
  if (status !== undefined) return status === '0' ? 'well' : 'badly';
  return join === '&&' ? 'well' : join === '||' ? 'badly' : 'as before';
}

function isIdleCommand(command: string): boolean {
  const split = splitCommandLine(command.replace(/\s*\d?>{1,2}\s*(&\d|[^\s;&|<>]+)/g, ''));
  if (split.ok) return isNoOp(split.words);
  return split.fault === 'assignment' ? isNoOp(command.split(/\s+/)) : /^(echo|printf)\s[^`(]*$/.test(command);
}

type Separator = ';' | '&&' | '||' | '|' | '&';

/** The simple commands of a script and what follows each; nothing when it holds more than simple commands. */
function partsOf(script: string): { command: string; separator: Separator }[] | undefined {
  const parts: { command: string; separator: Separator }[] = [];
  let command = '';
  for (const token of script.match(/'[^']*'|"(?:\\.|[^"\\])*"|\\[\s\S]|\d?>&\d|&&|\|\||[;|&\n]|[^'"\\;|&\n\d]+|[\s\S]/g) ?? []) {
    if (/^(&&|\|\||[;|&\n])$/.test(token)) {
      parts.push({ command: command.trim(), separator: token === '\n' ? ';' : token as Separator });
      command = '';
    } else {
      command += token;
    }
  }
  if (command.trim() !== '') parts.push({ command: command.trim(), separator: ';' });
  const compound = parts.some((part) => /^(if|for|while|until|case|function|\{|\()(\s|$|\()|^[({!]/.test(part.command));
  return compound ? undefined : parts;
}
