import type { Command } from 'commander';
import type { OfferedCommand, Word } from '../domain/completion/line.js';
import type { Shell } from '../domain/completion/shells.js';
import { TOPICS } from '../domain/guide.js';
import type { Outcome } from '../domain/outcome.js';
import { STATES } from '../domain/road.js';
import { completion } from '../verbs/completion.js';
import type { Beginning } from '../world/beginning.js';
import { nearbyTickets } from '../world/nearbyTickets.js';

/** Completes a command line from the surface itself. */
export function complete(program: Command, shell: Shell, words: readonly string[], start: Beginning): Promise<Outcome> {
  const known: Record<string, () => Promise<Word[]>> = {
    ticket: async () => nearbyTickets(start).map(plain),
    'verify what': async () => nearbyTickets(start).map(plain),
    'waive what': async () => STATES.map(plain),
    topic: async () => Object.entries(TOPICS).map(([word, says]) => ({ word, says })),
    code: async () => (await import('../verbs/explain.js')).everyCode().map(({ code, title }) => ({ word: code, says: title })),
    name: async () => (await import('../domain/schemas.js')).schemaNames.map(plain),
  };
  return completion({ shell, words, program: offered(program), known: async (argument, command) => (known[`${command} ${argument}`] ?? known[argument] ?? nothing)() });
}

const nothing = async (): Promise<Word[]> => [];

const plain = (word: string): Word => ({ word, says: '' });

const offered = (command: Command): OfferedCommand => ({
  word: command.name(),
  says: command.description(),
  commands: command.commands.map(offered),
  options: command.options.map((option) => ({
    flags: [option.long, option.short].filter((flag) => flag != null),
    says: option.description,
    value: option.required ? { choices: option.argChoices ?? [] } : undefined,
  })),
  arguments: command.registeredArguments.map((argument) => ({ name: argument.name(), choices: argument.argChoices ?? [], variadic: argument.variadic })),
});
