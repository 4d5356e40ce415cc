import { parsingEnd, surface } from '../../src/cli/program.js';

/** What the parser says against a command of a hint or a prompt; nothing when it takes it. */
export function misuse(command: string): string | undefined {
  const quiet = async (): Promise<void> => undefined;
  const words = [...command.slice(command.indexOf('cxw ') + 4).matchAll(/'([^']*)'|(\S+)/g)].map((word) => word[1] ?? word[2]!);
  try {
    surface({ asked: () => undefined, printed: () => undefined, alone: quiet, inWorld: quiet }).parse(words, { from: 'user' });
    return undefined;
  } catch (error) {
    return parsingEnd(error)?.kind === 'help' ? undefined : (error as Error).message;
  }
}
