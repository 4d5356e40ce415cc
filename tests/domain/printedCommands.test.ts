import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { entryOf, type Code } from '../../src/domain/codes/index.js';
import { subjects } from '../../src/domain/codes/pages/index.js';
import { visibleCommand } from '../../src/output/escape.js';

/** Facts that are whole commands: the verbs make them, by the same way of quoting. */
const WHOLE_COMMANDS = ['command', 'fix', 'ways'];

/** What a name may hold that somebody else chose: to be quoted, to end a quote, to run, to write, to hide, to be an option. */
const HOSTILE = [
  `a';touch PWNED;'b`,
  'a";touch PWNED;"b',
  'a;touch${IFS}PWNED;$(touch PWNED)`touch PWNED`&',
  'a >PWNED b|c',
  'a\nb\\c\n',
  '-dash',
  'f\u200bi\u202ex\u0085',
  `it's "both" *~$HOME\\`,
];
const PLAIN = 'plain';

const pages = Object.values(subjects).flatMap((table) => Object.entries(table)) as [Code, { example: unknown }][];

/** A case of a code, and the commands that are printed for it. */
interface Case { of: string; commands: string[] }

const commandsOf = (code: Code, facts: unknown): string[] => entryOf(code).commands(facts as never);

/** Facts with every text in them replaced, or just one of the texts. */
function replaced(facts: unknown, text: string, only?: number): unknown {
  let at = 0;
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return only === undefined || at++ === only ? text : value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, WHOLE_COMMANDS.includes(key) ? inner : walk(inner)]));
  };
  return walk(facts);
}

function textsIn(value: unknown): number {
  if (typeof value === 'string') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).filter(([key]) => !WHOLE_COMMANDS.includes(key)).reduce((sum, [, inner]) => sum + textsIn(inner), 0);
}

/** Every code with this text in all its facts at once, and with it in one fact after the other. */
const casesWith = (text: string): Case[] => pages.flatMap(([code, { example }]) => [
  { of: code, commands: commandsOf(code, replaced(example, text)) },
  ...[...Array(textsIn(example)).keys()].map((only) => ({ of: `${code} (${only})`, commands: commandsOf(code, replaced(example, text, only)) })),
]);

const folder = mkdtempSync(join(tmpdir(), 'cxw-printed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAMS = [...new Set(casesWith(PLAIN).flatMap(({ commands }) => commands.map((command) => command.replace(/^[A-Z_]+=\S* /, '').split(' ')[0]!)))]
  .filter((name) => name !== 'printf').map((name) => name.replace(/^unset$/, 'unset_'));

/** Every program says what it was called with, and does nothing. There is no other: PATH is empty. `unset`, which a shell keeps to itself, goes by another name. */
const STUBS = [
  ...PROGRAMS.map((name) => `${name}() { printf '\\002%s' ${name} >&3; printf '\\000%s' "$@" >&3; case $1 in rev-parse) printf /dev/null;; esac; }`),
  "touch() { printf '\\002touched' >&3; }",
  'for command; do printf "\\001" >&3; (eval "$command"); done',
].join('\n');

/** What each command called, and with which words. */
function calledBy(commands: readonly string[]): string[][][] {
  const script = join(folder, 'script');
  const into = join(folder, 'called');
  const here = mkdtempSync(join(folder, 'empty-'));
  writeFileSync(script, STUBS);
  const { stderr } = spawnSync('/bin/sh', ['-c', `. "$0" 3>"${into}"`, script, ...commands.map((command) => command.replace(/^unset /, 'unset_ '))], { cwd: here, env: { PATH: '', LC_ALL: 'C' }, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(readdirSync(here)).toEqual([]);
  return execFileSync('cat', [into], { encoding: 'utf8' }).split('\u0001').slice(1).map((calls) => calls.split('\u0002').slice(1).map((call) => call.split('\0')));
}

describe('a name in a printed command is text, and never code', () => {
  const plain = casesWith(PLAIN);
  const wanted = new Map(plain.flatMap(({ commands }) => commands).map((command) => [command, [] as string[][]]));
  calledBy([...wanted.keys()]).forEach((called, at) => wanted.set([...wanted.keys()][at]!, called));

  test.each(HOSTILE)('%j', (text) => {
    const cases = casesWith(text);
    expect(cases.filter(({ commands }, at) => commands.length !== plain[at]!.commands.length)).toEqual([]);
    // One entry for each command; most cases of a code print the same ones.
    const printed = new Map(cases.flatMap(({ of, commands }, at) => commands.map((command, which) => [command, { of, want: wanted.get(plain[at]!.commands[which]!)! }] as const)));
    // A terminal shows it as it is to be typed.
    expect([...printed.keys()].filter((command) => visibleCommand(command) !== command)).toEqual([]);
    const called = calledBy([...printed.keys()]);
    expect([...printed].filter(([, { want }], at) => !isSame(called[at]!, want)).map(([command, { of }]) => `${of}: ${command}`)).toEqual([]);
  });

  /** The same programs with as many words, and the words that come from us are the same. */
  const isSame = (called: string[][], want: string[][]): boolean => called.length === want.length
    && called.every((words, at) => words.length === want[at]!.length && words.every((word, which) => want[at]![which]!.includes(PLAIN) || word === want[at]![which]));
});
