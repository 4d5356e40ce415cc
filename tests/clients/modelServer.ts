import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request that a client made to its model. */
export interface Asked {
  headers: IncomingHttpHeaders;
  body: any;
  /** Its whole text, in which what was loaded is looked for. */
  text: string;
}

/** A model that says what a test tells it to. */
export interface ModelServer {
  port: number;
  asked: Asked[];
}

/** A call of a tool by the model, in neither client's words. */
export interface Call {
  name: string;
  input: object;
  namespace?: string;
}

/** What the model does when it is asked: calls, or nothing, and then it says that it is done. */
export type Script = (asked: Asked) => readonly Call[];

/** Serves the model of either client on this machine; gone when its test ends. */
export async function modelServer(script: Script = () => []): Promise<ModelServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const speak = Object.entries(PROTOCOLS).find(([path]) => request.method === 'POST' && request.url?.split('?')[0]?.endsWith(path))?.[1];
      if (speak === undefined) return response.writeHead(404).end();
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const one: Asked = { headers: request.headers, body, text: textsIn(body).join('\n') };
      asked.push(one);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return speak(response, script(one));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  return { port: (server.address() as AddressInfo).port, asked };
}

/** Every text in a request, wherever it stands: a test says what was loaded, not where a version of the client puts it. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsIn);
}

const PROTOCOLS: Record<string, (response: ServerResponse, calls: readonly Call[]) => void> = {
  '/responses': speakResponses,
  '/messages': speakMessages,
};

/** OpenAI's Responses protocol, as far as Codex needs it. */
function speakResponses(response: ServerResponse, calls: readonly Call[]): void {
  const say = (event: object): boolean => response.write(`data: ${JSON.stringify(event)}\n\n`);
  const done = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'done' }] };
  const items = calls.map(({ name, input, namespace }, at) => ({ type: 'function_call', call_id: `c${at}-${name}`, name, namespace, arguments: JSON.stringify(input) }));
  [...items, ...(items.length === 0 ? [done] : [])].forEach((item, at) => say({ type: 'response.output_item.done', output_index: at, item }));
  say({ type: 'response.completed', response: { id: 'r1' } });
  response.end();
}

/** Anthropic's Messages protocol, as far as Claude Code needs it. */
function speakMessages(response: ServerResponse, calls: readonly Call[]): void {
  const say = (event: { type: string; [key: string]: unknown }): boolean => response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const blocks = calls.length === 0
    ? [{ begins: { type: 'text', text: '' }, goesOn: { type: 'text_delta', text: 'done' } }]
    : calls.map(({ name, input }, at) => ({ begins: { type: 'tool_use', id: `t${at}-${name}`, name, input: {} }, goesOn: { type: 'input_json_delta', partial_json: JSON.stringify(input) } }));
  say({ type: 'message_start', message: { id: 'm1', type: 'message', role: 'assistant', model: 'scripted', content: [], usage: { input_tokens: 1, output_tokens: 1 } } });
  blocks.forEach(({ begins, goesOn }, index) => {
    say({ type: 'content_block_start', index, content_block: begins });
    say({ type: 'content_block_delta', index, delta: goesOn });
    say({ type: 'content_block_stop', index });
  });
  say({ type: 'message_delta', delta: { stop_reason: calls.length === 0 ? 'end_turn' : 'tool_use' }, usage: { output_tokens: 1 } });
  say({ type: 'message_stop' });
  response.end();
}
