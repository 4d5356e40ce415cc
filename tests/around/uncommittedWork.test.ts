import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import type { World } from '../../src/world/index.js';
import { codesOf, deliverAgain, deliverIt, givenReady, TICKET } from '../support/given.js';
import { abortIt, hook, ready, serverHook } from '../support/delivering.js';
import { Killed } from '../support/mortal.js';
import { run, workshop, type Workshop } from '../support/workshop.js';
import { GREETER, story, type Story } from '../support/story.js';

/** Where the copies of what was there before lie, by the path that an answer names. */
const copiesIn = (message: string): Map<string, string> => new Map([...message.matchAll(/(\S+): (\S*set-aside\/copies\/[0-9a-f]+)/g)].map(([, path, copy]) => [path!, copy!]));

/** Hooks by name, and when they would do something. They stay as they are, since whoever changes one is asked about it. */
const HOOKS = [
  ['prepare-commit-msg', 'true'], ['commit-msg', 'true'], ['post-index-change', 'true'], ['reference-transaction', 'test "$1" = committed'], ['post-commit', 'true'], ['pre-push', 'true'],
];
const calm = (bench: Workshop): Promise<void> => bench.write('../calm', '');

test.each(HOOKS)('what the %s hook overwrites is told, and its copy outlives the ticket', async (name, when) => {
  const { bench, world } = await ready({}, (shop) => hook(shop, name!, `test -e ../calm || { ${when} && echo gone > other.txt; }\nexit 0`));
  await bench.write('other.txt', 'hours of work\n');
  const told = (await deliverIt(world)).problems.find(({ code }) => code === 'hook-touched-work')!;
  expect(told).toMatchObject({ facts: { hook: name, paths: ['other.txt'] } });
  await calm(bench);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(await readFile(copiesIn(told.message).get('other.txt')!, 'utf8')).toBe('hours of work\n');
});

test('what a hook overwrites while it is tried on a copy is told, with a copy of it, before anything is reviewed', async () => {
  const told = await story();
  await hook(told, 'pre-commit', `test -e '${join(told.folder, 'calm')}' || echo gone > '${join(told.root, 'notes.txt')}'\nexit 0`);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.write('notes.txt', 'hours of work\n');
  expect(await told.ok('advance', '--dry-run', '--mine', 'notes.txt')).toMatchObject({ data: { wouldEnter: 'implementation_complete' } });
  expect(await told.read('notes.txt')).toBe('hours of work\n');
  const { problems: [problem], next } = await told.refused('hook-touched-work', 'advance', '--mine', 'notes.txt');
  expect(next).toEqual(['git diff -- notes.txt', `cxw advance ${told.ticket}`]);
  expect(problem.message).toMatch(/^While the pre-commit hook was tried on a copy, notes\.txt changed; /);
  expect(await readFile(copiesIn(problem.message).get('notes.txt')!, 'utf8')).toBe('hours of work\n');
  await calm(told);
  expect(await told.ok('advance')).toMatchObject({ data: { entered: ['implementation_complete'] } });
});

test('what a hook had overwritten when it was killed on a copy, and we with it, is told by the next run', async () => {
  const told = await story();
  await hook(told, 'pre-commit', `test -e '${join(told.folder, 'calm')}' || { echo gone > '${join(told.root, 'greet.js')}'; kill -9 $(ps -o ppid= -p $PPID); }`);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  const work = await told.read('greet.js');
  expect((await told.cxw('advance')).exit).toBe(137);
  await calm(told);
  await told.write('greet.js', `${work}// more\n`);
  const { problems } = await told.ok('advance');
  const { message } = problems.find(({ code }: { code: string }) => code === 'hook-touched-work');
  expect(message).toMatch(/^Since the pre-commit hook was cut short, greet\.js changed; /);
  expect(await readFile(copiesIn(message).get('greet.js')!, 'utf8')).toBe(work);
});

