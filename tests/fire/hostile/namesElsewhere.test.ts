import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { unfitCharacter } from '../../../src/domain/documents/plainText.js';
import { pathFromBytes, showPath } from '../../../src/domain/paths.js';
import { serverHook } from '../../support/delivering.js';
import { runHere } from '../../support/here.js';
import { story, tell, type Story } from '../../support/story.js';
import { workshop, type Ran } from '../../support/workshop.js';
import { HOSTILE_NAMES } from './names.js';
import { RAW } from './rawCharacters.js';

const FILES = { 'package.json': '{}', 'passing.test.js': "require('node:test')('passes', () => {});\n" };
const PROOF = ['--prove', 'node --test passing.test.js'];
const ID = 'TKT-2026-11-21-all-of-them';

/** As people may write a path in a document, and as a quick ticket takes it. */
const quoted = (name: Buffer): string => `"${showPath(pathFromBytes(name)).replace(/^"|"$/g, '')}"`;
const shown = (name: Buffer): string => showPath(pathFromBytes(name));
/** Names that can be a word of a command line, and of a file system that is given text. */
const TEXTS = HOSTILE_NAMES.filter((name) => Buffer.from(name.toString()).equals(name)).map(String);

const place = (told: Story, name: Buffer): Buffer => Buffer.concat([Buffer.from(`${told.root}/`), name]);
const lay = async (told: Story, content: string): Promise<void> => { for (const name of HOSTILE_NAMES) await writeFile(place(told, name), content); };

/** Runs a command in both shapes of its answer, each of which obeys nothing; answers the document of the first run. */
async function meets(told: Story, ...args: string[]): Promise<any> {
  const document = await told.cxw(...args, '--json');
  const words = await told.cxw(...args);
  for (const { stdout, stderr, exit } of [document, words] satisfies Ran[]) {
    expect(stdout + stderr, args.join(' ')).not.toMatch(RAW);
    expect([0, 2, 3, 4, 5], `${args.join(' ')}\n${stdout}${stderr}`).toContain(exit);
  }
  return JSON.parse(document.stdout);
}

/** The same, and it is done. */
async function does(told: Story, ...args: string[]): Promise<any> {
  const answer = await meets(told, ...args);
  expect(answer.exit, `${args.join(' ')}\n${JSON.stringify(answer)}`).toBe(0);
  return answer;
}

const PLAN = JSON.stringify({
  tasks: [{ id: 'T1', text: 'Write them all.', paths: HOSTILE_NAMES.map(quoted) }], read_order: HOSTILE_NAMES.map(quoted),
  success: ['They are there.'], coverage: [{ criterion: 'AC-1', proofs: ['P1'] }], commit_note: 'Write them all',
});

const TICKET = JSON.stringify({
  schema_version: 3, id: ID, title: 'All of them', class: 'standard', kind: 'feature', scope: { allowed: ['**'], forbidden: ['package.json'] },
  specs: { mode: 'no_spec', reason: 'Only the names of the files matter here.' },
  context: { required: HOSTILE_NAMES.slice(0, 60).map(quoted) }, acceptance: [{ id: 'AC-1', text: 'They are there.', proofs: ['P1'] }],
  proof: [{ id: 'P1', run: 'node --test passing.test.js' }],
});

const finding = (name: Buffer, at: number) => ({ id: `F${at + 1}`, severity: 'note', path: quoted(name), actual: 'An odd name.' });

