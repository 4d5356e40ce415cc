import { entry } from './entry.js';

const validate = (): string[] => ['cxw validate agent'];

/** What is learned, and the memory that it is kept in. */
export const learningCodes = () => ({
  'learn-nothing': entry<Record<string, never>>({
    says: () => 'Nothing to learn was said.',
    commands: () => ['cxw learn --help'],
  }),
  'learn-value-invalid': entry<{ flag: string; why: string }>({
    says: ({ flag, why }) => `What ${flag} says cannot be kept: ${why}.`,
    commands: () => ['cxw learn --help'],
  }),
  'memory-secret': entry<Record<string, never>>({
    says: () => 'This line looks as if it held a secret; memory is committed, and read by every session.',
    commands: validate,
  }),
  'memory-undated': entry<Record<string, never>>({
    says: () => 'This entry says not when it was learned or from what; it begins like "- 2026-11-21 (TKT-2026-11-21-fix-typo): ".',
    commands: validate,
  }),
});
