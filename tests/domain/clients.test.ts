import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clientFiles } from '../../src/domain/clients/files.js';
import { parsePrompt } from '../../src/domain/rendering.js';
import { ROLES } from '../../src/domain/roles.js';
import { misuse } from '../support/misuse.js';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const json = (path: string): any => JSON.parse(read(path));
const prompts = ROLES.map((role) => parsePrompt(read(`prompts/${role}.md`)));
const skills = readdirSync(join(root, 'plugins/cxw/skills')).map((name) => ({ name, text: read(`plugins/cxw/skills/${name}/SKILL.md`) }));
const filesFor = (pack: 'codex' | 'claude') => clientFiles(pack, prompts, skills);
const frontMatter = (text: string): Record<string, string> => parse(/^---\n([^]*?)\n---\n\n\S/.exec(text)![1]!);
const commandsIn = (text: string): string[] => [...text.matchAll(/`(cxw [^`]+)`/g)].map((found) => found[1]!);

test('every role and skill has a file of its own for each client', () => {
  for (const pack of ['codex', 'claude'] as const) {
    const paths = filesFor(pack).map(({ path }) => path);
    expect(new Set(paths).size).toBe(ROLES.length + skills.length);
  }
});

describe.each(prompts.map((prompt) => [prompt.role, prompt] as const))('the role %s', (role, prompt) => {
  const name = `cxw-${role.replaceAll('_', '-')}`;
  const fileFor = (pack: 'codex' | 'claude'): string => filesFor(pack).find(({ path }) => path.includes(`/${name}.`))!.text;

  test('is what Codex takes: four keys at most, each on its line, and a literal text to the end', () => {
    const [, head, instructions] = /^([^]*?)developer_instructions = '''\n([^]*)'''\n$/.exec(fileFor('codex'))!;
    const keys = head!.trimEnd().split('\n').map((line) => /^(\w+) = (".*")$/.exec(line)!).map(([, key, value]) => [key, JSON.parse(value!)]);
    expect(Object.fromEntries(keys)).toEqual({ name, description: expect.stringContaining(prompt.description), ...(prompt.writes ? {} : { sandbox_mode: 'read-only' }) });
    expect(instructions).not.toContain("'''");
    expect(instructions).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  test('is what Claude Code takes, and who changes nothing is given nothing that writes', () => {
    const given = frontMatter(fileFor('claude'));
    expect(given).toEqual({ name, description: expect.stringContaining(prompt.description), ...(prompt.writes ? {} : { tools: 'Read, Grep, Glob, Bash' }) });
  });

  test('begins with its brief, asks for nothing that nobody fills in, and names only commands that work', () => {
    for (const pack of ['codex', 'claude'] as const) {
      const text = fileFor(pack);
      expect(text).toContain(`\`cxw brief ${role} TICKET\``);
      expect(text).not.toMatch(/\{\{|\}\}/);
      expect(commandsIn(text).flatMap((command) => misuse(command) ?? [])).toEqual([]);
    }
  });
});

describe.each(skills.map(({ name, text }) => [name, text] as const))('the skill %s', (name, text) => {
  test('bears the name of its folder, says when it is used, and is short', () => {
    const given = frontMatter(text);
    expect(Object.keys(given)).toEqual(['name', 'description']);
    expect(given['name']).toBe(name);
    expect(given['description']).toMatch(/ Use it /);
    expect(given['description']!.length).toBeLessThanOrEqual(1024);
    expect(text.split('\n').length).toBeLessThanOrEqual(60);
  });

  test('names only commands that work, and skills that there are', () => {
    expect(commandsIn(text).length).toBeGreaterThan(2);
    expect(commandsIn(text).flatMap((command) => misuse(command) ?? [])).toEqual([]);
    for (const [, other] of text.matchAll(/skill ([a-z-]+)/g)) expect(skills.map((skill) => skill.name)).toContain(other);
  });
});

describe('the plugin', () => {
  const { version, files } = json('package.json');

  test.each(['.codex-plugin', '.claude-plugin'])('says in %s which version it is', (folder) => {
    expect(json(`plugins/cxw/${folder}/plugin.json`)).toMatchObject({ name: 'cxw', version });
  });

  test.each(['.agents/plugins/marketplace.json', '.claude-plugin/marketplace.json'])('is found through %s, and is in the package', (path) => {
    const [plugin] = json(path).plugins;
    const source: string = plugin.source.path ?? plugin.source;
    expect(plugin.name).toBe('cxw');
    expect(existsSync(join(root, source, 'skills'))).toBe(true);
    expect(files).toEqual(expect.arrayContaining(['plugins', path.split('/')[0]]));
  });
});

test('hooks have the shape that Codex reads, and one that fails does not stop a session', () => {
  const { hooks } = json('templates/packs/codex-hooks/.codex/hooks.json');
  expect(Object.keys(hooks)).toEqual(['SessionStart']);
  for (const hook of Object.values<any[]>(hooks).flat().flatMap((group) => group.hooks)) {
    expect(hook).toEqual({ type: 'command', command: expect.stringMatching(/ \|\| true$/), timeout: expect.any(Number) });
  }
});
