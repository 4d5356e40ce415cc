import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { tell, type Story } from '../support/story.js';
import { workshop } from '../support/workshop.js';

const page = readFileSync(resolve(import.meta.dirname, '../../guide/standard-ticket.md'), 'utf8');

/** The lines of the first block of this language. */
const block = (language: string): string => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(page)![1]!;
const lines = block('sh').replaceAll('\\\n', ' ').split('\n').filter((line) => line !== '');

const PROJECT = {
  'package.json': JSON.stringify({ name: 'greeter', type: 'module', scripts: { test: 'node --test' } }),
  'src/greet.js': 'export const greet = (name) => `Hello, ${name}!`;\n',
};

/** What the page leaves to the reader, in the order in which it does. */
const OWN_PART = [
  async (story: Story): Promise<void> => {
    const path = 'docs/specs/farewell/requirements.md';
    const text = await story.read(path);
    await story.write(path, text.replace('| REQ-001 | proposed | When …, the … shall …. | |', '| REQ-001 | accepted | When somebody leaves, the greeter shall say goodbye by name. | P1 |'));
    await story.write('tickets/drafts/plan.yaml', block('yaml'));
  },
  async (story: Story): Promise<void> => {
    await story.write('src/farewell.js', 'export const farewell = (name) => `Goodbye, ${name}!`;\n');
    await story.write('test/farewell.test.js', "import { test } from 'node:test';\nimport { equal } from 'node:assert/strict';\nimport { farewell } from '../src/farewell.js';\ntest('REQ-001', () => equal(farewell('Ada'), 'Goodbye, Ada!'));\n");
  },
];

/** Runs a line as a shell would: words, those in quotes as one, and no remark. */
async function typed(story: Story, line: string): Promise<string> {
  const [program, ...written] = [...line.replace(/ +#.*/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const meant: Record<string, () => Promise<string>> = { DIGEST: () => story.digest(), TEXT: async () => 'As planned.' };
  const words = await Promise.all(written.map(async (word) => meant[word]?.() ?? word.replace(/:NAME$/, ':kim')));
  if (program === 'git') return story.git(...words);
  const { exit, stdout } = await story.cxw(...words);
  expect(exit, `${line}\n${stdout}`).toBe(0);
  return stdout;
}

test('a newcomer who types the guide to standard tickets line by line delivers one, from the spec on', async () => {
  const story = tell(await workshop(PROJECT));
  await story.ok('init', '--with', 'sdd');
  await story.git('add', '--all');
  await story.git('commit', '--quiet', '--message', 'Set up cxw');
  await story.git('push', '--quiet');
  const own = [...OWN_PART];
  const said: string[] = [];
  for (const line of lines) said.push(line.startsWith('#') ? (await own.shift()!(story), '') : await typed(story, line));
  expect(own).toEqual([]);
  expect(said.at(-1)).toMatch(/REQ-001 {2}accepted[^]*delivered/);
  expect((await story.ok('status')).data.tickets).toMatchObject([{ state: 'done' }]);
  // Nothing is left over: the spec is where its readers look, the plan where git does not.
  expect(await story.git('status', '--porcelain')).toBe('');
  expect(await story.git('ls-tree', '-r', '--name-only', 'origin/main', 'docs/specs/farewell')).toContain('requirements.md');
});
