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

/** The agent that this environment belongs to, and its session where it is named. */
export function agentIn(env: Readonly<Record<string, string | undefined>>): { agent: string; session?: string } | undefined {
  const set = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== '');
  for (const { name, variables, sessions } of AGENTS) {
    if (!set.some((variable) => variables.includes(variable))) continue;
    return { agent: name, session: sessions.map((variable) => env[variable]).find((value) => value !== undefined && value !== '') };
  }
  const told = env['AI_AGENT'] || env['AGENT'];
  return told ? { agent: told.toLowerCase().replace(/[^a-z0-9._-]/g, '').slice(0, 40) || 'agent' } : undefined;
}

/** The agent whose process this is, by its command line; nothing for other programs. */
export function agentOfProcess(commandLine: string): string | undefined {
  // The program names the agent, or the script that an interpreter runs; a file that is edited or read does not.
  const [program = '', script = ''] = commandLine.split(/\s+/);
  const words = INTERPRETER.test(program) ? [program, script] : [program];
  return AGENTS.find((agent) => words.some((word) => agent.process.test(word)))?.name;
}

const INTERPRETER = /(^|\/)(node|nodejs|bun|deno|python[\d.]*)$/;
