import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import type { RepoPath } from '../../../src/domain/paths.js';
import { openFiles } from '../../../src/world/files.js';
import { workshop } from '../../support/workshop.js';
import { amount } from '../../support/amounts.js';

const json = (path: string): any => JSON.parse(readFileSync(resolve(import.meta.dirname, '../../..', path), 'utf8'));

/** Checks of how the tool is made, by the names that attacks call them. */
export const CHECKS = {
  'swapped-while-read': swappedWhileRead,
  pinned,
} satisfies Record<string, () => Promise<void>>;

/** Somebody exchanges a file and a link to a file outside, as quickly as they can, while it is read again and again. */
async function swappedWhileRead(): Promise<void> {
  const shop = await workshop({ 'a.txt': 'inside' });
  await shop.write('../outside.txt', 'outside');
  const swapping = spawn('sh', ['-c', 'while :; do ln -s ../outside.txt l && mv l a.txt; printf inside > f && mv f a.txt; done'], { cwd: shop.root, stdio: 'ignore' });
  const files = openFiles(shop.root);
  const seen = { read: 0, refused: 0 };
  try {
    while (seen.read < amount(2000) || seen.refused < amount(200)) {
      const read = await files.read('a.txt' as RepoPath).catch((error: Error) => error);
      if (read instanceof Error) seen.refused += 1;
      else if (read !== undefined) seen.read += Number(expect(read.toString()).toBe('inside') ?? true);
    }
  } finally {
    swapping.kill('SIGKILL');
  }
}

/** What the package is made of: exact versions, in a lockfile with digests, and nothing that runs when it is installed. */
async function pinned(): Promise<void> {
  const { dependencies = {}, devDependencies, scripts } = json('package.json');
  expect(Object.keys(dependencies)).toEqual([]);
  for (const version of Object.values(devDependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$|^prepublish$/.test(name))).toEqual([]);
  const locked = Object.entries<any>(json('package-lock.json').packages).filter(([path]) => path !== '');
  for (const [path, { integrity }] of locked) expect(integrity, path).toMatch(/^sha512-/);
}
