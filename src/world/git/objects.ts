import { OBJECT_ID } from '../../domain/changeSet.js';
import type { GitCall, GitRunner } from './runner.js';

/** One object as it is stored. */
export interface StoredObject {
  id: string;
  type: string;
  content: Buffer;
}

/** Reads many objects by one call of git, in the order asked; nothing for what does not exist. Names must hold no newline. */
export async function readObjects(runner: GitRunner, names: readonly string[], call: GitCall): Promise<(StoredObject | undefined)[]> {
  if (names.length === 0) return [];
  const answer = await runner.run(['cat-file', '--batch'], { ...call, input: names.map((name) => `${name}\n`).join('') });
  let at = 0;
  return names.map(() => {
    const end = answer.indexOf(0x0a, at);
    const [, id, type, size] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(answer.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (id === undefined || type === undefined) return undefined;
    const content = answer.subarray(at, at + Number(size));
    at += content.length + 1;
    return { id, type, content };
  });
}

/** Ids of many objects by one call, in the order asked; nothing for what does not exist. A name that holds a newline names nothing. */
export async function readIds(runner: GitRunner, names: readonly Buffer[], call: GitCall): Promise<(string | undefined)[]> {
  const askable = names.filter((name) => !name.includes(0x0a));
  if (askable.length === 0) return names.map(() => undefined);
  const answer = await runner.run(['cat-file', '--batch-check=%(objectname)'], { ...call, input: Buffer.concat(askable.map((name) => Buffer.concat([name, Buffer.from('\n')]))) });
  const lines = answer.toString('latin1').split('\n').values();
  return names.map((name) => {
    const line = name.includes(0x0a) ? '' : lines.next().value ?? '';
    return OBJECT_ID.test(line) ? line : undefined;
  });
}

/** Sizes of many objects by one call, in the order asked; nothing for what does not exist. */
export async function readSizes(runner: GitRunner, ids: readonly string[], call: GitCall): Promise<(number | undefined)[]> {
  if (ids.length === 0) return [];
  const answer = await runner.run(['cat-file', '--batch-check=%(objectsize)'], { ...call, input: ids.map((id) => `${id}\n`).join('') });
  return answer.toString('latin1').split('\n').slice(0, ids.length).map((line) => (/^\d+$/.test(line) ? Number(line) : undefined));
}
