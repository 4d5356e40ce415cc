import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fill, parseEntry, parsePrompt } from '../src/domain/rendering.js';
import { ENTRIES, EXPERTS, ROLES } from '../src/domain/roles.js';
import { misuse } from './support/misuse.js';

const folder = resolve(import.meta.dirname, '../prompts');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const filesIn = (where: string): string[] => readdirSync(join(folder, where)).filter((name) => name.endsWith('.md')).sort();
const commandsIn = (text: string): string[] => [...text.matchAll(/`(cxw [^`]+)`/g)].map((found) => found[1]!.replaceAll(/\{\{(\w+)\}\}/g, 'X'));

const VALUES = { ticket: 'TKT-2026-11-21-greet', title: 'Greet', ticket_path: 'tickets/TKT-2026-11-21-greet.yaml', change_set: 'sha256:abc' };
/** What a session reads before it begins must leave room for the work. */
const LINES = 30;

test('there is a prompt for each role, and none besides', () => {
  expect(filesIn('.')).toEqual(ROLES.map((role) => `${role}.md`).sort());
});

describe.each(ROLES)('the prompt of %s', (role) => {
  const prompt = parsePrompt(read(`${role}.md`));

  test('speaks to that role, and needs nothing that a brief does not know', () => {
    expect(prompt.role).toBe(role);
    expect(prompt.description).toMatch(/^[A-Z].*\.$/);
    expect(fill(prompt.body, VALUES)).not.toMatch(/\{\{|\}\}/);
    expect(prompt.body.split('\n').length).toBeLessThanOrEqual(LINES);
  });

  test('names only commands that work', () => {
    const commands = commandsIn(prompt.body);
    expect(commands.map((command) => [command, misuse(command)]).filter(([, fault]) => fault !== undefined)).toEqual([]);
  });
});

test('whoever judges changes no file', () => {
  const readers = ROLES.filter((role) => !parsePrompt(read(`${role}.md`)).writes);
  expect(readers).toEqual(['planner', 'reviewer', 'blocker-resolver', 'final-verifier', ...EXPERTS]);
});

test('there are words for each way in, and none besides', () => {
  expect(filesIn('entry')).toEqual(ENTRIES.map((entry) => `${entry}.md`).sort());
});

test.each(filesIn('entry'))('the way in %s has a title and names only commands that work', (name) => {
  const { entry, body } = parseEntry(read(`entry/${name}`));
  expect(`${entry}.md`).toBe(name);
  const commands = commandsIn(body);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.map((command) => [command, misuse(command)]).filter(([, fault]) => fault !== undefined)).toEqual([]);
});

describe('a prompt is our own mistake when', () => {
  const prompt = (variables: string, body: string): string => `---\nrole: writer\ntitle: Writer\ndescription: It writes.\nvariables: [${variables}]\nwrites: yes\n---\n\n${body}\n`;

  test('its text asks for a variable that it does not list', () => expect(() => parsePrompt(prompt('ticket', '{{ticket}} {{title}}'))).toThrow('title'));
  test('it lists a variable that its text does not ask for', () => expect(() => parsePrompt(prompt('ticket, title', '{{ticket}}'))).toThrow('title'));
  test('its front matter lacks something', () => expect(() => parsePrompt('---\nrole: writer\n---\n\nWrite.\n')).toThrow('front matter'));
  test('nobody gives the value', () => expect(() => fill('{{change_set}}', {})).toThrow('change_set'));
});
