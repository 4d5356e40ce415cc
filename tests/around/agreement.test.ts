import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GREETER, story, type Story } from '../support/story.js';

const AGENTS: Record<string, string>[] = [{ CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'BBBB' }, { CODEX_SANDBOX: 'seatbelt' }];

async function byAgent(told: Story, env: Record<string, string>, ...args: string[]): Promise<any> {
  return JSON.parse((await told.cxwWith({ env }, ...args, '--json')).stdout);
}
const codesOf = ({ problems }: any): string[] => problems.filter(({ severity }: any) => severity === 'error').map(({ code }: any) => code);

const hookOf = (told: Story): string => join(told.root, '.git/hooks/pre-commit');
const plantHook = (told: Story): Promise<void> => writeFile(hookOf(told), '#!/bin/sh\ntouch "$(git rev-parse --absolute-git-dir)/ran"\n', { mode: 0o755 });

test('what was planted is let in by a person only: an agent that refreshes, under any name, is refused; without it, it may', async () => {
  const told = await story();
  await told.ready();
  await plantHook(told);
  await told.git('config', 'remote.origin.pushurl', join(told.folder, 'elsewhere.git'));
  for (const env of AGENTS) {
    for (const as of [[], ['--as', 'human:Ada']]) {
      const answer = await byAgent(told, env, 'rework', '--refresh', ...as);
      expect(codesOf(answer)).toEqual(['repository-altered', 'repository-altered', 'person-needed']);
      expect(answer.next).toContain(`cxw rework ${told.ticket} --refresh --as human:NAME`);
    }
  }
  expect((await told.ok('status')).data.state).toBe('writer_assigned');
  await rm(hookOf(told));
  await told.git('config', '--unset', 'remote.origin.pushurl');
  expect(await byAgent(told, AGENTS[1]!, 'rework', '--refresh')).toMatchObject({ ok: true, data: { state: 'source_lock_validated' } });
});

test('what comes between a refresh and the discovery is let in by nobody, until a person refreshes on it; then an agent goes on', async () => {
  const told = await story();
  await told.ready();
  expect((await byAgent(told, AGENTS[1]!, 'rework', '--refresh')).ok).toBe(true);
  await plantHook(told);
  expect(codesOf(await byAgent(told, AGENTS[1]!, 'deliver'))).toEqual(['repository-altered']);
  expect((await told.refused('repository-altered', 'deliver')).next).toEqual([`cxw rework ${told.ticket} --refresh --as human:NAME`]);
  await told.ok('rework', '--refresh', '--as', 'human:Ada');
  await told.git('config', 'core.sshCommand', 'false');
  expect(codesOf(await byAgent(told, AGENTS[1]!, 'advance'))).toEqual(['repository-altered']);
  await told.git('config', '--unset', 'core.sshCommand');
  expect(await byAgent(told, AGENTS[1]!, 'deliver')).toMatchObject({ ok: true, data: { confirmed: true } });
  await expect(readFile(join(told.root, '.git/ran'), 'utf8')).resolves.toBe('');
});

test('what was kept of it is no better lost than altered: an agent may not begin anew without it', async () => {
  const told = await story();
  await told.ready();
  await plantHook(told);
  await told.remove(`.git/cxw/tickets/${told.ticket}/private`);
  expect(codesOf(await byAgent(told, AGENTS[0]!, 'rework', '--refresh'))).toContain('baseline-lost');
  await told.ok('rework', '--refresh');
  expect(codesOf(await byAgent(told, AGENTS[0]!, 'deliver'))).toEqual(['baseline-lost']);
  await told.ok('advance', '--adopt');
});

const agreedTo = ({ problems }: any): string[] => problems.filter(({ code }: any) => code === 'altered-agreed').map(({ severity, message }: any) => `${severity}: ${message}`);

