import { cliCodes } from '../domain/codes/cli.js';
import type { Problem } from '../domain/problem.js';
import { failureAnswer, type Answer } from '../output/answer.js';
import type { Run } from './cxw.js';
import type { ParsingEnd } from './program.js';

/** The answer of a command line that the parser ended by itself: help, the version, or misuse. */
export async function usageAnswer({ argv, command, printed }: Run, end: ParsingEnd): Promise<Answer> {
  if (end.kind === 'help') return { command: 'help', exit: 0, data: { help: `${printed}${await examplesOf(command)}` }, problems: [], next: command === '' ? ['cxw guide start'] : [] };
  if (end.kind === 'version') return { command: 'version', exit: 0, data: { version: printed.trim() }, problems: [], next: [] };
  const called = command === '' ? 'cxw' : `cxw ${command}`;
  const said = end.kind !== 'bare' ? end.said : command === '' ? await unknownHelp(argv) : `${called} needs one of its commands`;
  return failureAnswer(command === '' ? 'cxw' : command, 2, misuse({ said, command: called }));
}

/** Help was asked for about a command that there is none of. What may be meant is said as the parser says it of a command. */
async function unknownHelp(argv: readonly string[]): Promise<string> {
  const written = argv.slice(argv.indexOf('help') + 1).find((word) => !word.startsWith('-')) ?? '';
  const [{ EXAMPLES }, { nearest }] = await Promise.all([import('../domain/commandExamples.js'), import('../domain/nearest.js')]);
  const [near, ...others] = nearest(written, Object.keys(EXAMPLES).map((name) => name.split(' ')[0]!));
  const meant = near === undefined ? '' : ` (Did you mean ${others.length === 0 ? near : `one of ${[near, ...others].join(', ')}`}?)`;
  return `unknown command '${written.slice(0, 60)}'${meant}`;
}

/** What one would type; nothing for the program as a whole, whose help lists its commands. */
async function examplesOf(command: string): Promise<string> {
  const examples = command === '' ? undefined : (await import('../domain/commandExamples.js')).EXAMPLES[command];
  return examples === undefined ? '' : `\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`;
}

/** What `refuse` makes, without the whole table of codes: a typing mistake is answered at once. */
function misuse(facts: { said: string; command: string }): Problem {
  const told = cliCodes()['wrong-usage'];
  return { code: 'wrong-usage', severity: 'error', message: told.says(facts), commands: told.commands(facts), facts };
}
