import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allCodes } from '../../src/domain/codes/index.js';
import { TOPICS } from '../../src/domain/guide.js';
import { schemaNames } from '../../src/domain/schemas.js';
import { misuse } from '../support/misuse.js';
import { workshop } from '../support/workshop.js';

const folder = resolve(import.meta.dirname, '../../guide');
const pages = Object.keys(TOPICS).map((topic) => ({ topic, text: readFileSync(join(folder, `${topic}.md`), 'utf8') }));

/** Command lines of a page: those of its blocks, without their remarks, and those within lines. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block]) => block!.replaceAll('\\\n', ' ').split('\n'));
  const within = [...text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/`(cxw [^`]+)`/g)].map((match) => match[1]!);
  return [...blocks, ...within].map((line) => line.replace(/ +# .*/, '').replaceAll('"', "'")).filter((line) => line.startsWith('cxw '));
}

describe.each(pages)('the guide to $topic', ({ text }) => {
  test('is short, and every line of it fits a terminal', () => {
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^# /);
    expect(lines.length).toBeLessThan(120);
    expect(lines.filter((line) => [...line].length > 160)).toEqual([]);
  });

  test('names only commands that the program understands', () => {
    expect(commandsIn(text).length).toBeGreaterThan(0);
    expect(commandsIn(text).map((command) => ({ command, said: misuse(command) })).filter(({ said }) => said !== undefined)).toEqual([]);
  });

  test('names only topics, schemas and codes that there are', () => {
    const named = (word: string): string[] => [...text.matchAll(new RegExp(`cxw ${word} ([a-z-]+)`, 'g'))].map((match) => match[1]!);
    expect(named('guide').filter((topic) => !(topic in TOPICS))).toEqual([]);
    expect(named('schema').filter((name) => !schemaNames.includes(name))).toEqual([]);
    const inBrackets = [...text.matchAll(/\(`([a-z]+(?:-[a-z]+)+)`\)|^\| `([a-z]+(?:-[a-z]+)+)` \| [a-z ]+:/gm)].map((match) => match[1] ?? match[2]!);
    expect(inBrackets.filter((code) => !(allCodes() as string[]).includes(code))).toEqual([]);
  });
});

test('every page is a topic', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(TOPICS).map((topic) => `${topic}.md`).sort());
});

describe('cxw guide', () => {
  test('lists the topics', async () => {
    const { stdout } = await (await workshop()).cxw('guide');
    for (const [topic, says] of Object.entries(TOPICS)) expect(stdout).toMatch(new RegExp(`^${topic} +${says.replace(/[.?]/g, '.')}$`, 'm'));
  });

  test('prints a page as it is', async () => {
    const { exit, stdout } = await (await workshop()).cxw('guide', 'Recovery');
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: readFileSync(join(folder, 'recovery.md'), 'utf8') });
  });

  test('knows what was meant', async () => {
    const bench = await workshop();
    const near = await bench.json('guide', 'recvery');
    expect(near).toMatchObject({ exit: 4, answer: { code: 'unknown-topic', next: ['cxw guide recovery'] } });
    expect((await bench.json('guide', 'knitting')).answer.next).toEqual(['cxw guide']);
  });
});