test('one larger ticket takes them all along every way: back, again, undone, delivered, reviewed and told', async () => {
  const told = await story({ files: FILES, scaffold: 'committed', ticket: ['--file', 'unused.txt', ...PROOF] });
  await told.remove(`tickets/${told.ticket}.yaml`);
  await told.write(`tickets/${ID}.yaml`, TICKET);
  await told.write('../plan.yaml', PLAN);
  await does(told, 'validate');
  await does(told, 'ticket', 'show', ID);
  await told.ok('advance', ID);
  await does(told, 'record', 'plan', ID, '--file', '../plan.yaml', '--as', 'planner:pat');
  await told.ok('advance', ID, '--until-blocked');
  await lay(told, 'first\n');
  await told.ok('record', 'changes', ID, '--summary', 'Names.');
  await told.ok('advance', ID, '--until-blocked');
  await does(told, 'brief', 'writer', ID);
  await does(told, 'brief', 'reviewer', ID);

  await told.ok('rework', ID);
  await lay(told, 'second\n');
  expect((await meets(told, 'advance', ID, '--dry-run')).data.state).toBe('writer_assigned');
  await told.ok('advance', ID, '--until-blocked');
  await lay(told, 'third\n');
  expect((await meets(told, 'status', ID)).data.stale.length).toBeGreaterThan(0);
  expect((await meets(told, 'advance', ID)).code).toBe('stale-evidence');
  await told.ok('rework', ID, '--refresh', '--as', 'human:eve');
  expect((await meets(told, 'advance', ID)).problems.map(({ code }: { code: string }) => code)).not.toContain('internal-error');
  await told.ok('advance', ID, '--adopt');
  await told.ok('record', 'plan', ID, '--file', '../plan.yaml', '--as', 'planner:pat');
  await told.ok('advance', ID, '--until-blocked');

  const { changeSet } = (await told.ok('status', ID)).data;
  const verdict = ['--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read.'];
  await told.ok('record', 'self-review', ID, ...verdict);
  await told.write('../review.yaml', JSON.stringify({ change_set: changeSet, verdict: 'pass', summary: 'Read.', findings: HOSTILE_NAMES.map(finding) }));
  await does(told, 'record', 'review', ID, '--file', '../review.yaml', '--as', 'reviewer:kim');
  await told.ok('record', 'curation', ID, '--memory', 'none', '--spec-drift', 'pass');
  await does(told, 'advance', ID, '--until-blocked');
  await does(told, 'log', ID);
  await does(told, 'brief', 'curator', ID);
  await does(told, 'deliver', ID, '--dry-run');

  await serverHook(told, 'pre-receive', 'exit 1');
  await told.json('deliver', ID);
  const undone = await told.ok('abort', ID);
  expect(JSON.stringify(undone)).not.toMatch(RAW);
  await does(told, 'status', ID);
  await told.remove('../remote.git/hooks/pre-receive');
  await told.ok('deliver', ID);
  const changed = (await told.gitBytes('diff-tree', '-r', '-z', '--no-commit-id', '--name-only', 'HEAD', '--')).toString('latin1').split('\0');
  expect(changed.filter((name) => name !== '' && !name.startsWith('tickets/')).sort()).toEqual(HOSTILE_NAMES.map((name) => name.toString('latin1')).sort());
  expect(await told.git('status', '--porcelain')).toBe('');

  await does(told, 'verify', ID);
  await does(told, 'spec', 'drift', '--ticket', ID);
  await told.write('../words.yaml', JSON.stringify({ excerpts: HOSTILE_NAMES.slice(0, 5).map((name) => ({ path: quoted(name), why: 'Odd.' })), updates: HOSTILE_NAMES.slice(5, 20).map((name) => ({ file: quoted(name), change: 'Another name.' })) }));
  await meets(told, 'review', 'write', ID, '--from', '../words.yaml', '--dry-run');
  await does(told, 'review', 'write', ID, '--from', '../words.yaml');
  expect(await told.read(`docs/review/${ID}.md`)).not.toMatch(RAW);
  await does(told, 'validate', `docs/review/${ID}.md`);
  await told.write('../points.yaml', JSON.stringify({ points: HOSTILE_NAMES.slice(0, 90).map((name) => ({ text: 'It is an odd name.', path: quoted(name) })) }));
  await does(told, 'review', 'fix', ID, '--points', '../points.yaml');
  await does(told, 'progress', 'update');
  await does(told, 'learn', ID, '--worth');
  await does(told, 'validate');
});

test('a quick ticket over them is escalated, and its text names the same files', async () => {
  const told = await story({ files: FILES, scaffold: 'committed', ticket: ['--file', 'unused.txt', ...PROOF] });
  for (let at = 0; at < HOSTILE_NAMES.length; at += 15) {
    const names = HOSTILE_NAMES.slice(at, at + 3);
    const { data: { id } } = await told.ok('ticket', 'new', '--quick', `Names ${at}`, ...names.flatMap((name) => ['--file', shown(name).startsWith('-') ? quoted(name) : shown(name)]), ...PROOF);
    await does(told, 'ticket', 'escalate', id, '--dry-run');
    await told.ok('ticket', 'escalate', id);
    await does(told, 'validate', `tickets/${id}.yaml`);
    await told.ok('advance', id);
    await told.ok('advance', id);
    for (const name of names) await writeFile(place(told, name), 'x');
    await writeFile(place(told, Buffer.from('beside.txt')), 'x');
    const { answer } = await told.json('status', id);
    expect(answer.problems.filter(({ code }: { code: string }) => code === 'outside-scope').map(({ message }: { message: string }) => message).join()).not.toContain(shown(names[0]!));
    await told.ok('abandon', id, '--reason', 'Seen.');
    await told.git('add', '--all');
    await told.git('commit', '--quiet', '--message', 'Seen');
    await told.git('push', '--quiet');
  }
});

