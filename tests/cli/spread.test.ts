import { describe, expect, test } from 'vitest';
import { spread, type Shape } from '../../src/cli/spread.js';

const shape: Shape = { words: 3, options: new Map([['--file', 'list'], ['--id', 'value'], ['--quick', 'flag']]) };
const words = (line: string): string[] => line.split(' ');

describe('repeatable options', () => {
  test.each([
    ['several values after the title', 'ticket new Title --file a b c', 'ticket new Title --file a --file b --file c'],
    ['one value as long as the title is missing', 'ticket new --file a Title --id X', 'ticket new --file a Title --id X'],
    ['given again and again', 'ticket new --file a --file b Title', 'ticket new --file a --file b Title'],
    ['ended by another option', 'ticket new Title --file a b --quick', 'ticket new Title --file a --file b --quick'],
    ['a value that looks like an option', 'ticket new Title --file -A b', 'ticket new Title --file -A --file b'],
    ['nothing after --', 'ticket new Title --file a -- b', 'ticket new Title --file a -- b'],
    ['a value of another option is not taken', 'ticket new Title --id X b', 'ticket new Title --id X b'],
  ])('%s', (_, line, meant) => expect(spread(words(line), shape)).toEqual(words(meant)));
});