test('what is only staged of a delivered file is told before and when it is replaced, and git keeps it', async () => {
  const { bench, world } = await ready();
  await bench.write('greeting.txt', 'staged only here\n');
  await bench.git('add', 'greeting.txt');
  await bench.write('greeting.txt', 'hello\n');
  const id = await bench.git('rev-parse', ':greeting.txt');
  const object = join(bench.root, '.git/objects', id.slice(0, 2), id.slice(2));
  await utimes(object, new Date('2020-01-01'), new Date('2020-01-01'));
  const told = { code: 'staging-replaced', commands: [`git cat-file blob ${id}`, `git update-index --add --cacheinfo 100644 ${id} greeting.txt`] };
  expect(await deliverIt(world, true)).toMatchObject({ ending: 'done', problems: [told] });
  expect((await stat(object)).mtime).toEqual(new Date('2020-01-01'));
  await hook(bench, 'pre-commit', 'test -e ../calm');
  expect(codesOf(await deliverIt(world))).toEqual(['hook-rejected']);
  expect(await deliverAgain(world, true)).toMatchObject({ ending: 'done', problems: [told] });
  await calm(bench);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [told] });
  expect((await stat(object)).mtimeMs).toBeGreaterThan(new Date('2020-01-02').getTime());
});

/** Stages a content of a file, and puts the file back. */
async function stagedOnly(bench: Workshop, path: string, content: string): Promise<string> {
  const before = await readFile(join(bench.root, path));
  await bench.write(path, content);
  await bench.git('add', '--', path);
  await writeFile(join(bench.root, path), before);
  return bench.git('rev-parse', `:${path}`);
}

/** The same room with calls of its own. */
const but = <R extends object>(room: R, own: Partial<R>): R => new Proxy(room, { get: (target, key) => Reflect.get(key in own ? own : target, key) });

const replaced = (path: string, id: string): object => ({ code: 'staging-replaced', commands: [`git cat-file blob ${id}`, `git update-index --add --cacheinfo 100644 ${id} ${path}`] });

test.each(['before the branch moves', 'when all is remembered'])('what is replaced in the index is told by the next answer where the run was killed %s, for as long as git has it', async (when) => {
  const { bench, world } = await ready();
  const id = await stagedOnly(bench, 'greeting.txt', 'staged only here\n');
  const { trees } = world.git;
  const writeIndex: typeof trees.writeIndex = async (entries) => { await trees.writeIndex(entries); throw new Killed(); };
  const claims: typeof world.ledger.claims = () => Promise.reject(new Killed());
  const dying: World = when === 'before the branch moves' ? but(world, { git: but(world.git, { trees: but(trees, { writeIndex }) }) }) : but(world, { ledger: but(world.ledger, { claims }) });
  await expect(deliverIt(dying)).rejects.toBeInstanceOf(Killed);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [replaced('greeting.txt', id)] });
  await rm(join(bench.root, '.git/objects', id.slice(0, 2), id.slice(2)));
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { already: true }, problems: [] });
});

test('a staged version of the ticket or of a record is told when it is replaced, and git keeps it', async () => {
  const { bench, world } = await ready();
  const path = `tickets/${TICKET}.yaml`;
  const id = await stagedOnly(bench, path, `${await bench.read(path)}# one line more\n`);
  expect(await deliverIt(world, true)).toMatchObject({ ending: 'done', problems: [replaced(path, id)] });
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [replaced(path, id)] });
});

test('a promise to add a delivered file, and its delivered version staged, are nothing to tell', async () => {
  const { bench, world } = await ready();
  await bench.git('add', 'greeting.txt');
  await bench.git('add', '--intent-to-add', `tickets/${TICKET}.yaml`);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [] });
});

