import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';
import { CXW, emptyWorkshop, run, workshop, type Ran, type Workshop } from '../support/workshop.js';

/** Types a command that was printed, in a folder. */
const type = (bench: Workshop, command: string, cwd: string): Promise<Ran> =>
  run('sh', ['-c', `cxw() { '${process.execPath}' '${CXW}' "$@"; }; ${command}`], { cwd, env: bench.env });

async function obey(bench: Workshop, commands: readonly string[], cwd: string): Promise<void> {
  for (const command of commands) {
    const { exit, stdout, stderr } = await type(bench, command, cwd);
    expect(exit, `${command}\n${stdout}${stderr}`).toBe(0);
  }
}

/** Runs a command in a folder, in every form of its answer: what each offers as the next thing to do is the same. */
async function asked(bench: Workshop, cwd: string, ...words: string[]): Promise<any> {
  const answer = JSON.parse((await bench.cxwWith({ cwd }, ...words, '--json')).stdout);
  const { stdout, stderr } = await bench.cxwWith({ cwd }, ...words);
  for (const command of answer.next) expect(stdout + stderr).toContain(command);
  return answer;
}

const ofGit = (commands: readonly string[]): string[] => commands.filter((command) => command.startsWith('git '));

describe('in a subfolder, what is printed does what it says', () => {
  /** A ticket that is ready; and a subfolder with files of the same names. */
  async function readyBeside(): Promise<{ told: Story; below: string }> {
    const told = await story({ scaffold: 'committed' });
    await told.write('pkg/greet.js', 'another\n');
    await told.git('add', '--', 'pkg');
    await told.git('commit', '--quiet', '--message', 'Another greeting');
    await told.git('push', '--quiet');
    await told.ready();
    return { told, below: join(told.root, 'pkg') };
  }

  test('it takes a mark off the file that is meant, and off no other of its name', async () => {
    const { told, below } = await readyBeside();
    await told.git('update-index', '--assume-unchanged', 'greet.js', 'pkg/greet.js');
    const { code, next, problems } = await asked(told, below, 'deliver');
    expect(code).toBe('hidden-paths');
    expect(problems.at(-1).fix.command).toBe(next[0]);
    await obey(told, next, below);
    expect(await told.git('ls-files', '-v', 'greet.js', 'pkg/greet.js')).toBe('H greet.js\nh pkg/greet.js');
    // That one was changed meanwhile, and is theirs to put back.
    await told.git('update-index', '--no-assume-unchanged', 'pkg/greet.js');
    expect((await asked(told, below, 'deliver', '--dry-run')).ok).toBe(true);
  });

  test('programs that are not git find their files too, and the delivery goes on from there', async () => {
    const { told, below } = await readyBeside();
    const own = join(told.root, `tickets/${told.ticket}.yaml`);
    await chmod(own, 0o755);
    const { code, next } = await asked(told, below, 'deliver');
    expect(code).toBe('evidence-executable');
    await obey(told, next, below);
    expect((await stat(own)).mode & 0o111).toBe(0);
    expect((await told.ok('status', told.ticket)).data.ended).toBe('done');
  });

  test('what an agent wrote over comes back to where it was', async () => {
    const told = await story({ files: { 'a.js': 'a\n', 'pkg/mine.txt': 'theirs\n', 'mine.txt': 'committed\n' }, ticket: ['--file', 'a.js', '--prove', 'true'] });
    await told.write('mine.txt', 'precious\n');
    await told.ok('advance', '--until-blocked');
    await told.write('mine.txt', 'agent was here\n');
    const below = join(told.root, 'pkg');
    const { data } = JSON.parse((await told.cxwWith({ cwd: below }, 'abandon', '--reason', 'A mess.', '--json')).stdout);
    await obey(told, data.overwritten.map(({ bringBack }: { bringBack: string }) => bringBack), below);
    expect([await told.read('mine.txt'), await told.read('pkg/mine.txt')]).toEqual(['precious\n', 'theirs\n']);
  });

  test('init offers what commits and pushes exactly what it laid down', async () => {
    const bench = await workshop({ 'src/deep/AGENTS.md': '# Mine\n' });
    const below = join(bench.root, 'src/deep');
    await bench.write('src/deep/work.txt', 'x\n');
    await bench.git('add', 'src/deep/work.txt');
    const { next } = await asked(bench, below, 'init', '--prove', 'true');
    expect(next.at(-2)).toBe('git push origin main');
    await obey(bench, ofGit(next), below);
    expect(await bench.git('status', '--porcelain')).toBe('A  src/deep/work.txt');
  });
});

describe('where cxw was told to go elsewhere, what is printed works where it was typed', () => {
  test('a repository is offered for the folder that has none', async () => {
    const bench = await emptyWorkshop();
    const plain = join(bench.folder, "it's plain");
    await mkdir(plain);
    const { code, next } = await asked(bench, bench.folder, '-C', "it's plain", 'status');
    expect(code).toBe('not-a-repository');
    await obey(bench, next, bench.folder);
    expect((await bench.cxwWith({ cwd: bench.folder }, '-C', "it's plain", 'status')).exit).toBe(0);
    expect((await type(bench, 'git rev-parse', bench.folder)).exit).not.toBe(0);
  });

  test.each([['beside it', 'repo'], ['by its whole name', undefined], ['by a folder in it', 'repo/src']])('from setting up to the first step: %s', async (_, named) => {
    const bench = await workshop({ 'src/a.txt': 'before\n' });
    const there = named ?? bench.root;
    const { next } = await asked(bench, bench.folder, '-C', there, 'init', '--prove', 'true');
    await obey(bench, ofGit(next), bench.folder);
    expect(await bench.git('status', '--porcelain')).toBe('');
    const made = JSON.parse((await bench.cxwWith({ cwd: bench.folder }, '-C', there, 'ticket', 'new', '--quick', 'X', '--file', 'src/a.txt', '--accept', 'It shall be so.', '--prove', 'true', '--plan', 'Do it.', '--why', 'One word.', '--json')).stdout);
    const step = await type(bench, made.next[0], bench.folder);
    expect(step.stdout + step.stderr).toContain('writer_assigned');
    const [reading] = (await asked(bench, bench.folder, '-C', there, 'status')).next;
    expect((await type(bench, reading, bench.folder)).exit).toBe(0);
  });

  test('at the root of it, and where it was told to stay, nothing is added', async () => {
    const bench = await workshop({ 'src/a.txt': 'before\n' });
    expect((await asked(bench, bench.root, '-C', '.', 'status')).next).toEqual(['cxw init']);
    expect((await asked(bench, bench.root, '-C', bench.root, 'status')).next).toEqual(['cxw init']);
    expect((await asked(bench, bench.root, '-C', 'src', 'status')).next).toEqual(['cxw -C src init']);
    expect((await asked(bench, bench.folder, '-C', 'nowhere', 'status')).next).toEqual(['cxw -C FOLDER status']);
  });
});

test('in a sparse checkout, init offers what stages beyond it', async () => {
  const bench = await workshop({ 'src/a.txt': 'a\n', 'far/b.txt': 'b\n' });
  await bench.git('sparse-checkout', 'set', '--cone', 'src');
  const { next } = await asked(bench, bench.root, 'init', '--prove', 'true');
  expect(next[0]).toMatch(/^git add --sparse -- /);
  await obey(bench, ofGit(next), bench.root);
  expect(await bench.git('status', '--porcelain')).toBe('');
});
