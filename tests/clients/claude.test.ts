import { describe, expect, test } from 'vitest';
import { ROLES } from '../../src/domain/roles.js';
import { spawned, type Ran } from '../support/workshop.js';
import { installed } from './installed.js';
import { modelServer, type ModelServer, type Script } from './modelServer.js';
import { clientRoom, linesOf, PACKAGE } from './room.js';

const { program, why } = await installed('@anthropic-ai/claude-code');
const NAMES = ROLES.map((role) => `cxw-${role.replaceAll('_', '-')}`);
const SKILLS = ['cxworkflow', 'new-feature', 'review-fix', 'review-ready'];

type Room = Awaited<ReturnType<typeof clientRoom>>;

interface Session {
  model: ModelServer;
  ran: Ran;
  /** What the client says that it has loaded. */
  loaded: { agents: string[]; skills: string[]; plugins: { name: string; version?: string }[] };
}

/** A session without a person, with a model that this test speaks for. */
async function session({ bench, env }: Room, prompt: string, { script, flags = [] }: { script?: Script; flags?: string[] } = {}): Promise<Session> {
  const model = await modelServer(script);
  const own = { ANTHROPIC_BASE_URL: `http://127.0.0.1:${model.port}`, ANTHROPIC_API_KEY: 'dummy', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', CLAUDE_CODE_MAX_RETRIES: '0' };
  const ran = await spawned(program!, ['-p', '--output-format', 'stream-json', '--verbose', '--permission-mode', 'dontAsk', '--allowedTools=Bash,Agent,Skill', ...flags, '--', prompt], { cwd: bench.root, env: { ...env, ...own } });
  const loaded = linesOf(ran.stdout).find(({ type, subtype }) => type === 'system' && subtype === 'init');
  return { model, ran, loaded };
}

const hasResult = (body: any): boolean => JSON.stringify(body.messages).includes('"tool_result"');
const isChild = ({ headers }: { headers: Record<string, unknown> }): boolean => headers['x-claude-code-agent-id'] !== undefined;

describe.skipIf(program === undefined)(`Claude Code${why === undefined ? '' : `, skipped: ${why}`}`, () => {
  test('loads AGENTS.md once, through CLAUDE.md, and every role and skill', async () => {
    const { model, ran, loaded } = await session(await clientRoom('all'), 'Hello.');
    expect(ran.exit).toBe(0);
    expect(loaded.agents).toEqual(expect.arrayContaining(NAMES));
    expect(loaded.skills).toEqual(expect.arrayContaining(SKILLS));
    const { text } = model.asked[0]!;
    expect(text.split('## Ticketed work (cxw)')).toHaveLength(2);
    for (const name of [...NAMES, ...SKILLS]) expect(text).toContain(name);
  });

  test('loads none of it where the pack is not, so its presence means something', async () => {
    const { loaded } = await session(await clientRoom('codex'), 'Hello.');
    expect(loaded.agents.filter((name) => name.startsWith('cxw-'))).toEqual([]);
    expect(loaded.skills.filter((name) => SKILLS.includes(name))).toEqual([]);
  });

  test('gives a sub-agent its role, and a reviewer no tool that writes', async () => {
    const script: Script = (asked) => (isChild(asked) || hasResult(asked.body) ? [] : [{ name: 'Agent', input: { description: 'Review', prompt: 'Review TKT-1.', subagent_type: 'cxw-reviewer' } }]);
    const { model } = await session(await clientRoom('claude'), 'Have it reviewed.', { script });
    const child = model.asked.find(isChild);
    expect(child?.text).toContain('You did not write any of it.');
    expect(child?.text).toContain('cxw brief reviewer TICKET');
    const tools = (child!.body.tools as { name: string }[]).map(({ name }) => name);
    expect(tools).toEqual(expect.arrayContaining(['Bash', 'Read']));
    expect(tools.filter((name) => /Write|Edit/.test(name))).toEqual([]);
  });

  test('reads a skill that is named', async () => {
    const { model } = await session(await clientRoom('claude'), '/review-ready');
    expect(model.asked.map(({ text }) => text).join()).toContain('Change nothing between the proofs and the review');
  });

  test('runs cxw, which knows by whom it is run', async () => {
    const script: Script = ({ body }) => (hasResult(body) ? [] : [{ name: 'Bash', input: { command: 'cxw status --json', description: 'Look' } }]);
    const { model } = await session(await clientRoom('claude'), 'Where does it stand?', { script });
    expect(model.asked.at(-1)!.text).toContain('cxw/status@1');
  });

  test('finds the plugin and its marketplace valid, and has its skills in a repository without any', async () => {
    const room = await clientRoom();
    for (const folder of [`${PACKAGE}/plugins/cxw`, PACKAGE]) {
      const { exit, stdout } = await spawned(program!, ['plugin', 'validate', folder], { cwd: room.bench.root, env: room.env });
      expect([exit, stdout]).toEqual([0, expect.stringContaining('Validation passed')]);
    }
    const { loaded } = await session(room, 'Hello.', { flags: ['--plugin-dir', `${PACKAGE}/plugins/cxw`] });
    expect(loaded.plugins.map(({ name }) => name)).toContain('cxw');
    expect(loaded.skills).toEqual(expect.arrayContaining(SKILLS.map((skill) => `cxw:${skill}`)));
  });
});
