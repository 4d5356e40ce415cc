import { expect, test } from 'vitest';
import { commandMeant, parsingEnd, surface } from '../../src/cli/program.js';
import { spread } from '../../src/cli/spread.js';
import { entryOf, type Code } from '../../src/domain/codes/index.js';
import { subjects } from '../../src/domain/codes/pages/index.js';
import { nextCommands } from '../../src/domain/next.js';
import { fold } from '../../src/domain/run.js';
import { aLife, chained, lifeOf, TICKET } from '../support/sealed.js';

/** What the real program says of a command line that it does not understand; nothing where it does. Nothing is carried out. */
async function misuse(command: string): Promise<string | undefined> {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2]!).slice(1);
  const program = surface({ asked: () => undefined, printed: () => undefined, alone: async () => undefined, inWorld: async () => undefined });
  try {
    await program.parseAsync(spread(words, commandMeant(program, words).shape), { from: 'user' });
    return undefined;
  } catch (error) {
    const end = parsingEnd(error);
    return end?.kind === 'misuse' ? `${command}: ${end.said}` : undefined;
  }
}

const ours = (commands: readonly string[]): string[] => commands.filter((command) => command.startsWith('cxw '));
const misused = async (commands: readonly string[]): Promise<string[]> => (await Promise.all(ours(commands).map(misuse))).filter((said) => said !== undefined);

const pages = Object.entries(Object.assign({}, ...Object.values(subjects))) as [Code, { example: never }][];

test.each(pages)('%s names only commands that the program understands', async (code, { example }) => {
  expect(await misused(entryOf(code).commands(example))).toEqual([]);
});

test.each(['cxw advance --nope', 'cxw frobnicate', 'cxw record poem', 'cxw block TKT'])('%s is not understood', async (command) => {
  expect(await misused([command])).not.toEqual([]);
});

test('what is to be done next is understood after every fact of a life, blocked, abandoned and waived too', async () => {
  const own = { by: { role: 'human', name: 'Ada' }, origin: { seen: 'self-declared' } } as const;
  const asides = [
    [],
    [{ kind: 'blocked', ...own, reason: 'no', release: 'yes' }],
    [{ kind: 'abandoned', ...own, reason: 'no', noChange: false }],
    [{ kind: 'waived', ...own, what: 'independent_review_complete', reason: 'alone' }],
    [{ kind: 'reworked', ...own, reason: 'once more', repair: true }],
    [{ kind: 'refreshed', ...own, reason: 'moved' }],
  ] as const;
  const life = lifeOf(aLife());
  const next = life.flatMap((_, at) => asides.map((aside) => nextCommands(fold(TICKET, chained([...life.slice(0, at + 1), ...aside]).facts))));
  expect(next.filter((commands) => commands.length === 0)).toEqual([]);
  expect(await misused([...new Set(next.flat())])).toEqual([]);
});
