/** Coding agents that show themselves in the environment or in the process tree. Presentation and permission of people's commands go by it; never evidence. */
interface KnownAgent {
  name: string;
  /** Variables that only its sessions set: not a person's settings for it, nor what an editor sets in each of its terminals. */
  variables: readonly string[];
  /** The variable that names its session, where there is one. */
  sessions: readonly string[];
  /** Its process, by program name. */
  process: RegExp;
}

const AGENTS: readonly KnownAgent[] = [
  { name: 'claude', variables: ['CLAUDECODE', 'CLAUDE_CODE_ENTRYPOINT', 'CLAUDE_CODE_SESSION_ID'], sessions: ['CLAUDE_CODE_SESSION_ID'], process: /(^|\/)claude(-code)?(\s|$)|\/claude-code\// },
  { name: 'codex', variables: ['CODEX_THREAD_ID', 'CODEX_SESSION_ID', 'CODEX_CI', 'CODEX_SANDBOX', 'CODEX_SANDBOX_NETWORK_DISABLED'], sessions: ['CODEX_SESSION_ID', 'CODEX_THREAD_ID'], process: /(^|\/)codex(\s|$)/ },
  { name: 'gemini', variables: ['GEMINI_CLI'], sessions: [], process: /(^|\/)gemini(\s|$)/ },
  { name: 'cursor', variables: ['CURSOR_AGENT', 'CURSOR_TRACE_ID'], sessions: ['CURSOR_TRACE_ID'], process: /(^|\/)cursor-agent(\s|$)/ },
  { name: 'opencode', variables: ['OPENCODE'], sessions: [], process: /(^|\/)opencode(\s|$)/ },
];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a cxw tells those that run below it, as the agents' own marks do not pass: other programs would behave otherwise
 * under them. The session's is called a key so that whoever keeps logs takes its value out. They are believed where an
 * agent's own marks say nothing: so they can make somebody an agent, and nobody another one.
 */
const HANDED_ON = { agent: 'CXW_AGENT', session: 'CXW_AGENT_SESSION_KEY' } as const;

/** The agent that this environment belongs to, and its session where it is named. */
export function agentIn(env: Environment): { agent: string; session?: string } | undefined {
  const shown = AGENTS.find(({ variables }) => variables.some((name) => env[name]));
  const handed = env[HANDED_ON.agent];
  const told = handed || env['AI_AGENT'] || env['AGENT'];
  const agent = shown?.name ?? (told && (told.toLowerCase().replace(/[^a-z0-9._-]/g, '').slice(0, 40) || 'agent'));
  const sessions = [...shown?.sessions ?? [], ...(handed ? [HANDED_ON.session] : [])];
  return agent ? { agent, session: sessions.map((name) => env[name]).find(Boolean) } : undefined;
}

/** The variables by which a cxw in another environment sees the same agent and session; none where there is no agent. */
export function handedOn(env: Environment): Record<string, string> {
  const { agent, session } = agentIn(env) ?? {};
  return { ...(agent && { [HANDED_ON.agent]: agent }), ...(session && { [HANDED_ON.session]: session }) };
}

/** The agent whose process this is, by its command line; nothing for other programs. */
export function agentOfProcess(commandLine: string): string | undefined {
  // The program names the agent, or the script that an interpreter runs; a file that is edited or read does not.
  const [program = '', script = ''] = commandLine.split(/\s+/);
  const words = INTERPRETER.test(program) ? [program, script] : [program];
  return AGENTS.find((agent) => words.some((word) => agent.process.test(word)))?.name;
}

const INTERPRETER = /(^|\/)(node|nodejs|bun|deno|python[\d.]*)$/;
