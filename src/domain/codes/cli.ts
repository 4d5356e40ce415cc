import { entry, listed } from './entry.js';

/** How a command itself can be misused, end early, or fail through our own fault. */
export const cliCodes = {
  'wrong-usage': entry<{ said: string; command: string }>({
    title: 'Wrong usage',
    says: ({ said }) => said,
    commands: ({ command }) => [`${command} --help`],
    cause: 'The command line names a command, an option or a value that does not exist, or leaves out one that is needed.',
    fix: 'Read the sentence and the help of the command; a near miss is suggested.',
    example: { said: "unknown command 'advnace' (Did you mean advance?)", command: 'cxw' },
  }),
  'unknown-code': entry<{ written: string; near?: string }>({
    title: 'No such code',
    says: ({ written, near }) => `There is no code "${written}"${near === undefined ? '' : `; did you mean ${near}?`}.`,
    commands: ({ near }) => [near === undefined ? 'cxw explain' : `cxw explain ${near}`],
    cause: 'Every refusal and problem has one code; this is none of them.',
    fix: 'List all codes with `cxw explain`.',
    example: { written: 'stale-evidense', near: 'stale-evidence' },
  }),
  'unknown-schema': entry<{ written: string; names: string[]; near?: string }>({
    title: 'No such schema',
    says: ({ written, names, near }) =>
      `There is no schema "${written}"; ${near === undefined ? `there are ${listed(names, 60)}` : `did you mean ${near}?`}.`,
    commands: ({ near }) => [near === undefined ? 'cxw schema' : `cxw schema ${near}`],
    cause: 'Every document that people write and every answer has a JSON Schema; this is none of them.',
    fix: 'List all schemas with `cxw schema`.',
    example: { written: 'tiket', names: ['ticket', 'policy'], near: 'ticket' },
  }),
  'interrupted': entry<{ signal: string; command: string }>({
    title: 'Interrupted',
    says: ({ signal }) => `Interrupted (${signal}). State saved: what was recorded stands, and no program that cxw started is left running.`,
    commands: ({ command }) => [command],
    cause: 'A person or the system asked for the end.',
    fix: 'Run the same command again: it goes on from where it was.',
    example: { signal: 'SIGINT', command: 'cxw deliver' },
  }),
  'internal-error': entry<{ message: string }>({
    title: 'A bug in cxw',
    says: ({ message }) => `This is a bug in cxw: ${message}`,
    commands: () => ['cxw status'],
    cause: 'Something happened that nobody thought of. It is not your fault, and nothing was half done: every step is recorded before it is taken.',
    fix: 'Please report it with the stack that was printed.',
    example: { message: 'the ledger has no head' },
  }),
};
