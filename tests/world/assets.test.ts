import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PACK_NAMES } from '../../src/domain/packs.js';
import { openAssets } from '../../src/world/assets.js';

const shipped = (readdirSync('templates', { recursive: true, withFileTypes: true }))
  .flatMap((entry) => (entry.isFile() ? [`${entry.parentPath}/${entry.name}`.slice('templates/'.length).replaceAll(/(^|\/)dot-/g, '$1.')] : [])).sort();

const told = async (packs: readonly string[]): Promise<string[]> => (await openAssets().templates(packs)).map(({ path }) => path).sort();

test('the templates of the core, and those of the packs that are named and of no other', async () => {
  expect(await told([])).toEqual(shipped.filter((path) => !path.startsWith('packs/')));
  expect(await told(['codex'])).toEqual(shipped.filter((path) => !path.startsWith('packs/') || path.startsWith('packs/codex/')));
  expect(await told(PACK_NAMES)).toEqual(shipped);
});
