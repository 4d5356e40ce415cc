import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDirty, snapshot, TRACKED } from '../support/dirt.js';
import { CXW, run, workshop, type Workshop } from '../support/workshop.js';

const PROJECT = {
  ...TRACKED,
  'package.json': JSON.stringify({ name: 'greeter', type: 'module', scripts: { test: 'node --test greet.test.js' } }),
  'greet.js': "export const greet = (name) => `Helo, ${name}!`;\n",
  'greet.test.js': "import { test } from 'node:test';\nimport { equal } from 'node:assert/strict';\nimport { greet } from './greet.js';\ntest('greets', () => equal(greet('Ada'), 'Hello, Ada!'));\n",
};

const isOurs = (path: string): boolean => /^(AGENTS\.md|\.cxw|tickets|agent|docs)(\/|$)/.test(path) || path === 'greet.js';

async function succeeds(shop: Workshop, ...args: string[]): Promise<any> {
  const { exit, answer } = await shop.json(...args);
  expect(exit, JSON.stringify(answer, undefined, 1)).toBe(0);
  return answer;
}

describe('the main job', () => {
  it('takes a quick ticket from nothing to delivered and verified with nine commands, in a repository full of other work', async () => {
    const shop = await workshop(PROJECT);
    await makeDirty(shop);
    const before = await snapshot(shop, isOurs);

    await succeeds(shop, 'init');
    const created = await succeeds(shop, 'ticket', 'new', '--quick', 'Fix the greeting', '--file', 'greet.js', '--prove', 'npm test', '--accept', 'When somebody is greeted, greet shall say Hello.');
    const ticket: string = created.data.id ?? created.data.ticket;
    expect((await succeeds(shop, 'advance', '--until-blocked')).data.state).toBe('writer_assigned');

    await shop.write('greet.js', "export const greet = (name) => `Hello, ${name}!`;\n");
    const { changeSet } = (await succeeds(shop, 'status')).data;
    expect(changeSet).toMatch(/^sha256:[0-9a-f]{64}$/);
    await succeeds(shop, 'record', 'self-review', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'One letter.');
    await succeeds(shop, 'record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read it.');
    await succeeds(shop, 'record', 'curation', '--memory', 'none');
    const delivered = await succeeds(shop, 'deliver');
    expect(delivered.data.state).toBe('done');
    await succeeds(shop, 'verify', ticket);

    expect(await snapshot(shop, isOurs)).toEqual(before);
    expect(await shop.git('rev-parse', 'HEAD')).toBe((await shop.git('ls-remote', 'origin', 'refs/heads/main')).split('\t')[0]);
    const delta = (await shop.git('diff-tree', '-r', '--no-commit-id', '--name-only', 'HEAD')).split('\n');
    expect(delta.every((path) => path === 'greet.js' || path === `tickets/${ticket}.yaml` || path.startsWith(`tickets/records/${ticket}/`))).toBe(true);
    expect(delta).toContain('greet.js');

    const clone = join(shop.folder, 'clone');
    await run('git', ['clone', '--quiet', shop.remote, clone], { env: shop.env });
    const verified = await run(process.execPath, [CXW, 'verify', ticket, '--rerun', '--delivered', '--json'], { cwd: clone, env: shop.env });
    expect(verified.exit, verified.stdout).toBe(0);
  });

  it('publishes nothing private with the records', async () => {
    const shop = await workshop(PROJECT);
    await shop.write('very-private-name.txt', 'private\n');
    await succeeds(shop, 'init');
    await succeeds(shop, 'ticket', 'new', '--quick', 'Fix the greeting', '--file', 'greet.js', '--prove', 'npm test');
    await succeeds(shop, 'advance', '--until-blocked');
    await shop.write('greet.js', "export const greet = (name) => `Hello, ${name}!`;\n");
    const { changeSet } = (await succeeds(shop, 'status')).data;
    const secret = { CXW_TEST_API_TOKEN: 'sentinel-value-4711' };
    const record = (...args: string[]) => shop.cxwWith({ env: secret }, 'record', ...args);
    await record('self-review', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'One letter.');
    await record('review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read it.');
    await record('curation', '--memory', 'none');
    expect((await shop.cxwWith({ env: secret }, 'deliver')).exit).toBe(0);
    const commit = await shop.git('show', '--no-color', 'HEAD');
    for (const word of ['very-private-name', 'sentinel-value-4711', shop.root, shop.folder]) expect(commit).not.toContain(word);
  });
});
