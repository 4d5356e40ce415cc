import type { learningCodes } from '../learning.js';
import type { PagesOf } from './page.js';

export const learningPages: PagesOf<typeof learningCodes> = {
  'learn-nothing': {
    title: 'Nothing to learn',
    cause: 'cxw learn keeps what it is given, or weighs a ticket with --worth.',
    fix: 'Give --pattern, --mistake or --quality-bar, each as often as needed.',
    example: {},
  },
  'learn-value-invalid': {
    title: 'A lesson cannot be kept',
    cause: 'A lesson is one line that everybody may read: no secrets, nothing that cannot be seen, at most 400 characters.',
    fix: 'Say it shorter, or without what must not be in it.',
    example: { flag: '--pattern', why: 'it looks as if it held a secret' },
  },
  'memory-secret': {
    title: 'Memory holds a secret',
    cause: 'A line in agent/ has the shape of a key, a token or a password. Memory is committed and put before every session.',
    fix: 'Take it out, and say where the secret is kept instead. If it was committed, it is no secret any more: replace it.',
    example: {},
  },
  'memory-undated': {
    title: 'A lesson without date or source',
    cause: 'Nobody can tell whether it still holds.',
    fix: 'Write the date and in brackets where it comes from, or let `cxw learn` add it.',
    example: {},
  },
};
