import { expect, test } from 'vitest';
import { commandMeant, surface } from '../../src/cli/program.js';
import { EXAMPLES } from '../../src/domain/commandExamples.js';
import { misuse } from '../support/misuse.js';
import { workshop } from '../support/workshop.js';

const quiet = async (): Promise<void> => undefined;
const program = surface({ asked: () => undefined, printed: () => undefined, alone: quiet, inWorld: quiet });

/** The words of a command line, those in quotes as one; without what a shell does around it. */
const lineOf = (example: string): string => example.replace(/^eval "\$\((.*)\)"$/, '$1').replace(/ \|.*/, '').replaceAll('"', "'");

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
  expect((await bench.cxw('--help')).stdout).not.toContain('Examples:');
});
