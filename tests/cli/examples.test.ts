import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandMeant, surface } from '../../src/cli/program.js';
import { EXAMPLES } from '../../src/domain/commandExamples.js';
import { misuse } from '../support/misuse.js';
import { workshop } from '../support/workshop.js';

const quiet = async (): Promise<void> => undefined;
const program = surface({ asked: () => undefined, printed: () => undefined, alone: quiet, inWorld: quiet });

/** The words of a command line, those in quotes as one; without what a shell does around it. */
const lineOf = (example: string): string => example.replace(/^eval "\$\((.*)\)"$/, '$1').replace(/ \|.*/, '').replaceAll('"', "'");

/** Every command that does something by itself, by its full name. */
const doing = (command: Command): string[] =>
  command.commands.flatMap((sub) => (sub.commands.length === 0 ? [sub.name()] : doing(sub).map((name) => `${sub.name()} ${name}`)));

test('every command has examples, and every example its command', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(doing(program).sort());
});

test.each(Object.entries(EXAMPLES))('the examples of %s are of this command, and the program understands them', (command, examples) => {
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    expect(misuse(lineOf(example)), example).toBeUndefined();
    expect(commandMeant(program, lineOf(example).split(' ').slice(1)).command, example).toBe(command);
  }
});

test('are shown by the help of a command, and not by that of the program', async () => {
  const bench = await workshop();
  for (const words of [['ticket', 'show', '--help'], ['help', 'deliver']]) {
    expect((await bench.cxw(...words)).stdout).toMatch(/\nExamples:\n( {2}cxw (ticket show|deliver).*\n)+$/);
  }
  const { stdout } = await bench.cxw('--help');
  expect(stdout).not.toContain('Examples:');
  // Every command stands in a group that says what it is for, the help among them.
  expect(stdout).not.toContain('\nCommands:');
  expect(stdout).toMatch(/\nLearn:\n(?: {2}\S[^]*\n)? {2}help \[command\]/);
});
