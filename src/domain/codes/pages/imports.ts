import type { importCodes } from '../imports.js';
import type { PagesOf } from './page.js';

export const importPages: PagesOf<typeof importCodes> = {
  'import-lacks': {
    title: 'An old ticket lacks what a ticket needs',
    cause: 'A ticket says at least what may change and what proves it. Sentences of an old test plan are for people; a proof is a command.',
    fix: 'Add what is missing to the old file, give a command with `--prove`, or write the ticket anew.',
    example: { file: 'old/TKT-2026-01-02-parser.yaml', lack: 'proof' },
  },
  'import-unfit': {
    title: 'An old ticket says what no ticket may say',
    cause: 'What was taken over is read as strictly as any ticket, before it is written.',
    fix: 'Mend the old file, and import it again.',
    example: { file: 'old/TKT-2026-01-02-parser.yaml', whys: ['plan has more than 50 items.'] },
  },
};