test('a hook that changes other work and says no is told for both', async () => {
  const { bench, world } = await ready({}, async (shop) => {
    await hook(shop, 'commit-msg', 'test -e ../calm || { echo gone > other.txt; exit 1; }');
    await hook(shop, 'pre-push', 'echo gone again > other.txt; exit 1');
  });
  await bench.write('other.txt', 'hours of work\n');
  expect(codesOf(await deliverIt(world))).toEqual(['hook-rejected', 'hook-touched-work']);
  await calm(bench);
  expect(codesOf(await deliverIt(world))).toEqual(['push-rejected', 'hook-touched-work']);
});

test('a pre-push hook that changes other work is told where the remote does not answer, or has the commit already', async () => {
  const { bench, world } = await ready({}, (shop) => hook(shop, 'pre-push', 'test -e ../calm || echo gone >> other.txt'));
  await serverHook(bench, 'post-update', 'mv ../remote.git ../away.git');
  expect((await deliverIt(world)).problems).toMatchObject([{ code: 'hook-touched-work', severity: 'warning' }, { code: 'pushed-unconfirmed', severity: 'error' }]);
  await run('mv', [join(bench.folder, 'away.git'), bench.remote], {});
  await rm(join(bench.remote, 'hooks/post-update'), { force: true });
  await calm(bench);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('what a hook overwrites while the commit is pushed is told, and the delivery is not taken for failed', async () => {
  const { bench, world } = await ready({}, (shop) => hook(shop, 'pre-push', 'echo gone > other.txt'));
  await bench.write('other.txt', 'hours of work\n');
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'done', data: { confirmed: true }, problems: [{ code: 'hook-touched-work', severity: 'warning' }] });
  expect(await readFile(copiesIn(outcome.problems[0]!.message).get('other.txt')!, 'utf8')).toBe('hours of work\n');
});

test('what a hook overwrites while the note is pushed is told, and the delivery stands', async () => {
  const { bench, world } = await ready({ notes: 'push' }, (shop) => hook(shop, 'pre-push', 'if grep -q refs/notes; then echo gone > other.txt; fi'));
  await bench.write('other.txt', 'hours of work\n');
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'done', data: { confirmed: true, note: 'here and on the remote' } });
  const told = outcome.problems.find(({ code }) => code === 'hook-touched-work')!;
  expect(told).toMatchObject({ severity: 'warning' });
  expect(await readFile(copiesIn(told.message).get('other.txt')!, 'utf8')).toBe('hours of work\n');
});

test('what a proof had overwritten when it was killed is told by a delivery under way, and stops it no more', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await bench.write('other.txt', 'hours of work\n');
  const before = await world.git.repository.identify(['other.txt' as RepoPath]);
  await world.private.copyToSafety(TICKET, before, 1000);
  await world.private.saveWatch(TICKET, { kind: 'proof', name: 'P1', before });
  await bench.write('other.txt', 'gone\n');
  await rm(join(bench.remote, 'hooks/pre-receive'));
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'done', problems: [{ code: 'proof-touched-work' }] });
  expect(await readFile(copiesIn(outcome.problems[0]!.message).get('other.txt')!, 'utf8')).toBe('hours of work\n');
});

/** A ticket for a file of which a filter keeps a part out of git, as for a notebook without its results. */
async function behindFilter(name: string, script: string): ReturnType<typeof ready> {
  return ready({}, async (shop) => {
    await shop.git('config', 'filter.strip.clean', 'grep -v ^RESULT');
    await shop.git('config', 'filter.strip.smudge', 'cat');
    await shop.write('.git/info/attributes', 'greeting.txt filter=strip\n');
    await hook(shop, name, script);
  });
}
const RESULTS = 'hello\nRESULT: three hours of computing\n';

