import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NOTE_BYTES } from '../../src/domain/delivery/note.js';
import type { WorldError } from '../../src/world/errors.js';
import type { NoteSigning } from '../../src/world/git/index.js';
import { gitRoom } from '../support/room.js';
import { run, workshop, type Workshop } from '../support/workshop.js';

const signing: NoteSigning = { by: { name: 'Ada', email: 'ada@example.org', date: '2026-11-21T08:00:00Z' }, seconds: 20 };
const REF = 'refs/notes/cxw';

async function opened() {
  const bench = await workshop();
  const { notes } = await gitRoom(bench);
  return { bench, notes, head: await bench.git('rev-parse', 'HEAD') };
}

/** What git itself shows. */
const shown = (bench: Workshop, commit = 'HEAD'): Promise<string> => bench.git('notes', '--ref=cxw', 'show', commit);
const history = async (bench: Workshop): Promise<number> => Number(await bench.git('rev-list', '--count', REF));

describe('adding a line', () => {
  test('is what git shows, once, however often it is added, by the name and date given', async () => {
    const { bench, notes, head } = await opened();
    expect(await notes.tip()).toBeUndefined();
    const tip = await notes.add(head, 'one é', signing);
    expect(await notes.add(head, 'one é', signing)).toBe(tip);
    expect(await shown(bench)).toBe('one é');
    expect(await bench.git('log', '-1', '--format=%an %ae %at %cn', REF)).toBe('Ada ada@example.org 1795248000 Ada');
    expect(await bench.git('fsck', '--strict')).not.toMatch(/error|missing/);
    expect(await notes.read(tip, head)).toEqual({ text: 'one é\n' });
    expect(await notes.read(tip, 'e'.repeat(40))).toBeUndefined();
  });

  test('keeps every byte that somebody else noted about the same commit, wherever git put it', async () => {
    const { bench, notes, head } = await opened();
    const theirs = Buffer.from([0x68, 0xff, 0x0a, 0x0a, 0x68, 0xff, 0x0a, 0x0d]);
    await writeFile(join(bench.folder, 'theirs'), theirs);
    await bench.git('notes', '--ref=cxw', 'add', '-C', await bench.git('hash-object', '-w', join(bench.folder, 'theirs')), 'HEAD');
    const tip = await notes.add(head, 'ours', signing);
    expect(await bench.gitBytes('notes', '--ref=cxw', 'show', 'HEAD')).toEqual(Buffer.concat([theirs, Buffer.from('\nours\n')]));
    expect(await notes.read(tip, head)).toMatchObject({ text: expect.stringMatching(/ours\n$/) });
  });

  test('of several at once loses none', async () => {
    const { bench, notes } = await opened();
    const lines = ['a', 'b', 'c', 'd'];
    const head = await bench.git('rev-parse', 'HEAD');
    await Promise.all(lines.map((line) => notes.add(head, line, signing)));
    expect((await shown(bench)).split('\n').sort()).toEqual(lines);
    expect(await history(bench)).toBe(lines.length);
  });

  test('runs no hook, and is not led elsewhere by settings for notes', async () => {
    const { bench, notes, head } = await opened();
    for (const hook of ['reference-transaction', 'post-update', 'pre-commit', 'commit-msg']) {
      await bench.write(`.git/hooks/${hook}`, '#!/bin/sh\necho ran >> "$PWD/../ran"\nexit 1\n');
      await bench.executable(`.git/hooks/${hook}`);
    }
    for (const [key, value] of [['core.notesRef', 'refs/notes/mine'], ['notes.rewriteRef', 'refs/notes/*'], ['notes.mergeStrategy', 'ours'], ['commit.gpgSign', 'true'], ['gpg.program', 'false']]) await bench.git('config', key!, value!);
    await notes.add(head, 'one', signing);
    await expect(bench.read('../ran')).rejects.toThrow(/ENOENT/);
    expect((await bench.git('for-each-ref', '--format=%(refname)', 'refs/notes')).split('\n')).toEqual([REF]);
  });

  test('never writes through a symbolic ref, and not on what is no commit', async () => {
    const { bench, notes, head } = await opened();
    await bench.git('symbolic-ref', REF, 'refs/heads/main');
    await expect(notes.add(head, 'one', signing)).rejects.toMatchObject({ problem: { facts: { said: `${REF} stands for refs/heads/main` } } });
    expect(await bench.git('rev-parse', 'main')).toBe(head);
    await bench.git('symbolic-ref', '-d', REF);
    await bench.git('update-ref', REF, await bench.git('rev-parse', 'HEAD^{tree}'));
    await expect(notes.add(head, 'one', signing)).rejects.toMatchObject({ problem: { facts: { said: `${REF} is a tree` } } });
  });

  test('does not wait for ever on a lock, leaves it, and names the command that removes it', async () => {
    const { bench, notes, head } = await opened();
    await bench.write(`.git/${REF}.lock`, '');
    const error: unknown = await notes.add(head, 'one', signing).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ problem: { code: 'git-locked', facts: { locks: [`${REF}.lock`] } } });
    expect(await bench.read(`.git/${REF}.lock`)).toBe('');
    const remedy = (error as WorldError).problem.commands.find((command) => command.startsWith('rm '))!;
    expect(await run('sh', ['-c', remedy], { cwd: bench.root, env: bench.env })).toMatchObject({ exit: 0 });
    await notes.add(head, 'one', signing);
  });
});

