import { splitCommandLine } from './commandLine.js';

/** Programs that end with 0 whatever they are given. */
const IDLE = new Set(['true', ':', 'echo', 'printf', 'export', 'set', 'cd', 'sleep', 'pwd', 'date']);
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash']);
/** Programs that only start the one that follows, and pass its ending on. */
const STARTERS = new Set(['env', 'command', 'exec', 'nice', 'time', 'nohup']);
const TIMEOUT_WORD = /^(-.*|\d+(\.\d+)?[smhd]?)$/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** Programs that only tell about themselves when they are asked this. */
const TELLING = new Set(['--version', '--help']);
/** Interpreters, with the flags that take a program as text. */
const INTERPRETERS: Record<string, readonly string[]> = {
  node: ['-e', '--eval', '-p', '--print'], bun: ['-e', '--eval'], python: ['-c'], python3: ['-c'], ruby: ['-e'], perl: ['-e'],
};
/** A statement that looks at nothing: a literal, a word printed, a good ending. */
const IDLE_STATEMENT = /^(\d*|null|undefined|true|pass|None|""|''|(console\.log|print|puts|say)\s*\(?\s*(\d+|"[^"$`\\]*"|'[^'\\]*'|`[^`$\\]*`)?\s*\)?|(process\.|sys\.)?exit\s*\(?\s*0?\s*\)?)$/;

/**
 * Whether a command ends well whatever the work is like, so that its passing says nothing: `true`, `echo …`, `exit 0`,
 * `node -e 0`, `npm --version`, or a shell line whose last word on the matter is one of those, as `npm test || true`.
 * What longer programs do inside cannot be known and is not guessed.
 */
export function isNoOp(argv: readonly string[]): boolean {
  const [program = '', ...rest] = argv;
  const name = baseName(program);
  if (ASSIGNMENT.test(program)) return isNoOp(rest) || rest.length === 0;
  if (STARTERS.has(name)) return rest.length > 0 && isNoOp(rest);
  if (SHELLS.has(name)) return isIdleShell(rest);
  if (name === 'exit') return rest.length === 0 || rest[0] === '0';
  if (name === 'timeout') return isNoOp(rest.slice(rest.findIndex((word) => !TIMEOUT_WORD.test(word))));
  if (name === 'test' || name === '[') return /^[^-!]/.test(rest[0] ?? '') && rest.filter((word) => word !== ']').length === 1;
  if (rest.length === 1 && TELLING.has(rest[0]!)) return true;
  if (INTERPRETERS[name]?.includes(rest[0] ?? '')) return (rest[1] ?? '').split(/[;\n]/).every((statement) => IDLE_STATEMENT.test(statement.trim()));
  return IDLE.has(name);
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
  const parts = partsOf(script);
  if (parts === undefined || parts.length === 0) return false;
  let stops = stopsAtFailure;
  let idle = true;
  let joined: Separator = ';';
  for (const { command, separator } of parts) {
    const alone = command === '' || isIdleCommand(command);
    if (/^set\s+(-[a-z]*e|-o\s+errexit)/.test(command)) stops = true;
    if (joined === '&&' || (joined === ';' && stops)) idle = idle && alone;
    else if (joined === '||') idle = idle || alone;
    else if (command !== '') idle = alone;
    joined = separator;
  }
  return idle || joined === '&';
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
