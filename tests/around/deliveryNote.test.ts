import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Remote } from '../../src/world/git/index.js';
import type { World } from '../../src/world/index.js';
import { uninstall } from '../../src/verbs/uninstall.js';
import { codesOf, deliverAgain, deliverIt, givenReady, TICKET } from '../support/given.js';
import { setting } from '../support/setting.js';
import { story, type Story } from '../support/story.js';
import { workshop, type Workshop } from '../support/workshop.js';

const REF = 'refs/notes/cxw';

async function ready(notes: 'none' | 'local' | 'push') {
  const bench = await workshop();
  await bench.write('greeting.txt', 'hello\n');
  const given = await givenReady(bench, { files: ['greeting.txt'], delivery: { notes } });
  return { bench, ...given };
}

const noted = async (bench: Workshop, commit = 'HEAD'): Promise<any[]> => (await bench.git('notes', '--ref=cxw', 'show', commit)).split('\n').map((line) => JSON.parse(line));
const here = (bench: Workshop): Promise<string> => bench.git('for-each-ref', '--format=%(objectname)', REF);
const there = (bench: Workshop): Promise<string> => bench.git('--git-dir', bench.remote, 'for-each-ref', '--format=%(objectname)', REF);

/** Another clone notes something about a commit, and pushes it. */
async function noteFromElsewhere(bench: Workshop, text: string, commit: string): Promise<void> {
  const clone = join(bench.folder, `elsewhere-${text.length}`);
  await bench.git('clone', '--quiet', bench.remote, clone);
  await bench.git('-C', clone, 'fetch', '--quiet', 'origin', `+refs/notes/*:refs/notes/*`);
  await bench.git('-C', clone, 'notes', '--ref=cxw', 'append', '-m', text, commit);
  await bench.git('-C', clone, 'push', '--quiet', 'origin', REF);
}

