import { offer, type Known, type OfferedCommand, type Word } from '../domain/completion/line.js';
import { scripts } from '../domain/completion/scripts.js';
import type { Shell } from '../domain/completion/shells.js';
import { done, type Outcome } from '../domain/outcome.js';

export interface CompletionRequest {
  shell: Shell;
  /** The words of a line after `cxw`; none, to ask for the script. */
  words: readonly string[];
  program: OfferedCommand;
  known: Known;
}

export type Completion = { shell: Shell; script: string } | { shell: Shell; words: Word[] };

/** The script by which a shell completes our command lines, and what that script asks for. */
export async function completion({ shell, words, program, known }: CompletionRequest): Promise<Outcome<Completion>> {
  if (words.length === 0) return done('completion', { shell, script: scripts[shell] });
  return done('completion', { shell, words: await offer(program, words, known) });
}