test('a long note is not read', async () => {
  const { bench, notes, head } = await opened();
  await bench.write('../long', 'x'.repeat(NOTE_BYTES + 1));
  await bench.git('notes', '--ref=cxw', 'add', '-F', '../long', 'HEAD');
  expect(await notes.read((await notes.tip())!, head)).toEqual({ bytes: expect.any(Number) });
  await expect(notes.add(head, 'one', signing)).rejects.toMatchObject({ problem: { code: 'git-failed' } });
});

describe('joining the notes of another clone', () => {
  /** Notes of a second line of history, beside those that stand here. */
  async function parted() {
    const { bench, notes, head } = await opened();
    await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Second');
    const second = await bench.git('rev-parse', 'HEAD');
    const theirs = await notes.add(head, 'theirs', signing);
    await notes.add(second, 'only theirs', signing);
    const ahead = (await notes.tip())!;
    await bench.git('update-ref', '-d', REF);
    return { bench, notes, head, second, theirs, ahead };
  }

  test('takes both, and puts together what is about one commit', async () => {
    const { bench, notes, head, second, ahead } = await parted();
    const ours = await notes.add(head, 'ours', signing);
    const joined = await notes.join(ahead, signing);
    expect((await shown(bench, head)).split('\n').sort()).toEqual(['ours', 'theirs']);
    expect(await shown(bench, second)).toBe('only theirs');
    expect((await bench.git('log', '-1', '--format=%P', joined)).split(' ')).toEqual([ours, ahead]);
    expect(await notes.join(ahead, signing)).toBe(joined);
  });

  test('takes theirs as they are where there are none here, or older ones', async () => {
    const { bench, notes, theirs, ahead } = await parted();
    expect(await notes.join(theirs, signing)).toBe(theirs);
    expect(await notes.join(ahead, signing)).toBe(ahead);
    expect(await notes.join(theirs, signing)).toBe(ahead);
    expect(await bench.git('rev-parse', REF)).toBe(ahead);
  });

  test('keeps what a remote has in its notes beside notes, and touches neither worktree nor index', async () => {
    const { bench, notes, head } = await parted();
    await bench.write('odd\nname', 'x\n');
    await bench.write('.gitattributes', '* filter=evil\n');
    await bench.git('config', 'filter.evil.clean', 'touch ../ran; cat');
    const strange = await bench.git('commit-tree', `${head}^{tree}`, '-m', 'Files');
    await bench.write('staged.txt', 'mine\n');
    await bench.write('README.md', await bench.read('README.md'));
    const before = [await bench.git('status', '--porcelain', '-z'), await bench.git('ls-files', '-s')];
    // Git's own status runs the filter; we must not.
    await bench.remove('../ran');
    await notes.add(head, 'ours', signing);
    const joined = await notes.join(strange, signing);
    expect((await bench.git('ls-tree', '-r', '--name-only', joined)).split('\n')).toEqual(expect.arrayContaining(['README.md', expect.stringMatching(/^[0-9a-f]{2}\//)]));
    expect(await shown(bench, head)).toBe('ours');
    await expect(bench.read('../ran')).rejects.toThrow(/ENOENT/);
    expect([await bench.git('status', '--porcelain', '-z'), await bench.git('ls-files', '-s')]).toEqual(before);
  });

  test('takes nothing that is no commit, or is not here', async () => {
    const { bench, notes } = await parted();
    await expect(notes.join(await bench.git('rev-parse', 'HEAD^{tree}'), signing)).rejects.toMatchObject({ problem: { facts: { said: `${REF} is a tree there` } } });
    await expect(notes.join('e'.repeat(40), signing)).rejects.toMatchObject({ problem: { facts: { said: 'eeeeeeeeeeee did not come' } } });
    expect(await notes.tip()).toBeUndefined();
  });
});
