import { runHere, type Place } from '../../support/here.js';
import type { Ran } from '../../support/workshop.js';
import { RAW } from './rawCharacters.js';

const ESCAPES = '\u001b]0;owned\u0007\u001b[2J\u009b31m';
const BIDI = '\u202egpj.exe\u2066\u200b';
const MARKUP = '<img src=x onerror=alert(1)>[x](javascript:alert(1))`$(touch owned)`';
const NUL = 'before\u0000after';
export const HUGE = 'x'.repeat(1_000_000);
/** What strangers write into a field, each with a name. */
export const HOSTILE: [string, string][] = [['escape sequences', ESCAPES], ['bidi marks', BIDI], ['markup', MARKUP], ['NUL', NUL], ['a megabyte', HUGE]];

/** What is wrong with an answer, in words and as a document, to whatever it was asked. */
export async function faultsOf(place: Place, words: readonly string[]): Promise<string[]> {
  const [told, document] = [await runHere(place, words), await runHere(place, [...words, '--json'])];
  return [...faultsIn(told, words), ...faultsIn(document, [...words, '--json']), ...unreadable(document)];
}

function faultsIn({ exit, stdout, stderr }: Ran, words: readonly string[]): string[] {
  const raw = [stdout, stderr].map((text) => RAW.exec(text)).find((found) => found !== null);
  return [
    ...(raw === null || raw === undefined ? [] : [`${words.join(' ').slice(0, 80)}: raw U+${raw[0].codePointAt(0)!.toString(16)} in ${JSON.stringify(raw.input.slice(Math.max(0, raw.index - 40), raw.index + 40))}`]),
    ...([0, 2, 3, 4, 5].includes(exit) ? [] : [`${words.join(' ').slice(0, 80)}: exit ${exit}: ${stderr.slice(0, 300)}`]),
    ...(stdout.length + stderr.length > 3_000_000 ? [`${words.join(' ').slice(0, 80)}: ${stdout.length + stderr.length} characters`] : []),
  ];
}

function unreadable({ stdout }: Ran): string[] {
  try {
    JSON.parse(stdout);
    return [];
  } catch {
    return [`not one JSON document: ${stdout.slice(0, 200)}`];
  }
}
