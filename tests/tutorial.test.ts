import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { renewedPage } from './support/transcript.js';

const docs = resolve(import.meta.dirname, '../docs');
const pages = ['tutorial', 'how-to'].flatMap((folder) =>
  readdirSync(join(docs, folder)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`));

/** `UPDATE_DOCS=1 npx vitest run tests/tutorial.test.ts` writes the pages anew; read the difference before you commit it. */
const update = process.env['UPDATE_DOCS'] === '1';

test.each(pages)('a stranger who types the commands of %s sees what it shows', (name) => {
  const path = join(docs, name);
  const page = readFileSync(path, 'utf8');
  const renewed = renewedPage(page);
  if (update) writeFileSync(path, renewed);
  else expect(renewed).toBe(page);
});
