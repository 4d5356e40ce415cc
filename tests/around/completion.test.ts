import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { surface } from '../../src/cli/program.js';
import { SHELLS, type Shell } from '../../src/domain/completion/shells.js';
import { CXW, run, workshop, type Workshop } from '../support/workshop.js';

const quiet = async (): Promise<void> => undefined;
const program = surface({ asked: () => undefined, printed: () => undefined, alone: quiet, inWorld: quiet });

/** What the program offers in the place of the last of these words. */
async function offered(bench: Workshop, ...words: string[]): Promise<string[]> {
  const { exit, stdout, stderr } = await bench.cxw('completion', 'bash', '--', ...words);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  return stdout === '' ? [] : stdout.trimEnd().split('\n');
}

async function withTickets(): Promise<Workshop> {
  const bench = await workshop();
  await bench.write('tickets/TKT-2026-01-02-older.yaml', '');
  await bench.write('tickets/BUG-2026-11-20-newer.yaml', '');
  await bench.write('tickets/notes.yaml', '');
  return bench;
}

describe('what is offered', () => {
  test('every command, and no other word', async () => {
    expect(await offered(await workshop(), '')).toEqual(program.commands.map((command) => command.name()));
  });

  test.each([
    [['tick'], ['ticket']],
    [['ticket', ''], program.commands.find((command) => command.name() === 'ticket')!.commands.map((command) => command.name())],
    [['--as', 'x', 'status', '--al'], ['--all']],
    [['status', '--js'], ['--json']],
    [['init', '--delivery', ''], ['none', 'commit', 'commit-push']],
    [['record', 's'], ['self-review']],
    [['record', 'review', '--verdict', 'p'], ['pass']],
    [['block', '--reason', 'status', '--rel'], ['--release']],
    [['explain', 'stale-'], ['stale-evidence']],
    [['schema', 'tick'], ['ticket']],
    [['completion', 'f'], ['fish']],
    [['ticket', 'new', 'Title', '--file', ''], []],
    [['status', '--', '--al'], []],
    [['nonsense', 'more', '-'], expect.arrayContaining(['--json', '-C'])],
  ])('for %j: %j', async (words, expected) => expect(await offered(await workshop(), ...words)).toEqual(expected));

  test('tickets, newest first, from wherever in the repository', async () => {
    const bench = await withTickets();
    const both = ['BUG-2026-11-20-newer', 'TKT-2026-01-02-older'];
    expect(await offered(bench, 'status', '')).toEqual(both);
    expect(await offered(bench, 'verify', 'TKT')).toEqual([both[1]]);
    expect(await offered(bench, 'ticket', 'show', '')).toEqual(both);
    expect(await offered(bench, 'waive', 'done', 'B')).toEqual([both[0]]);
    const within = await bench.cxwWith({ cwd: join(bench.root, 'tickets') }, 'completion', 'bash', '--', 'advance', 'B');
    expect(within.stdout).toBe('BUG-2026-11-20-newer\n');
    const from = await bench.cxwWith({ cwd: bench.folder }, '-C', 'repo', 'completion', 'bash', '--', 'advance', 'B');
    expect(from.stdout).toBe('BUG-2026-11-20-newer\n');
  });

  test('nothing for tickets outside of a repository', async () => {
    const bench = await workshop();
    expect((await bench.cxwWith({ cwd: bench.folder }, 'completion', 'bash', '--', 'status', '')).stdout).toBe('');
  });

  test('with what it is for, where the shell shows that', async () => {
    const { stdout } = await (await workshop()).cxw('completion', 'fish', '--', 'ticket', 'li');
    expect(stdout).toBe('list\tevery ticket of this repository\n');
  });

  test('no git is started', async () => {
    const bench = await withTickets();
    const { stdout } = await run(process.execPath, [CXW, 'completion', 'bash', '--', 'status', ''], { cwd: bench.root, env: { ...bench.env, PATH: '/nowhere' } });
    expect(stdout).toContain('BUG-2026-11-20-newer');
  });
});

/** Asks a real shell what it completes a line to, with the program under its name on the path. */
const ASKED: Partial<Record<Shell, { shell: string; check: string[]; ask(words: string[]): string[] }>> = {
  bash: {
    shell: 'bash', check: ['-n'],
    ask: (words) => ['--norc', '-c', `eval "$(cxw completion bash)"; COMP_WORDS=(cxw ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _cxw cxw; printf '%s\\n' "\${COMPREPLY[@]}"`],
  },
  zsh: {
    shell: 'zsh', check: ['-n'],
    // Only within a line editor may offers be made for real; here they are printed as they would be made.
    ask: (words) => ['-f', '-c', `autoload -Uz compinit; compinit -D -u; compadd() { print -rl -- "\${(@P)@[-1]}" }; _files() { : }; eval "$(cxw completion zsh)"; words=(cxw ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _cxw`],
  },
  fish: { shell: 'fish', check: ['--no-execute'], ask: (words) => ['--no-config', '-c', `cxw completion fish | source; complete -C 'cxw ${words.join(' ')}'`] },
};

const isInstalled = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

describe.each(SHELLS)('%s', (shell) => {
  test('is told to ask the program', async () => {
    const { exit, stdout } = await (await workshop()).cxw('completion', shell);
    expect(exit).toBe(0);
    expect(stdout).toContain(`completion ${shell} `);
  });

  const asked = ASKED[shell];
  const isHere = asked !== undefined && isInstalled(asked.shell);
  if (!isHere) process.stderr.write(`${shell} is not installed here: its completion script was not run\n`);

  test.runIf(isHere)('takes the script', async () => {
    const bench = await workshop();
    const { stdout } = await bench.cxw('completion', shell);
    await bench.write('script', stdout);
    const { status, stderr } = spawnSync(asked!.shell, [...asked!.check, 'script'], { cwd: bench.root, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.runIf(isHere)('completes tickets and options, says nothing outside of a repository, and runs no name', async () => {
    const bench = await withTickets();
    // Nobody gives a ticket such a name, but a branch may bring the file.
    for (const odd of ['TKT-2026-01-03-$(touch ran)', 'TKT-2026-01-03-`touch ran`', "TKT-2026-01-03-a b'\"", 'TKT-2026-01-03-\u001b[2J']) await bench.write(`tickets/${odd}.yaml`, '');
    const bin = join(bench.folder, 'bin');
    mkdirSync(bin);
    symlinkSync(CXW, join(bin, 'cxw'));
    const env = { ...bench.env, PATH: [bin, bench.env['PATH']].join(delimiter) };
    const complete = (cwd: string, ...words: string[]): string[] => {
      const { stdout, stderr } = spawnSync(asked!.shell, asked!.ask(words), { cwd, env, encoding: 'utf8' });
      expect(stderr).toBe('');
      return stdout.trimEnd().split('\n').map((line) => line.split('\t')[0]!);
    };
    // Some shells sort what they are offered.
    expect(complete(bench.root, 'status', '').sort()).toEqual(['BUG-2026-11-20-newer', 'TKT-2026-01-02-older']);
    expect(complete(bench.root, 'deliver', '--dry')).toEqual(['--dry-run']);
    expect(complete(bench.folder, 'status', '').filter((word) => /-\d{4}-/.test(word))).toEqual([]);
    expect(existsSync(join(bench.root, 'ran'))).toBe(false);
  });
});