describe('a delivery', () => {
  test('is noted here where the policy says local: once, and only once the remote confirmed it', async () => {
    const { bench, world, delivered } = await ready('local');
    const outcome = await deliverIt(world);
    expect(outcome).toMatchObject({ ending: 'done', problems: [], data: { state: 'done', note: 'here' }, next: [`cxw verify ${TICKET}`] });
    const { commit } = outcome.data;
    expect(await noted(bench)).toMatchObject([{
      schema: 'cxw/delivery-note@1', ticket: TICKET, commit, branch: 'refs/heads/main', by: 'deliverer:Ada',
      remote: { name: 'origin', ref: 'refs/heads/main', answer: 'names the commit' }, paths: { count: delivered.length },
    }]);
    const [note] = await noted(bench);
    expect([...note.paths.first].sort()).toEqual([...delivered].sort());
    expect(JSON.stringify(note)).not.toContain(bench.folder);
    expect(await there(bench)).toBe('');
    const tip = await here(bench);
    expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { already: true, note: 'here', commit } });
    expect(await here(bench)).toBe(tip);
  });

  test('leaves no note where the policy says none, or nothing', async () => {
    const { bench, world } = await ready('none');
    expect((await deliverIt(world)).data).not.toHaveProperty('note');
    expect(await bench.git('for-each-ref', 'refs/notes')).toBe('');
  });

  test('is not noted when it was refused', async () => {
    const { bench, world } = await ready('push');
    await bench.write('../remote.git/hooks/update', '#!/bin/sh\nexit 1\n');
    await bench.executable('../remote.git/hooks/update');
    expect(codesOf(await deliverIt(world))).toEqual(['push-rejected']);
    expect(await here(bench)).toBe('');
  });

  test('and its note is pushed where the policy says push, with what other clones noted meanwhile', async () => {
    const { bench, world, base } = await ready('push');
    await bench.git('notes', '--ref=cxw', 'add', '-m', 'ours of before', base);
    await noteFromElsewhere(bench, 'from elsewhere', base);
    // What a person fetches by habit must not be what is pushed over theirs.
    await bench.git('config', '--add', 'remote.origin.fetch', '+refs/notes/*:refs/notes/*');
    const outcome = await deliverIt(world);
    expect(outcome).toMatchObject({ ending: 'done', problems: [], data: { note: 'here and on the remote' } });
    expect(await there(bench)).toBe(await here(bench));
    expect(await noted(bench)).toMatchObject([{ commit: outcome.data.commit }]);
    expect((await bench.git('notes', '--ref=cxw', 'show', base)).split('\n').sort()).toEqual(['from elsewhere', 'ours of before']);
    expect(await bench.git('for-each-ref', '--format=%(refname)', 'refs/notes')).toBe(REF);
    await expect(bench.read('.git/FETCH_HEAD')).rejects.toThrow(/ENOENT/);
  });

  test('stands when the remote takes no notes, and the same command makes up for it', async () => {
    const { bench, world } = await ready('push');
    await bench.write('../remote.git/hooks/update', '#!/bin/sh\ncase "$1" in refs/notes/*) echo x >> asked; echo "no notes \u001b[31mhere" >&2; exit 1;; esac\n');
    await bench.executable('../remote.git/hooks/update');
    const outcome = await deliverIt(world);
    expect(outcome).toMatchObject({ ending: 'done', data: { state: 'done', confirmed: true, note: 'here' }, next: [`cxw deliver ${TICKET}`] });
    expect(outcome.problems).toMatchObject([{ code: 'note-not-pushed', severity: 'warning', facts: { said: expect.stringContaining('hook declined') } }]);
    expect(await bench.read('../remote.git/asked')).toBe('x\n');
    expect((await world.ledger.claims()).facts.at(-1)).toMatchObject({ kind: 'released' });
    const tip = await here(bench);
    await bench.remove('../remote.git/hooks/update');
    expect(await deliverAgain(world)).toMatchObject({ ending: 'done', problems: [], data: { already: true, note: 'here and on the remote' } });
    expect([await here(bench), await there(bench)]).toEqual([tip, tip]);
  });

  test('is pushed although others come first, and gives up when they always do', async () => {
    for (const times of [2, 4]) {
      const { bench, world, base } = await ready('push');
      let left = times;
      const push: Remote['push'] = async (target, ...rest) => {
        if (target.ref === REF && left-- > 0) await noteFromElsewhere(bench, `elsewhere ${'x'.repeat(left)}`, base);
        return world.git.remote.push(target, ...rest);
      };
      const remote = new Proxy(world.git.remote, { get: (real, word) => (word === 'push' ? push : Reflect.get(real, word)) });
      const outcome = await deliverIt({ ...world, git: { ...world.git, remote } });
      expect(outcome.problems.map(({ code }) => code)).toEqual(times === 2 ? [] : ['note-not-pushed']);
      expect((await bench.git('--git-dir', bench.remote, 'notes', '--ref=cxw', 'show', base)).split('\n').filter(Boolean)).toHaveLength(Math.min(times, 3));
    }
  });

  test("stands when a person's pre-push hook holds the note back", async () => {
    const { bench, world } = await ready('push');
    await bench.write('.git/hooks/pre-push', '#!/bin/sh\nif grep -q refs/notes; then echo held >&2; exit 1; fi\n');
    await bench.executable('.git/hooks/pre-push');
    expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [{ code: 'note-not-pushed', facts: { said: expect.stringContaining('held') } }] });
    expect(await there(bench)).toBe('');
  });

  test('is noted already where others noted more upon it', async () => {
    const { bench, world, base } = await ready('push');
    await deliverIt(world);
    await noteFromElsewhere(bench, 'from elsewhere', base);
    expect(await deliverAgain(world)).toMatchObject({ ending: 'done', problems: [], data: { already: true, note: 'here and on the remote' } });
    expect(await here(bench)).toBe(await there(bench));
  });

  test('stands when a git that was killed left the notes locked, and the command that frees them is named', async () => {
    const { bench, world } = await ready('local');
    const { data } = await deliverIt(world);
    await bench.git('update-ref', '-d', REF);
    await bench.write('.git/refs/notes/cxw.lock', '');
    const outcome = await deliverAgain(world);
    expect(outcome).toMatchObject({ ending: 'done', data: { commit: data.commit, note: 'nowhere' }, problems: [{ code: 'note-not-written', severity: 'warning' }] });
    expect(outcome.next.join()).toContain('refs/notes/cxw.lock');
    await bench.remove('.git/refs/notes/cxw.lock');
    expect(await deliverAgain(world)).toMatchObject({ ending: 'done', problems: [], data: { note: 'here' } });
  });

  test.each<keyof Remote>(['answer', 'fetch'])('stands when the remote goes away before the notes (%s), and the same command makes up for it', async (word) => {
    const { bench, world, base } = await ready('push');
    await noteFromElsewhere(bench, 'from elsewhere', base);
    const away = `${bench.remote}.away`;
    const leaving = async (target: { ref: string }, ...rest: unknown[]): Promise<unknown> => {
      if (target.ref === REF) await rename(bench.remote, away);
      return (world.git.remote[word] as (...asked: unknown[]) => unknown)(target, ...rest);
    };
    const remote = new Proxy(world.git.remote, { get: (real, asked) => (asked === word ? leaving : Reflect.get(real, asked)) });
    const outcome = await deliverIt({ ...world, git: { ...world.git, remote } });
    expect(outcome).toMatchObject({ ending: 'done', data: { confirmed: true, note: 'here' }, problems: [{ code: 'note-not-pushed', severity: 'warning' }] });
    await rename(away, bench.remote);
    expect(await deliverAgain(world)).toMatchObject({ ending: 'done', problems: [], data: { note: 'here and on the remote' } });
  });

  test('stands when the push of its note cannot be remembered here', async () => {
    const { bench, world } = await ready('push');
    const kept = join(bench.root, `.git/cxw/tickets/${TICKET}/private`);
    let pushes = 0;
    const saveChild: World['private']['saveChild'] = async (ticket, child) => {
      if (child !== undefined && ++pushes === 2) {
        await rename(kept, `${kept}-aside`);
        await writeFile(kept, 'a file in its place');
      }
      return world.private.saveChild(ticket, child);
    };
    const outcome = await deliverIt({ ...world, private: { ...world.private, saveChild } });
    expect(outcome).toMatchObject({ ending: 'done', data: { confirmed: true, note: 'here' }, problems: [{ code: 'note-not-pushed', facts: { said: expect.stringContaining('directory') } }] });
  });

  test('that no remote confirmed is not noted, whatever the policy wished', async () => {
    const bench = await workshop();
    await bench.write('greeting.txt', 'hello\n');
    const { world } = await givenReady(bench, { files: ['greeting.txt'], delivery: { mode: 'commit', notes: 'local' } });
    const outcome = await deliverIt(world);
    expect(outcome).toMatchObject({ ending: 'done', problems: [], data: { mode: 'commit' } });
    expect(outcome.data.note).toBeUndefined();
    expect(await here(bench)).toBe('');
  });

  test('stands when the note cannot be written', async () => {
    const { bench, world } = await ready('push');
    await bench.git('symbolic-ref', REF, 'refs/heads/main');
    const outcome = await deliverIt(world);
    expect(outcome).toMatchObject({ ending: 'done', data: { note: 'nowhere', confirmed: true }, problems: [{ code: 'note-not-written', severity: 'warning' }], next: [`cxw deliver ${TICKET}`] });
    expect(await bench.git('rev-parse', 'main')).toBe(outcome.data.commit);
    expect(await there(bench)).toBe('');
  });
});

