import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { referencePages } from '../scripts/pages/index.js';
import { allCodes } from '../src/domain/codes/index.js';
import { everyCode } from '../src/verbs/explain.js';
import { misuse } from './support/misuse.js';

const root = resolve(import.meta.dirname, '..');
const reference = join(root, 'docs/reference');
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

describe('the reference', () => {
  const pages = referencePages();

  test('is what the program says of itself (else: npm run docs)', () => {
    const stale = [...pages].filter(([path, text]) => readText(join(reference, path)) !== text).map(([path]) => path);
    expect(stale).toEqual([]);
  });

  test('has no page left over', () => {
    const written = filesBelow(reference).map((file) => file.slice(reference.length + 1));
    expect(written.filter((path) => !pages.has(path))).toEqual([]);
  });
});

describe('the table of codes', () => {
  const sources = filesBelow(join(root, 'src'))
    .filter((file) => file.endsWith('.ts') && !file.includes('/domain/codes/'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

  test('holds no code that nobody answers with', () => {
    const unused = allCodes().filter((code) => !sources.includes(`'${code}'`));
    expect(unused).toEqual([]);
  });

  test('lists every code under one subject', () => {
    expect(everyCode().map(({ code }) => code).sort()).toEqual(allCodes().sort());
  });

  test.each(everyCode())('$code is explained', ({ code, title, cause, fix, example }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect([title, cause, fix, example.message].every((text) => text.length > 0)).toBe(true);
    expect(example.commands.join('\n')).not.toMatch(/undefined|\[object|NaN/);
    expect(example.message).not.toMatch(/undefined|\[object|NaN/);
  });

  test.each(everyCode().flatMap(({ code, example }) => example.commands.map((command) => ({ code, command }))).filter(({ command }) => /(^| )cxw( |$)/.test(command)))(
    '$code names a command that exists: $command',
    ({ command }) => expect(misuse(command)).toBe(undefined),
  );
});

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
