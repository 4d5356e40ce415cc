import { describe, expect, test } from 'vitest';
import { ROLES } from '../../src/domain/roles.js';
import { spawned, type Ran } from '../support/workshop.js';
import { installed } from './installed.js';
import { modelServer, type ModelServer, type Script } from './modelServer.js';
import { clientRoom, linesOf, PACKAGE } from './room.js';

const { program, why } = await installed('@openai/codex');
const NAMES = ROLES.map((role) => `cxw-${role.replaceAll('_', '-')}`);
const SKILLS = ['cxworkflow', 'new-feature', 'review-fix', 'review-ready'];

type Room = Awaited<ReturnType<typeof clientRoom>>;

const codex = ({ bench, env }: Room, ...args: string[]): Promise<Ran> => spawned(program!, args, { cwd: bench.root, env });

/** A session without a person, in a repository that one trusts, with a model that this test speaks for. */
async function session(room: Room, prompt: string, { script, flags = [] }: { script?: Script; flags?: string[] } = {}): Promise<{ model: ModelServer; ran: Ran; items: any[] }> {
  const model = await modelServer(script);
  const provider = `{name="mock",base_url="http://127.0.0.1:${model.port}/v1",wire_api="responses",request_max_retries=0,stream_max_retries=0,stream_idle_timeout_ms=20000}`;
  const settings = [`projects={"${room.bench.root}"={trust_level="trusted"}}`, 'model_provider=mock', `model_providers.mock=${provider}`, 'analytics.enabled=false', 'check_for_update_on_startup=false'];
  // A name that the client does not know shows the model every tool at once.
  const ran = await codex(room, 'exec', '--json', '-C', room.bench.root, '-s', 'workspace-write', '-m', 'scripted', ...settings.flatMap((setting) => ['-c', setting]), ...flags, '--', prompt);
  return { model, ran, items: linesOf(ran.stdout).flatMap(({ item }) => item ?? []) };
}

/** What the client warns of, but that it does not know our model. */
const warnings = (items: any[]): string[] =>
  items.filter(({ type }) => type === 'error').map(({ message }) => message as string).filter((message) => !message.startsWith('Model metadata for'));

const QUIET = ['-c', 'features.plugins=false'];
const outputsIn = ({ asked }: ModelServer): string[] => (asked.at(-1)!.body.input as any[]).filter(({ type }) => type === 'function_call_output').map(({ output }) => JSON.stringify(output));

describe.skipIf(program === undefined)(`Codex${why === undefined ? '' : `, skipped: ${why}`}`, () => {
  test('loads AGENTS.md, every role and every skill, and finds nothing malformed', async () => {
    const { model, ran, items } = await session(await clientRoom('all'), 'Hello.', { flags: ['--strict-config', ...QUIET] });
    expect([ran.exit, warnings(items)]).toEqual([0, []]);
    const { text } = model.asked[0]!;
    expect(text).toContain('## Ticketed work (cxw)');
    for (const name of [...NAMES, ...SKILLS]) expect(text).toContain(name);
    expect(text).toContain('Asks what somebody who means harm could do with this change.');
  });

  test('says so when a role is malformed, so its silence means something', async () => {
    const room = await clientRoom('codex');
    await room.bench.write('.codex/agents/cxw-writer.toml', `colour = "red"\n${await room.bench.read('.codex/agents/cxw-writer.toml')}`);
    const { model, items } = await session(room, 'Hello.', { flags: QUIET });
    expect(warnings(items).join()).toContain('malformed agent role');
    expect(model.asked[0]!.text).not.toContain('cxw-writer');
  });

  test('gives a sub-agent its role, and no more of them than the limit', async () => {
    const spawn = { namespace: 'multi_agent_v1', name: 'spawn_agent', input: { agent_type: 'cxw-reviewer', message: 'Review TKT-1.' } };
    const script: Script = ({ headers, body }) =>
      (headers['x-openai-subagent'] === undefined && !body.input.some(({ type }: any) => type === 'function_call_output') ? Array(5).fill(spawn) : []);
    const { model } = await session(await clientRoom('codex'), 'Have it reviewed.', { script, flags: QUIET });
    const child = model.asked.find(({ headers }) => headers['x-openai-subagent'] !== undefined);
    expect(child?.text).toContain('You did not write any of it.');
    expect(child?.text).toContain('cxw brief reviewer TICKET');
    expect(outputsIn(model).filter((output) => output.includes('agent_id'))).toHaveLength(4);
    expect(outputsIn(model).filter((output) => output.includes('thread limit'))).toHaveLength(1);
  });

  test('reads a skill that is named', async () => {
    const { model } = await session(await clientRoom('codex'), 'Go on with $review-ready.', { flags: QUIET });
    expect(model.asked[0]!.text).toContain('Change nothing between the proofs and the review');
  });

  test('runs cxw in its sandbox, which answers there', async () => {
    const room = await clientRoom('codex');
    // Its shell is a login shell, which makes a PATH of its own.
    const script: Script = ({ body }) => (body.input.some(({ type }: any) => type === 'function_call_output') ? [] : [{ name: 'exec_command', input: { cmd: `${room.at('bin/cxw')} status --json` } }]);
    const { model } = await session(room, 'Where does it stand?', { script, flags: QUIET });
    expect(outputsIn(model).join()).toContain('cxw/status@1');
  });

  test('tells a session where the ticket stands, by its hook', async () => {
    const { model, ran } = await session(await clientRoom('codex', 'codex-hooks'), 'Hello.', { flags: ['--dangerously-bypass-hook-trust', ...QUIET] });
    expect(ran.exit).toBe(0);
    expect(model.asked[0]!.text).toContain('No tickets here yet.');
  });

  test('installs the plugin from this package, and has its skills in a repository without any', async () => {
    const room = await clientRoom();
    expect((await codex(room, 'plugin', 'marketplace', 'add', PACKAGE, '--json')).exit).toBe(0);
    const added = await codex(room, 'plugin', 'add', 'cxw@cxw', '--json');
    expect(JSON.parse(added.stdout)).toMatchObject({ pluginId: 'cxw@cxw' });
    const { model, items } = await session(room, 'Go on with $cxw:review-fix.');
    expect(warnings(items)).toEqual([]);
    for (const skill of SKILLS) expect(model.asked[0]!.text).toContain(`cxw:${skill}`);
    expect(model.asked[0]!.text).toContain('Sort each finding before you touch anything');
  });
});