test('a policy that wants notes of deliveries without a remote contradicts itself', async () => {
  const told = await story({ init: ['--delivery', 'commit'] });
  await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace('\ndelivery:\n', '\ndelivery:\n  notes: push\n'));
  const { exit, answer } = await told.json('validate', '.cxw/policy.yaml');
  expect(exit).toBe(3);
  expect(answer.problems).toMatchObject([{ code: 'policy-contradiction', file: '.cxw/policy.yaml', line: expect.any(Number) }]);
});

test('uninstall says that the notes stay, and which command removes them', async () => {
  const bench = await workshop();
  await bench.git('notes', '--ref=cxw', 'add', '-m', 'one', 'HEAD');
  const outcome = await uninstall(await setting(bench), { dryRun: true, purge: false, inDelivery: [] });
  const remark = outcome.problems.find(({ code }) => code === 'notes-stay')!;
  await bench.git(...remark.commands[0]!.split(' ').slice(1));
  expect(await here(bench)).toBe('');
});

/** A story that was delivered with a note, and a clone that has fetched it. */
async function fetched(): Promise<{ told: Story; clone: string; git: (...words: string[]) => Promise<string>; ask: (...words: string[]) => Promise<{ exit: number; answer: any }>; commit: string }> {
  const told = await story();
  await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace('\ndelivery:\n', '\ndelivery:\n  notes: push\n'));
  await told.git('add', '--', 'AGENTS.md', '.cxw', 'tickets', 'agent', 'docs');
  await told.git('commit', '--quiet', '--message', 'Set up cxw');
  await told.git('push', '--quiet');
  await told.ready();
  const { data } = await told.ok('deliver');
  expect(data.note).toBe('here and on the remote');
  const clone = join(told.folder, 'clone');
  await told.git('clone', '--quiet', `file://${told.remote}`, clone);
  const git = (...words: string[]): Promise<string> => told.git('-C', clone, ...words);
  await git('config', 'user.email', 'eve@example.org');
  const ask = async (...words: string[]) => {
    const { exit, stdout } = await told.cxwWith({ cwd: clone }, ...words, '--json');
    return { exit, answer: JSON.parse(stdout) };
  };
  return { told, clone, git, ask, commit: data.commit };
}