test('an old ticket over them is imported, or each that cannot be is told', async () => {
  const told = tell(await workshop(FILES));
  await told.ok('init', '--prove', 'node --test passing.test.js');
  const names = TEXTS.filter((name) => unfitCharacter(name) === undefined).concat(HOSTILE_NAMES.map(quoted));
  await told.write('old.yaml', JSON.stringify({ schema_version: 2, ticket: { id: 'TKT-2026-01-05-odd', title: 'Odd', ticket_class: 'implementation' }, scope: { allowed_files: names, forbidden_files: names }, context_budget: { required_context: names.map((path) => ({ path })) }, proof: { commands: ['npm test'] } }));
  await does(told, 'ticket', 'import', 'old.yaml', '--dry-run');
  await told.ok('ticket', 'import', 'old.yaml');
  await does(told, 'validate', 'tickets/TKT-2026-01-05-odd.yaml');
});

/** Every word that takes a name, a title or a file, beside those of tickets. */
const WORDS = (name: string): string[][] => [
  ['validate', name], ['validate', '--', name], ['spec', 'new', '--', name], ['spec', 'new', 'greeting', '--change', name, '--dry-run'], ['spec', 'apply', '--dry-run', '--', name], ['spec', 'drift', '--', name], ['spec', 'trace', '--', name],
  ['adr', 'new', '--dry-run', '--origin', name, '--tag', name, '--', name], ['adr', 'accept', '--dry-run', '--', name], ['adr', 'supersede', '--dry-run', '--', name, name], ['adr', 'list', '--tag', name],
  ['ticket', 'import', '--dry-run', '--', name], ['ticket', 'new', name, '--dry-run', '--spec', name, '--steering', name, '--allow', 'src/**'], ['review', 'write', '--from', name, '--dry-run', '--', name], ['review', 'fix', '--points', name],
  ['record', 'plan', '--file', name], ['guide', '--', name], ['brief', '--start', name], ['brief', '--', name], ['log', '--', name], ['abort', '--', name], ['rework', '--refresh', '--', name], ['learn', '--worth', '--', name],
  ['-C', name, 'status'], ['init', '--dry-run', '--branch', name, '--remote', name], ['explain', '--', name], ['schema', '--', name], ['completion', 'bash', '--', 'cxw', name],
];

test('each as a word of every command is taken for what it is, or refused', async () => {
  const told = await story({ files: FILES, scaffold: 'committed', ticket: ['--file', 'unused.txt', ...PROOF] });
  const before = await told.git('status', '--porcelain');
  for (const [at, name] of TEXTS.entries()) {
    // Each name meets some of the commands, and each command a fifth of the names.
    for (const words of WORDS(name).filter((_, nth) => nth % 5 === at % 5)) await hears(told, words);
  }
  expect((await told.git('status', '--porcelain', '--', ':!docs/specs')).split('\n')).toEqual(before.split('\n'));
});

async function hears(told: Story, words: readonly string[]): Promise<void> {
  const { exit, stdout, stderr } = await runHere(told, [...(words[0] === '-C' ? [] : ['--json']), ...words]);
  expect(stdout + stderr, words.join(' ')).not.toMatch(RAW);
  expect([0, 2, 3, 4, 5, 6], `${words.join(' ')}\n${stdout}${stderr}`).toContain(exit);
  expect(stderr + stdout, words.join(' ')).not.toMatch(/internal-error|\n {4}at /);
}

test('lying about, tracked or not, they are in nobody’s way when cxw is set up, brought up to date, examined and taken away', async () => {
  const told = tell(await workshop(FILES));
  await lay(told, 'theirs\n');
  await does(told, 'init', '--prove', 'node --test passing.test.js', '--dry-run');
  await does(told, 'init', '--prove', 'node --test passing.test.js');
  await told.git('add', '--all');
  await told.git('commit', '--quiet', '--message', 'All of it');
  await lay(told, 'changed\n');
  await does(told, 'upgrade', '--dry-run');
  await meets(told, 'validate', ...TEXTS.filter((name) => !name.startsWith('-')));
  await does(told, 'adr', 'new', 'Keep odd names', '--dry-run');
  await told.ok('spec', 'new', 'odd-names');
  expect((await told.cxw('doctor', '--offline')).stdout).not.toMatch(RAW);
  await does(told, 'uninstall', '--dry-run');
  await told.ok('uninstall');
  for (const name of HOSTILE_NAMES) expect((await readFile(place(told, name))).toString(), shown(name)).toBe('changed\n');
});