test('a person who refreshes is told what they agree to, by name, before git starts any of it; the log, the reviewer and the records hold how much it was', async () => {
  const told = await story();
  await told.ready();
  await plantHook(told);
  await told.git('config', 'filter.planted.clean', `touch ${join(told.root, '.git/filtered')}; cat`);
  await told.write('.git/info/attributes', '*.js filter=planted\n');
  await told.write('greet.js', await told.read('greet.js'));
  const refreshed = await told.ok('rework', '--refresh', '--as', 'human:Ada');
  expect(agreedTo(refreshed)).toEqual([
    expect.stringMatching(/^warning: A hook changed .*: hooks\/pre-commit\./),
    expect.stringMatching(/^warning: A filter changed .*: filter\.planted\.clean\./),
    expect.stringMatching(/^warning: git's attributes, ignore rules or sparse checkout changed .*: info\/attributes\./),
  ]);
  await expect(told.read('.git/filtered')).rejects.toThrow();
  expect(agreedTo(await told.ok('rework', '--refresh', '--as', 'human:Ada'))).toEqual([]);

  await told.ok('advance', '--until-blocked');
  const inWords = 'agreed to 1 altered hook, 1 altered filter, 1 altered attributes file';
  expect((await told.cxw('log')).stdout).toContain(inWords);
  expect((await told.ok('brief', 'reviewer')).data.text).toContain(`- human:Ada ${inWords}.`);
  await told.ok('deliver');
  expect(await told.read(`tickets/records/${told.ticket}/result.md`)).toContain(inWords);
});

test('a refresh that was cut short after its fact loses nothing: what was agreed to is kept before it', async () => {
  const told = await story();
  await told.ready();
  const kept = join(told.root, `.git/cxw/tickets/${told.ticket}/private/baseline.json`);
  await plantHook(told);
  const before = JSON.parse(await readFile(kept, 'utf8'));
  await told.ok('rework', '--refresh', '--as', 'human:Ada');
  const after = JSON.parse(await readFile(kept, 'utf8'));
  expect([after.fingerprints, after.agreed]).toEqual([before.fingerprints, expect.anything()]);
  expect(await byAgent(told, AGENTS[1]!, 'deliver')).toMatchObject({ ok: true, data: { confirmed: true } });
});

test('what is agreed to counts only once its fact is there', async () => {
  const told = await story();
  await told.ready();
  const facts = `.git/cxw/tickets/${told.ticket}`;
  const kept = `${facts}/private/baseline.json`;
  await plantHook(told);
  const before = await told.read(kept);
  await told.ok('rework', '--refresh', '--as', 'human:Ada');
  const { agreed } = JSON.parse(await told.read(kept));
  await rm(hookOf(told));
  await told.ok('rework', '--refresh', '--as', 'human:Ada');
  await told.write(kept, JSON.stringify({ ...JSON.parse(before), agreed }));
  await plantHook(told);
  // The hook stands as it is kept, and no fact vouches for that any more; what was there before still counts.
  expect(codesOf(await byAgent(told, AGENTS[1]!, 'advance'))).toEqual(['repository-altered']);
});

test('attributes that no scope holds are not exempt because a pattern of the scope would match their name', async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--file', 'info/attributes', '--prove', 'node --test greet.test.js'] });
  await told.ready();
  await told.write('.git/info/attributes', '*.js filter=planted\n');
  await told.refused('repository-altered', 'deliver');
});

test('a program of the worktree that a filter starts may be changed by the ticket that names it, and by no other', async () => {
  const told = await story({ files: { ...GREETER, 'tools/clean.sh': 'cat\n' }, ticket: ['--file', 'greet.js', '--file', 'tools/clean.sh', '--prove', 'node --test greet.test.js'] });
  await told.git('config', 'filter.own.clean', 'sh ./tools/clean.sh');
  await told.write('.git/info/attributes', '*.md filter=own\n');
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.write('tools/clean.sh', '# as planned\ncat\n');
  await told.ok('advance', '--until-blocked');
  const other = await story({ files: { ...GREETER, 'tools/clean.sh': 'cat\n' } });
  await other.git('config', 'filter.own.clean', 'sh ./tools/clean.sh');
  await other.write('.git/info/attributes', '*.md filter=own\n');
  await other.ready();
  await other.write('tools/clean.sh', 'touch .git/ran; cat\n');
  await other.write('README.md', '# Greeter\n');
  expect((await other.refused('repository-altered', 'deliver')).problems[0].message).toContain('./tools/clean.sh');
  await expect(other.read('.git/ran')).rejects.toThrow();
});
