import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deliver } from '../../src/verbs/deliver.js';
import { makeDirty, snapshot, TRACKED } from '../support/dirt.js';
import { givenReady, readyWalk, TICKET, worldOf } from '../support/given.js';
import { Killed, mortal } from '../support/mortal.js';
import { run, workshop, type Workshop } from '../support/workshop.js';

const request = { ticket: TICKET, actor: { role: 'deliverer', name: 'Ada' } as const, dryRun: false };

/** A copy of a workshop, remote and all, with its own verbs. */
async function copyOf(bench: Workshop, name: string): Promise<Workshop> {
  const folder = join(bench.folder, name);
  await mkdir(folder);
  await run('cp', ['-a', bench.root, bench.remote, folder], {});
  const root = join(folder, 'repo');
  return {
    ...bench, root, remote: join(folder, 'remote.git'), folder,
    git: (...args) => bench.git('-C', root, ...args), gitBytes: (...args) => bench.gitBytes('-C', root, ...args),
  };
}

test('killed before or after any call to the world, the next run delivers once and loses nothing', { timeout: 600_000 }, async () => {
  const bench = await workshop({ ...TRACKED, 'greeting.txt': 'old\n', 'gone.txt': 'x\n' });
  await makeDirty(bench);
  await bench.write('greeting.txt', 'hello\n');
  await bench.write('-n', 'new\n');
  await bench.remove('gone.txt');
  // A relative push URL keeps the copies apart: each has its own remote beside it.
  await bench.git('remote', 'set-url', 'origin', '../remote.git');
  const { base, delivered } = await givenReady(bench, { files: ['greeting.txt', '-n', 'gone.txt'] });
  const isDelivered = (path: string): boolean => (delivered as string[]).includes(path);
  const before = await snapshot(bench, isDelivered);

  const whole = await copyOf(bench, 'whole');
  const counted = mortal(await worldOf(whole), Infinity, 'before');
  await deliver(counted.world, request, readyWalk(counted.world));
  const names = counted.calls.names;
  expect(names.length).toBeGreaterThan(40);

  // Between two calls that only read nothing changes, so dying there once is dying there always.
  const deaths = names.flatMap((name, at) => [
    ...(READS.test(name) && at > 0 && READS.test(names[at - 1]!) ? [] : [[at + 1, 'before'] as const]),
    ...(READS.test(name) ? [] : [[at + 1, 'after'] as const]),
  ]);
  expect(deaths.length).toBeGreaterThan(30);
  for (const [at, when] of deaths) {
    const copy = await copyOf(bench, `${when}-${at}`);
    const dying = mortal(await worldOf(copy), at, when);
    await expect(deliver(dying.world, request, readyWalk(dying.world)), `${when} ${names[at - 1]}`).rejects.toThrow(Killed);
    const resumed = await worldOf(copy);
    const outcome = await deliver(resumed, request, readyWalk(resumed));
    const told = `${when} call ${at}, ${names[at - 1]}`;
    expect(outcome.problems, told).toEqual([]);
    expect(outcome, told).toMatchObject({ ending: 'done', data: { state: 'done', confirmed: true } });
    expect(await copy.git('rev-parse', 'HEAD', 'HEAD^'), told).toBe(`${outcome.data.commit}\n${base}`);
    expect(await copy.git('--git-dir', copy.remote, 'rev-parse', 'main'), told).toBe(outcome.data.commit);
    expect(await snapshot(copy, isDelivered), told).toEqual(before);
    expect(await copy.git('diff-index', '--cached', '--name-only', 'HEAD', '--', ...delivered.map((path) => `:(literal)${path}`)), told).toBe('');
    expect((await resumed.ledger.claims()).facts.at(-1), told).toMatchObject({ kind: 'released' });
    await rm(copy.folder, { recursive: true, force: true });
  }
});

/** Calls that leave the world as it was. */
const READS = /\.(read|head|readIndex|ask|answer|survey|fullSurvey|operation|identity|identify|replacements|locks|configuration|ignored|exists|contains|difference|entries|signs|child|lines|claims|commit|between|withTrailer|resolve|baseline|look|existing)$/;
