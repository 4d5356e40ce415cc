import type { Command } from 'commander';
import { surface } from '../../src/cli/program.js';
import { cell } from './fields.js';
import { page } from './page.js';

/** Every command with its arguments and options, as the program itself knows them. */
export function commandsPage(): string {
  const quiet = async (): Promise<void> => undefined;
  const program = surface({ asked: () => undefined, printed: () => undefined, alone: quiet, inWorld: quiet });
  return page('Commands', [
    `${program.description()}`,
    '',
    'TICKET may be left out when exactly one is active; a part of its id that fits no other is enough. A repeatable option may be given again and again.',
    '',
    'These options go with every command:',
    '',
    ...optionTable(program),
    ...program.commands.flatMap((command) => commandSection(command, 'cxw')),
  ]);
}

function commandSection(command: Command, before: string): string[] {
  const name = `${before} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((child) => commandSection(child, name));
  return ['', `## ${name}`, '', sentence(command.description()), '', '```text', `${name} ${command.usage()}`, '```', '', ...argumentLines(command), ...optionTable(command)];
}

function argumentLines({ registeredArguments }: Command): string[] {
  const told = registeredArguments.filter((argument) => argument.description !== '' || argument.argChoices !== undefined);
  return told.length === 0 ? [] : [...told.map((argument) => `- \`${argument.name()}\`: ${argument.description || argument.argChoices!.join(', ')}`), ''];
}

function optionTable({ options }: Command): string[] {
  if (options.length === 0) return [];
  return ['| option | |', '| --- | --- |', ...options.map(({ flags, description, argChoices, mandatory }) =>
    `| \`${cell(flags)}\` | ${cell([description, argChoices?.join(', '), mandatory ? 'needed' : undefined].filter((part) => part !== undefined && part !== '').join('; '))} |`)];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