test.each(['pre-commit', ...HOOKS.map(([name]) => name!)])('what a filter kept out of a delivered file is told and copied when the %s hook overwrites it', async (name) => {
  const { bench, world } = await behindFilter(name, 'test -e ../calm || git cat-file -p $(git rev-parse :greeting.txt) > greeting.txt\nexit 0');
  await bench.write('greeting.txt', RESULTS);
  const told = (await deliverIt(world)).problems.find(({ code }) => code === 'hook-touched-work')!;
  expect(told).toMatchObject({ facts: { hook: name, paths: ['greeting.txt'] } });
  expect(await readFile(copiesIn(told.message).get('greeting.txt')!, 'utf8')).toBe(RESULTS);
  await calm(bench);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('hooks that leave a delivered file behind a filter alone are not spoken of, also where half of it is staged', async () => {
  const { bench, world } = await behindFilter('post-index-change', 'exit 0');
  await hook(bench, 'post-commit', 'exit 0');
  await bench.write('greeting.txt', 'half\n');
  await bench.git('add', 'greeting.txt');
  await bench.write('greeting.txt', RESULTS);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [{ code: 'staging-replaced' }] });
  expect(await bench.read('greeting.txt')).toBe(RESULTS);
});

test('a delivered file that lies in git as it is may be rewritten by a hook', async () => {
  const { bench, world } = await ready({}, (shop) => hook(shop, 'pre-push', 'echo new >> greeting.txt'));
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [{ code: 'hook-edited-delivered' }] });
  expect(await bench.read('greeting.txt')).toBe('hello\nnew\n');
});

test('a hook that writes where the policy lets programs write is told, and stops nothing', async () => {
  const bench = await workshop({ 'greeting.txt': 'old\n', 'other.txt': 'o\n' });
  await hook(bench, 'commit-msg', 'echo one more >> messages.log');
  await bench.write('messages.log', 'one\n');
  await bench.write('greeting.txt', 'hello\n');
  const { world } = await givenReady(bench, { files: ['greeting.txt'], authorized: ['*.log'] });
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [{ code: 'hook-touched-work', severity: 'warning', facts: { paths: ['messages.log'] } }] });
});

test('a hook that did no harm is not blamed, after git failed beside it, for what the person did since', async () => {
  const { bench, world } = await ready({}, async (shop) => {
    await hook(shop, 'pre-commit', 'test -e ../calm || touch .git/refs/heads/main.lock');
    await hook(shop, 'reference-transaction', 'exit 0');
  });
  await bench.write('other.txt', 'hours of work\n');
  await expect(deliverIt(world)).rejects.toMatchObject({ problem: { code: 'git-locked' } });
  await bench.write('other.txt', 'more hours of work\n');
  await bench.remove('.git/refs/heads/main.lock');
  await calm(bench);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [] });
});

test('what a hook overwrites while a delivery is undone is told, and copied first', async () => {
  const { bench, world } = await ready({}, (shop) => hook(shop, 'reference-transaction', 'test -e ../armed && test "$1" = committed && echo gone > other.txt; exit 0'));
  await serverHook(bench, 'pre-receive', 'exit 1');
  await bench.write('other.txt', 'hours of work\n');
  await deliverIt(world);
  await bench.write('../armed', '');
  const outcome = await abortIt(world);
  expect(outcome).toMatchObject({ ending: 'done', problems: [{ code: 'hook-touched-work', severity: 'warning' }] });
  expect(await readFile(copiesIn(outcome.problems[0]!.message).get('other.txt')!, 'utf8')).toBe('hours of work\n');
});

test('whoever only looks sets nothing aside', async () => {
  const told = await story({ files: { ...GREETER, 'a.txt': 'a\n' }, scaffold: 'committed' });
  await told.write('a.txt', 'work\n');
  await told.ok('advance', '--until-blocked');
  await told.write('a.txt', 'gone\n');
  await told.json('status');
  await told.json('advance', '--dry-run');
  await expect(readdir(join(told.root, '.git/cxw/set-aside'))).rejects.toThrow(/ENOENT/);
});

test('a hook that stages a file anew is told, with the command that stages what was there before', async () => {
  const { bench, world } = await ready({}, (shop) => hook(shop, 'pre-commit', 'unset GIT_INDEX_FILE; git add other.txt'));
  await bench.write('other.txt', 'staged half\n');
  await bench.git('add', 'other.txt');
  await bench.write('other.txt', 'both halves\n');
  const outcome = await deliverIt(world);
  const told = outcome.problems.find(({ code }) => code === 'staging-changed')!;
  expect(outcome.ending).toBe('done');
  await run('sh', ['-c', told.commands[0]!], { cwd: bench.root, env: bench.env });
  expect(await bench.git('show', ':other.txt')).toBe('staged half');
});

