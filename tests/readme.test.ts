import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((name) => readFileSync(join(root, name), 'utf8')) as [string, string];

const blocks = (text: string): string[] => [...text.matchAll(/^```[^]*?^```$/gm)].map(([block]) => block);
const prose = (text: string): string => text.replaceAll(/^```[^]*?^```$/gm, '');
const headings = (text: string): number[] => [...prose(text).matchAll(/^(#+) /gm)].map((match) => match[1]!.length);
const rows = (text: string): string[] => [...prose(text).matchAll(/^\| (\S[^|]*?) \|/gm)].map((match) => match[1]!).slice(1);
const links = (text: string): string[] => [...prose(text).matchAll(/\]\(([^)#]+)/g)].map((match) => match[1]!).filter((link) => !/^README/.test(link));
const codes = (text: string): string[] => [...prose(text).matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);

describe('the Chinese README keeps step with the English one', () => {
  test('the same headings, in their order', () => expect(headings(chinese)).toEqual(headings(english)));
  test('the same commands, word by word', () => expect(blocks(chinese)).toEqual(blocks(english)));
  test('the same exit codes', () => expect(rows(chinese)).toEqual(rows(english)));
  test('the same pages to read on, and they are there', () => {
    expect(links(chinese)).toEqual(links(english));
    expect(links(english).filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
  test('the same names of commands and files', () => expect(codes(chinese)).toEqual(codes(english)));
});
