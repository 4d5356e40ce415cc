import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refuse } from '../../src/domain/problem.js';
import { abortIt, hook, ready } from '../support/delivering.js';
import { codesOf, deliverIt, TICKET } from '../support/given.js';
import { run, workshop, type Workshop } from '../support/workshop.js';

/** Runs commands out of an answer as a person would. */
async function obey(bench: Workshop, commands: readonly string[]): Promise<void> {
  for (const command of commands) expect(await run('sh', ['-c', command], { cwd: bench.root, env: bench.env }), command).toMatchObject({ exit: 0 });
}

const gitCommands = (commands: readonly string[]): string[] => commands.filter((command) => !command.startsWith('cxw '));

describe('a command that is printed as the way out is one', () => {
  test('a first commit takes nothing along that is staged', async () => {
    const bench = await workshop();
    await bench.git('checkout', '--quiet', '--orphan', 'unborn');
    const staged = await bench.git('ls-files', '--stage');
    expect(staged).not.toBe('');
    await obey(bench, refuse('unborn-head', { ticket: TICKET, branch: 'refs/heads/unborn' }).commands);
    expect(await bench.git('ls-tree', '-r', 'HEAD')).toBe('');
    expect(await bench.git('ls-files', '--stage')).toBe(staged);
  });

  test.each([['--assume-unchanged'], ['--skip-worktree']])('both marks that hide a path are taken away: %s', async (mark) => {
    const { bench, world } = await ready();
    await bench.git('update-index', mark, 'greeting.txt');
    const refused = await deliverIt(world);
    expect(codesOf(refused)).toEqual(['hidden-paths']);
    await obey(bench, refused.problems[0]!.commands);
    expect(await deliverIt(world)).toMatchObject({ ending: 'done' });
  });

  test('replaced objects and grafts are cleared, the file of grafts put aside', async () => {
    const { bench, world } = await ready();
    await bench.git('replace', await bench.git('rev-parse', 'HEAD:other.txt'), await bench.git('rev-parse', 'HEAD:greeting.txt'));
    await bench.write('.git/info/grafts', `${await bench.git('rev-parse', 'HEAD')}\n`);
    const refused = await deliverIt(world);
    expect(codesOf(refused)).toEqual(['replace-refs']);
    await obey(bench, refused.problems[0]!.commands);
    expect(await bench.read('.git/info/grafts.aside')).not.toBe('');
    expect(await deliverIt(world)).toMatchObject({ ending: 'done' });
  });

  test('what git is in the middle of is let go on, and no command throws away what a person resolved', () => {
    const commands = (['merge', 'rebase', 'cherry-pick', 'revert', 'am', 'bisect'] as const).map((operation) => refuse('operation-in-progress', { ticket: TICKET, operation }).commands);
    expect(commands.slice(0, -1)).toEqual(['merge', 'rebase', 'cherry-pick', 'revert', 'am'].map((operation) => [`git ${operation} --continue`]));
    expect(commands.at(-1)).toEqual(['git bisect log', 'git bisect reset']);
  });

  test('a commit that was rewritten below others is taken for the new base first of all, whatever else lies about', () => {
    const facts = { ticket: TICKET, commit: '1'.repeat(40), rewritten: '2'.repeat(40) };
    expect(refuse('commit-rewritten', { ...facts, tip: false }).commands[0]).toBe(`cxw rework ${TICKET} --refresh`);
    expect(gitCommands(refuse('commit-rewritten', { ...facts, tip: true }).commands)).toEqual([`git reset --soft ${'2'.repeat(12)}^`]);
  });

  test('settings of the branch alone are shown, whatever its name holds', async () => {
    const bench = await workshop();
    const branch = "fix';touch${IFS}PWNED;'(a.b)+";
    await bench.git('checkout', '--quiet', '-b', branch);
    await bench.git('config', `branch.${branch}.pushRemote`, 'fork');
    await bench.git('config', 'branch.other.pushRemote', 'other');
    const [command] = refuse('ambiguous-target', { ticket: TICKET, branch: `refs/heads/${branch}`, remotes: ['fork', 'origin'] }).commands;
    expect(execFileSync('sh', ['-c', command!], { cwd: bench.root, env: bench.env, encoding: 'utf8' })).toBe(`branch.${branch}.pushremote fork\n`);
    expect(await bench.git('status', '--porcelain')).toBe('');
  });

  test('a hook that takes the message away is named, and the delivery can be undone', async () => {
    const { world } = await ready({}, (shop) => hook(shop, 'commit-msg', 'rm "$1"'));
    const refused = await deliverIt(world);
    expect(codesOf(refused)).toEqual(['hook-rejected']);
    expect(refused.problems[0]).toMatchObject({ message: expect.stringMatching(/commit-msg.*took away the file/), commands: [`cxw abort ${TICKET}`, `cxw rework ${TICKET} --refresh`] });
    expect(await abortIt(world)).toMatchObject({ ending: 'done' });
  });

  test('work in a repository of its own that a hook touched has no copy, and that is said', async () => {
    const { bench, world } = await ready({}, (shop) => hook(shop, 'post-commit', 'echo gone > nest/work; echo gone > other.txt'));
    await bench.git('init', '--quiet', 'nest');
    await bench.write('nest/work', 'a day\n');
    await bench.write('other.txt', 'an hour\n');
    const told = (await deliverIt(world)).problems.find(({ code }) => code === 'hook-touched-work')!;
    expect(told.message).toMatch(/nest, other\.txt changed; no copy was made of nest; copies of what was there before: other\.txt: /);
    expect(told.commands[0]).toBe('git -C nest status');
    await obey(bench, gitCommands(told.commands));
  });

  test('a repository that is called bare, and one of another user, lead to what git itself would need', async () => {
    const bench = await workshop();
    await bench.git('config', 'core.bare', 'true');
    expect(JSON.parse((await bench.cxw('status', '--json')).stdout)).toMatchObject({ exit: 6, code: 'repository-called-bare', next: ['git worktree list', 'git config core.bare false'] });
    await obey(bench, ['git config core.bare false']);
    // Only root can give a folder away.
    if (process.getuid?.() !== 0) return;
    execFileSync('chown', ['-R', 'nobody', bench.root]);
    const answer = JSON.parse((await bench.cxw('status', '--json')).stdout);
    expect(answer).toMatchObject({ exit: 6, code: 'repository-of-another', next: [`git config --global --add safe.directory ${bench.root}`] });
    await obey(bench, answer.next);
    expect(JSON.parse((await bench.cxw('status', '--json')).stdout)).toMatchObject({ ok: true });
  });

  test('a pipe in the scope keeps nobody from hearing where the ticket is, and how to end it', async () => {
    const { bench } = await ready();
    await rm(join(bench.root, 'greeting.txt'));
    execFileSync('mkfifo', [join(bench.root, 'greeting.txt')]);
    const answer = JSON.parse((await bench.cxw('status', '--json')).stdout);
    expect(answer).toMatchObject({ ok: true, data: { ticket: TICKET, state: 'context_curated' }, next: ['ls -ld greeting.txt', `cxw abandon ${TICKET} --reason TEXT`] });
    execFileSync('mkfifo', [join(bench.root, 'tickets/zz.yaml')]);
    const validated = JSON.parse((await bench.cxw('validate', '--json')).stdout);
    expect(validated).toMatchObject({ exit: 3, problems: expect.arrayContaining([expect.objectContaining({ code: 'not-a-file', file: 'tickets/zz.yaml' })]) });
  });
});
