import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

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
