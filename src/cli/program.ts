import { Command, CommanderError, Option } from 'commander';
import type { Outcome } from '../domain/outcome.js';
import { VERSION } from '../domain/version.js';
import type { World } from '../world/index.js';

/** Options that every command takes, and `format`, which decides how an answer is shown. */
export interface Asked {
  json?: boolean;
  color?: boolean;
  as?: string;
  directory?: string;
  yes?: boolean;
  input?: boolean;
  format?: string;
}

/** How the surface runs things. It knows nothing of streams, worlds and exit codes. */
export interface Runner {
  asked(options: Asked): void;
  /** Text that the parser prints by itself. */
  printed(text: string): void;
  /** Runs a command that needs no repository. */
  alone(verb: () => Promise<Outcome>): Promise<void>;
  /** Runs a command in the repository around the reader. */
  inWorld(verb: (world: World, asked: Asked) => Promise<Outcome>): Promise<void>;
}

/** The whole command line on one page. Each action is one expression, and loads what it needs when it runs. */
export function surface({ asked, printed, alone, inWorld }: Runner): Command {
  const program = new Command('cxw')
    .description("Decides whether a coding agent's work is done.")
    .exitOverride()
    .configureOutput({ writeOut: printed, writeErr: () => undefined })
    .showSuggestionAfterError()
    .version(VERSION, '--version', 'print the version')
    .option('--json', 'print exactly one JSON document')
    .option('--color', 'colour, whatever the stream')
    .option('--no-color', 'no colour')
    .option('--as <role:name>', 'who is speaking (default: CXW_ACTOR, else the git user)')
    .option('-C, --directory <dir>', 'run as if started there')
    .option('-y, --yes', 'answer every question with yes')
    .option('--no-input', 'never ask')
    .hook('preAction', (_, command) => asked(command.optsWithGlobals<Asked>()));

  program.commandsGroup('Look:');
  program.command('explain').argument('[code]').description('what a code means, and what clears it; without a code, all of them')
    .action((code?: string) => alone(async () => (await import('../verbs/explain.js')).explain(code)));
  program.command('schema').argument('[name]').description('the JSON Schema of a document or an answer; without a name, all of them')
    .action((name?: string) => alone(async () => (await import('../verbs/schema.js')).schema(name)));

  return program;
}

/** The command that these words mean, as `ticket new`; empty when they name none. */
export function commandNamed(program: Command, argv: readonly string[]): string {
  const path: Command[] = [program];
  for (const word of argv) {
    const named = path.at(-1)!.commands.find((command) => command.name() === word);
    if (named !== undefined) path.push(named);
  }
  return path.slice(1).map((command) => command.name()).join(' ');
}

/** How parsing ended when it came to no command: `bare` means that the command needs one of its subcommands. */
export type ParsingEnd = { kind: 'help' } | { kind: 'version' } | { kind: 'bare' } | { kind: 'misuse'; said: string };

export function parsingEnd(error: unknown): ParsingEnd | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  if (error.code === 'commander.version') return { kind: 'version' };
  if (error.code === 'commander.helpDisplayed' || (error.code === 'commander.help' && error.exitCode === 0)) return { kind: 'help' };
  if (error.code === 'commander.help') return { kind: 'bare' };
  return { kind: 'misuse', said: error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ') };
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];
