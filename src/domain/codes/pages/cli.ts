import type { cliCodes } from '../cli.js';
import type { PagesOf } from './page.js';

export const cliPages: PagesOf<typeof cliCodes> = {
  'wrong-usage': {
    title: 'Wrong usage',
    cause: 'The command line names a command, an option or a value that does not exist, or leaves out one that is needed.',
    fix: 'Read the sentence and the help of the command; a near miss is suggested.',
    example: { said: "unknown command 'advnace' (Did you mean advance?)", command: 'cxw' },
  },
  'unknown-code': {
    title: 'No such code',
    cause: 'Every refusal and problem has one code; this is none of them.',
    fix: 'List all codes with `cxw explain`.',
    example: { written: 'stale-evidense', near: 'stale-evidence' },
  },
  'unknown-schema': {
    title: 'No such schema',
    cause: 'Every document that people write and every answer has a JSON Schema; this is none of them.',
    fix: 'List all schemas with `cxw schema`.',
    example: { written: 'tiket', names: ['ticket', 'policy'], near: 'ticket' },
  },
  'unknown-role': {
    title: 'No such role',
    cause: 'A brief is written for one role, and this is none of them. Experts are roles too.',
    fix: 'Name one of the roles; without one, the brief is for whose turn it is.',
    example: { written: 'revewer', roles: ['planner', 'writer', 'reviewer'], near: 'reviewer' },
  },
  'unknown-topic': {
    title: 'No such guide',
    cause: 'Every subject has one page of guidance; this is none of them.',
    fix: 'List all topics with `cxw guide`.',
    example: { written: 'recvery', topics: ['start', 'recovery'], near: 'recovery' },
  },
  'unknown-entry': {
    title: 'No such way into a session',
    cause: 'The words that begin a session are a few fixed texts, and this is the name of none.',
    fix: 'Name one of them.',
    example: { written: 'quickdev', entries: ['quick-dev', 'single-ticket'], near: 'quick-dev' },
  },
  'interrupted': {
    title: 'Interrupted',
    cause: 'A person or the system asked for the end.',
    fix: 'Run the same command again: it goes on from where it was.',
    example: { signal: 'SIGINT', command: 'cxw deliver' },
  },
  'internal-error': {
    title: 'A bug in cxw',
    cause: 'Something happened that nobody thought of. It is not your fault, and nothing was half done: every step is recorded before it is taken.',
    fix: 'Please report it with the stack that was printed.',
    example: { message: 'the ledger has no head' },
  },
};
