import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agentIn, agentOfProcess, handedOn } from '../../src/domain/agents.js';
import { gitEnvironment } from '../../src/world/git/environment.js';
import { ancestors, describedByPs } from '../../src/world/processes.js';
import { openSession } from '../../src/world/session.js';

const shared = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cxw-session-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
const none = { stdin: {}, stderr: {} };

describe('who is at the keyboard', () => {
  it.each([
    [{ CLAUDECODE: '1' }, 'claude'], [{ CODEX_THREAD_ID: 't' }, 'codex'], [{ CODEX_SANDBOX_NETWORK_DISABLED: '1' }, 'codex'],
    [{ GEMINI_CLI: '1' }, 'gemini'], [{ AI_AGENT: 'Robo 2' }, 'robo2'], [{ AGENT: 'amp' }, 'amp'],
  ])('sees the agent of %o', (env, agent) => expect(agentIn(env)?.agent).toBe(agent));

  it('sees none in an ordinary shell, nor in what a person or an editor sets', () => {
    expect(agentIn({ PATH: '/bin', HOME: '/home/ada', CLAUDECODE: '', CODEX_HOME: '/home/ada/.codex', CLAUDE_CODE_SSE_PORT: '4711', CLAUDE_CODE_USE_BEDROCK: '1' })).toBeUndefined();
  });

  it.each([['claude --print', 'claude'], ['node /usr/lib/node_modules/@openai/codex/bin/codex exec', 'codex'], ['/opt/codex exec', 'codex'], ['node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js', 'claude']])('knows the process %s', (line, agent) => {
    expect(agentOfProcess(line)).toBe(agent);
  });
  it.each(['bash', 'vim claude', 'vim claude.md', 'node server.js', 'git log codex', 'su codex', ''])('does not take %s for one', (line) => {
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

  it.each([{ CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'a' }, { CODEX_THREAD_ID: 'a' }, { GEMINI_CLI: '1' }, { AGENT: 'amp' }, {}])('is seen alike by a cxw that has nothing of %o but what was handed on', (env) => {
    expect(agentIn(handedOn(env))).toEqual(agentIn(env));
    expect(handedOn(handedOn(env))).toEqual(handedOn(env));
  });

  it('is told to git by marks of our own alone, and where there is no agent by none', () => {
    const named = (env: Record<string, string>): string[] => Object.keys(gitEnvironment(env)).filter((name) => /^(CXW|CLAUDE|CODEX)/.test(name));
    expect(named({ CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'a' })).toEqual(['CXW_AGENT', 'CXW_AGENT_SESSION_KEY']);
    expect(named({ PATH: '/bin', CXW_ACTOR: 'human:Ada' })).toEqual([]);
  });

  it('is made an agent by what was handed on, and never another one or none', () => {
    const handed = { CXW_AGENT: 'codex', CXW_AGENT_SESSION_KEY: 'b' };
    expect(agentIn({ CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'a', ...handed })).toEqual({ agent: 'claude', session: 'a' });
    expect(agentIn({ GEMINI_CLI: '1', ...handed })).toEqual({ agent: 'gemini', session: 'b' });
    for (const CXW_AGENT of ['', 'none', '-']) expect(agentIn({ CLAUDECODE: '1', CXW_AGENT })?.agent).toBe('claude');
    expect(agentIn({ CXW_AGENT: '\u001b[0m!' })?.agent).toMatch(/^[a-z0-9._-]+$/);
  });

  it('reads the actor from the environment as it is written', async () => {
    expect(openSession({ CXW_ACTOR: 'reviewer:kim' }, none, { shared: await shared() }).actor).toBe('reviewer:kim');
  });
});

describe('the processes above', () => {
  it('begin with the parent, and end before the first of all', () => {
    const above = ancestors();
    expect(above[0]?.pid).toBe(process.ppid);
    expect(above.every(({ pid, started }) => pid > 1 && started !== '')).toBe(true);
  });

  it('are told by ps where there is no /proc', () => {
    const own = describedByPs()(process.pid);
    expect(own).toMatchObject({ parent: process.ppid });
    expect(own?.name).toContain('node');
    expect(describedByPs()(2 ** 22 + 1)).toBeUndefined();
  });
});
