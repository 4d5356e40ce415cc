import { cliCodes } from '../domain/codes/cli.js';
import type { Problem } from '../domain/problem.js';
import { failureAnswer, type Answer } from '../output/answer.js';
import type { Run } from './cxw.js';
import type { ParsingEnd } from './program.js';

/**
 * The answer of a command line that the parser ended by itself: help, the version, or misuse. Nobody gets the help of
 * something else: `strange` is the word that stands where a command would be named, and names none.
 */
export async function usageAnswer({ command, printed }: Run, end: ParsingEnd, strange?: string): Promise<Answer> {
  const isAsked = end.kind === 'help' && strange === undefined;
  if (isAsked) return { command: 'help', exit: 0, data: { help: `${printed}${await examplesOf(command)}` }, problems: [], next: command === '' ? ['cxw guide start'] : [] };
  if (end.kind === 'version') return { command: 'version', exit: 0, data: { version: printed.trim() }, problems: [], next: [] };
  const called = command === '' ? 'cxw' : `cxw ${command}`;
  const said = end.kind === 'misuse' ? end.said : strange === undefined ? `${called} needs one of its commands` : await unknownCommand(strange, command);
  return failureAnswer(command === '' ? 'cxw' : command, 2, misuse({ said, command: called }));
}

/** What may be meant is said as the parser says it of a command that it was to run. */
async function unknownCommand(written: string, group: string): Promise<string> {
  const [{ EXAMPLES }, { nearest }] = await Promise.all([import('../domain/commandExamples.js'), import('../domain/nearest.js')]);
  const names = Object.keys(EXAMPLES).map((name) => name.split(' ')).filter((words) => group === '' || words[0] === group);
  const [near, ...others] = nearest(written, names.map((words) => words[group === '' ? 0 : 1] ?? ''));
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
