import { shellWord } from './paths.js';

/** What a shell reads as it stands: words that are quoted already, or a command that goes on. */
export class AsWritten {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** Takes a text into a command line as it stands. It must come from `sh`, or from our own source. */
export const asWritten = (text: string): AsWritten => new AsWritten(text);

/**
 * A command line that we print: sh`git switch ${branch}`. Whatever is put into it is text, never code: it stays one
 * word, or part of one, in any POSIX shell. Put no quotes around it.
 */
export function sh(parts: TemplateStringsArray, ...words: readonly (string | number | AsWritten)[]): string {
  return parts.map((part, at) => `${part}${at < words.length ? asWord(words[at]!) : ''}`).join('');
}

const asWord = (word: string | number | AsWritten): string => (word instanceof AsWritten ? word.text : shellWord(String(word)));
