import { join, resolve } from 'node:path';
import { lastOf, type Settings } from '../../domain/gitSettings.js';
import type { Places } from '../places.js';
import type { GitRunner } from './runner.js';

/** Where the hooks lie. Git itself is asked only where its settings name a place. */
export async function hooksFolder(runner: GitRunner, places: Places, settings: Settings): Promise<string> {
  if (lastOf(settings, 'core.hookspath') === undefined) return join(places.commonDirectory, 'hooks');
  return resolve(places.root, await runner.line(['rev-parse', '--git-path', 'hooks'], { doing: 'looking for the hooks' }));
}
