import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agentIn, agentOfProcess } from '../../src/domain/agents.js';
import { openSession } from '../../src/world/session.js';

const shared = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cxw-session-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
const none = { stdin: false, stderr: false };

describe('who is at the keyboard', () => {
  it.each([
    [{ CLAUDECODE: '1' }, 'claude'], [{ CODEX_THREAD_ID: 't' }, 'codex'], [{ CODEX_SANDBOX_NETWORK_DISABLED: '1' }, 'codex'],
    [{ GEMINI_CLI: '1' }, 'gemini'], [{ AI_AGENT: 'Robo 2' }, 'robo2'], [{ AGENT: 'amp' }, 'amp'],
  ])('sees the agent of %o', (env, agent) => expect(agentIn(env)?.agent).toBe(agent));

  it('sees none in an ordinary shell', () => expect(agentIn({ PATH: '/bin', HOME: '/home/ada', CLAUDECODE: '' })).toBeUndefined());

  it.each([['claude claude --print', 'claude'], ['node node /usr/lib/node_modules/@openai/codex/bin/codex exec', 'codex'], ['codex /opt/codex', 'codex']])('knows the process %s', (line, agent) => {
    expect(agentOfProcess(line)).toBe(agent);
  });
  it.each(['bash bash', 'vim vim claude.md', 'node node server.js', 'git git log codex'.replace(' codex', '')])('does not take %s for one', (line) => {
    expect(agentOfProcess(line)).toBeUndefined();
  });

  it('says the same of the same session, and nothing else of it', async () => {
    const folder = await shared();
    const origin = (id: string) => openSession({ CODEX_SESSION_ID: id }, none, { shared: folder }).origin();
    const [first, again, other] = [await origin('a'), await origin('a'), await origin('b')];
    expect(first.session).toBe(again.session);
    expect(first.session).not.toBe(other.session);
    expect(first).toMatchObject({ seen: 'agent', agent: 'codex' });
  });

  it('salts differently in every repository', async () => {
    const digest = async () => (await openSession({ CODEX_SESSION_ID: 'a' }, none, { shared: await shared() }).origin()).session;
    expect(await digest()).not.toBe(await digest());
  });

  it('reads the actor from the environment as it is written', async () => {
    expect(openSession({ CXW_ACTOR: 'reviewer:kim' }, none, { shared: await shared() }).actor).toBe('reviewer:kim');
  });
});
