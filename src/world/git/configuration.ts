import type { Setting } from '../../domain/gitSettings.js';
import { records } from '../../domain/porcelain.js';
import { SETTINGS } from './questions.js';
import type { GitRunner } from './runner.js';

/** The whole configuration that applies, in git's order, without the options of our own calls. */
export const readConfiguration = async (runner: GitRunner): Promise<Setting[]> =>
  settingsOf(await runner.run(SETTINGS, { doing: 'reading the configuration' }), (scope) => scope !== 'command');

/** What is told for a question about settings, as far as its scopes count. */
export function settingsOf(answer: Uint8Array, counts: (scope: string) => boolean): Setting[] {
  const told = records(answer);
  const settings: Setting[] = [];
  for (let at = 0; at + 1 < told.length; at += 2) {
    if (!counts(told[at]!)) continue;
    const [key, ...value] = told[at + 1]!.split('\n');
    settings.push({ key: key!, value: value.length === 0 ? undefined : value.join('\n') });
  }
  return settings;
}