/** A ticket whose proof overwrites these files once somebody says so. */
async function overwriting(...paths: string[]): Promise<Story> {
  const lines = paths.map((path) => `echo gone > ${path}`).join('; ');
  const told = await story({
    files: { ...GREETER, 'mine.txt': 'm\n', 'prove.sh': `if [ -e ../armed ]; then ${lines}; fi\nif [ -e ../mortal ]; then kill -9 $PPID; fi\n` },
    scaffold: 'committed',
    ticket: ['--file', 'greet.js', '--prove', 'sh prove.sh'],
  });
  await told.ok('advance', '--until-blocked');
  await told.fix();
  return told;
}

const advance = async (told: Story): Promise<any> => (await told.json('advance', '--until-blocked')).answer;
const touched = (answer: any): any => answer.problems.find(({ code }: { code: string }) => code === 'proof-touched-work');

test('what a proof overwrites of work that nobody forbade is told, and copied first', async () => {
  const told = await overwriting('mine.txt', 'tickets/TKT-2026-01-01-other.yaml', 'agent/memory.md');
  await told.write('mine.txt', 'begun while the ticket runs\n');
  await told.write('tickets/TKT-2026-01-01-other.yaml', 'a draft\n');
  await told.write('agent/memory.md', 'remembered\n');
  await told.ok('advance', '--mine', 'mine.txt');
  await told.write('../armed', '');
  const copies = copiesIn(touched(await advance(told)).message);
  expect(await readFile(copies.get('mine.txt')!, 'utf8')).toBe('begun while the ticket runs\n');
  expect(await readFile(copies.get('tickets/TKT-2026-01-01-other.yaml')!, 'utf8')).toBe('a draft\n');
  expect(await readFile(copies.get('agent/memory.md')!, 'utf8')).toBe('remembered\n');
});

test('a proof that overwrites the very work it is to prove proves nothing, and the work is kept', async () => {
  const told = await overwriting('greet.js');
  await told.write('../armed', '');
  const work = await told.read('greet.js');
  const answer = await advance(told);
  expect(answer.problems.map(({ code }: { code: string }) => code)).toContain('proof-unstable');
  expect(await readFile(copiesIn(touched(answer).message).get('greet.js')!, 'utf8')).toBe(work);
});

test('what a proof had overwritten when it was killed, and we with it, is told by the next run', async () => {
  const told = await overwriting('greet.js');
  const work = await told.read('greet.js');
  await told.write('../armed', '');
  await told.write('../mortal', '');
  expect((await told.cxw('advance', '--until-blocked')).exit).toBe(137);
  for (const sign of ['armed', 'mortal']) await rm(join(told.folder, sign));
  await told.write('greet.js', `${work}// more\n`);
  const { message } = touched(await advance(told));
  expect(await readFile(copiesIn(message).get('greet.js')!, 'utf8')).toBe(work);
});

test('every copy of what was overwritten beside the ticket is named', async () => {
  const told = await story({ files: { ...GREETER, 'a.txt': 'a\n', 'b.txt': 'b\n' }, scaffold: 'committed' });
  for (const name of ['a.txt', 'b.txt']) await told.write(name, `work on ${name}\n`);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  for (const name of ['a.txt', 'b.txt']) await told.write(name, 'gone\n');
  const { message } = (await told.refused('outside-scope', 'advance')).problems.find(({ code }: { code: string }) => code === 'outside-scope');
  const copies = copiesIn(message);
  for (const name of ['a.txt', 'b.txt']) expect(await readFile(copies.get(name)!, 'utf8')).toBe(`work on ${name}\n`);
});