test('in another clone the note is read by verify and log, and believed only as far as it agrees', async () => {
  const { told, clone, git, ask, commit } = await fetched();
  const verified = async (...problems: object[]) => {
    const { exit, answer } = await ask('verify', told.ticket);
    expect(exit).toBe(0);
    expect(answer.problems).toMatchObject(problems);
    return answer.data.tickets[0];
  };
  const before = await verified();
  expect(before).not.toHaveProperty('note');
  expect((await ask('log', told.ticket)).answer.data).not.toHaveProperty('noted');

  await git('fetch', '--quiet', 'origin', `${REF}:${REF}`);
  const { note, deliveredAt, ...rest } = await verified();
  expect(rest).toEqual(before);
  expect({ note, deliveredAt }).toEqual({ note: 'agrees', deliveredAt: expect.stringMatching(/^2\d{3}-.*Z$/) });
  expect((await ask('log', told.ticket)).answer.data).toMatchObject({ source: 'sealed', noted: { at: deliveredAt, says: expect.stringContaining(`origin names the commit ${commit.slice(0, 12)}`) } });
  expect((await told.cxwWith({ cwd: clone }, 'log', told.ticket)).stdout).toContain('Noted by deliverer:Ada');

  // Eve puts her own beside it, and then in its place.
  const forged = { ...JSON.parse(await git('notes', '--ref=cxw', 'show', commit)), seal: `sha256:${'0'.repeat(64)}`, branch: 'refs/heads/\u001b[31mevil' };
  await git('notes', '--ref=cxw', 'append', '-m', JSON.stringify(forged), commit);
  expect((await verified({ code: 'note-differs', severity: 'warning', message: expect.stringContaining('seal, branch') })).note).toBe('agrees');
  await git('notes', '--ref=cxw', 'add', '--force', '-m', JSON.stringify(forged), commit);
  expect(await verified({ code: 'note-differs' })).toMatchObject({ note: 'differs', evidence: 'consistent' });
  expect((await ask('log', told.ticket)).answer).toMatchObject({ ok: true, problems: [{ code: 'note-differs' }] });
  expect((await ask('log', told.ticket)).answer.data).not.toHaveProperty('noted');

  await git('notes', '--ref=cxw', 'add', '--force', '-m', 'hello \u001b[31m', commit);
  expect((await verified({ code: 'note-unreadable' })).note).toBe('unreadable');
  await told.write('../long', `${JSON.stringify(forged)}\n`.repeat(3000));
  await git('notes', '--ref=cxw', 'add', '--force', '-F', join(told.folder, 'long'), commit);
  expect((await verified({ code: 'note-unreadable', message: expect.stringMatching(/it has \d{6,} bytes/) })).note).toBe('unreadable');
  for (const words of [['verify', told.ticket], ['log', told.ticket]]) expect((await told.cxwWith({ cwd: clone }, ...words)).stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
});
