import { Readable } from 'node:stream';
import { openWorld, type World } from '../../src/world/index.js';
import type { Workshop } from './workshop.js';

/** The world of a workshop, opened in this process: at a terminal if asked for, and never under an agent. */
export function worldOf(shop: Workshop, { terminal = false, env = {}, command = 'cxw test' }: { terminal?: boolean; env?: NodeJS.ProcessEnv; command?: string } = {}): Promise<World> {
  return openWorld({
    cwd: shop.root, env: { ...shop.env, ...env }, signal: new AbortController().signal, command, tell: () => undefined,
    streams: { stdin: Object.assign(Readable.from([]), { isTTY: terminal }), stderr: { isTTY: terminal } },
  });
}
