import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import type { Origin } from '../domain/actors.js';
import { agentIn, agentOfProcess } from '../domain/agents.js';
import { crypto } from './crypto.js';
import { sha256 } from './digests.js';
import { publishDurably } from './durably.js';
import type { Places } from './places.js';
import { ancestors, processSpace } from './processes.js';

/** Who is at the keyboard, as far as it can be seen. It changes presentation and what only a person may do; never what counts as evidence. */
export interface Session {
  /** The kind of agent that runs us, as `claude` or `codex`; absent when none shows. */
  agent?: string;
  /** Both stdin and stderr are terminals. */
  readonly terminal: boolean;
  /** The actor named by CXW_ACTOR, as it was written. */
  actor?: string;
  /** What an attestation made now says about where it comes from. */
  origin(): Promise<Origin>;
}

interface Streams {
  readonly stdin: { isTTY?: boolean };
  readonly stderr: { isTTY?: boolean };
}

/** Looks at the environment and at the processes above this one; at the streams, which Node opens then, only when asked. */
export function openSession(env: Readonly<Record<string, string | undefined>>, streams: Streams, places: Pick<Places, 'shared'>): Session {
  const named = agentIn(env);
  const above = agentAbove();
  const agent = named?.agent ?? above?.agent;
  const atTerminal = (): boolean => streams.stdin.isTTY === true && streams.stderr.isTTY === true;
  return {
    agent,
    get terminal() { return atTerminal(); },
    actor: env['CXW_ACTOR'],
    origin: async () => {
      if (agent === undefined) return { seen: atTerminal() ? 'terminal' : 'self-declared' };
      const salt = await saltOf(places);
      const digest = (text: string | undefined): string | undefined =>
        (salt === undefined || text === undefined ? undefined : sha256(`${salt}\0${text}`));
      return { seen: 'agent', agent, session: digest(named?.session), ancestor: digest(above?.process) };
    },
  };
}

/** The nearest agent process that this command descends from. */
function agentAbove(): { agent: string; process: string } | undefined {
  for (const { name, pid, started } of ancestors()) {
    const agent = agentOfProcess(name);
    if (agent !== undefined) return { agent, process: [processSpace().boot, pid, started].join(' ') };
  }
  return undefined;
}

/** One random salt per repository: session ids are published as digests that say "the same" and nothing else. Without a place to keep it there is none. */
async function saltOf({ shared }: Pick<Places, 'shared'>): Promise<string | undefined> {
  const path = join(shared, 'salt');
  try {
    return await disk.readFile(path, 'utf8').catch(async () => {
      await disk.mkdir(shared, { recursive: true, mode: 0o700 });
      publishDurably(path, Buffer.from(crypto().randomBytes(32).toString('hex')), 0o600);
      return disk.readFile(path, 'utf8');
    });
  } catch {
    return undefined;
  }
}
