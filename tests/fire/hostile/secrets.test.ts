import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { story, type Story } from '../../support/story.js';

/** Never to be seen again; with characters that URLs and patterns change. */
const SENTINEL = 'S3nt1nel+never/seen=again';
const SPELLINGS = [SENTINEL, encodeURIComponent(SENTINEL), Buffer.from(SENTINEL).toString('base64')];

const PROOF = `
const secret = process.env.DEPLOY_TOKEN;
const say = (text) => new Promise((done) => process.stdout.write(text, done));
await say('plain ' + secret + '\\n');
await say('split ' + secret.slice(0, 9));
await new Promise((done) => setTimeout(done, 50));
await say(secret.slice(9) + '\\n');
await say('coded ' + encodeURIComponent(secret) + ' ' + Buffer.from(secret).toString('base64') + '\\n');
await say('url https://ada:' + secret + '@host.example/\\n');
console.error('\\x1b[31m' + secret + '\\x1b[0m');
console.log('1 passing');
process.exit(process.env.FAIL ? 1 : 0);
`;

/** A repository that is given the secret everywhere where the design promises to keep it. */
async function secretive(): Promise<Story & { heard: string[] }> {
  const told = await story({ files: { 'greet.js': 'wrong\n', 'prove.mjs': PROOF }, ticket: ['--file', 'greet.js', '--prove', 'node prove.mjs'] });
  const policy = await told.read('.cxw/policy.yaml');
  await told.write('.cxw/policy.yaml', policy.replace('  retries:', '  env: [DEPLOY_TOKEN, FAIL]\n  retries:'));
  Object.assign(told.programEnv, { DEPLOY_TOKEN: SENTINEL, TMPDIR: join(told.folder, 'temporary') });
  await mkdir(join(told.folder, 'temporary'));
  await told.write('.git/hooks/pre-commit', `#!/bin/sh\necho "hook $DEPLOY_TOKEN ${SENTINEL}"\nexit 0\n`);
  await told.executable('.git/hooks/pre-commit');
  return Object.assign(told, { heard: [] });
}

/** Runs a command in both shapes of its answer, and remembers every byte of it. */
async function hear(told: Story & { heard: string[] }, ...args: string[]): Promise<number> {
  const { exit, stdout, stderr } = await told.cxw(...args);
  told.heard.push(`${args.join(' ')}\n${stdout}\n${stderr}`);
  return exit;
}

/** Every byte that is left: objects inflated, refs, live state, worktree, temporary folder, remote; but what is the person's own. */
function everything(told: Story): [place: string, bytes: Buffer][] {
  const objects = (gitDirectory: string): [string, Buffer][] => [[
    `objects of ${gitDirectory}`,
    execFileSync('git', ['--git-dir', gitDirectory, 'cat-file', '--batch-all-objects', '--batch'], { env: told.env, maxBuffer: 1 << 28 }),
  ]];
  const files = readdirSync(told.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isOwn(path.slice(told.folder.length + 1)));
  return [...objects(join(told.root, '.git')), ...objects(told.remote), ...files.map((path): [string, Buffer] => [path, readFileSync(path)])];
}

/** Where the person put the secret themselves. */
const isOwn = (path: string): boolean => /^repo\/\.git\/(config|hooks\/pre-commit)$|^repo\/private\.txt$|^repo\/\.git\/cxw\/tickets\/[^/]+\/private\/copies\/|^remote\.git\/hooks\//.test(path);

function holdsNoSecret(told: Story & { heard: string[] }): void {
  const places: [string, Buffer][] = [...told.heard.map((text): [string, Buffer] => [`stream of ${text.split('\n')[0]}`, Buffer.from(text)]), ...everything(told)];
  expect(places.length).toBeGreaterThan(50);
  const leaks = places.flatMap(([place, bytes]) => SPELLINGS.filter((spelling) => bytes.includes(spelling)).map((spelling) => `${place}: ${spelling}`));
  expect(leaks).toEqual([]);
}

async function attested(told: Story & { heard: string[] }): Promise<void> {
  const verdict = ['--verdict', 'pass', '--change-set', await told.digest(), '--summary', 'Read.'];
  expect(await hear(told, 'record', 'self-review', ...verdict)).toBe(0);
  expect(await hear(told, 'record', 'review', '--as', 'reviewer:kim', ...verdict)).toBe(0);
  expect(await hear(told, 'record', 'curation', '--memory', 'none')).toBe(0);
}

async function lookEverywhere(told: Story & { heard: string[] }): Promise<void> {
  const everyCommand = [['status'], ['status', '--all'], ['log'], ['brief', 'writer'], ['brief', 'reviewer'], ['brief', 'curator'], ['validate'], ['ticket', 'list'], ['ticket', 'show', told.ticket], ['spec', 'list'], ['adr', 'list'], ['progress', 'update', '--dry-run']];
  for (const args of everyCommand) {
    await hear(told, ...args);
    await hear(told, ...args, '--json');
  }
  for (const format of ['sarif', 'github']) await hear(told, 'validate', '--format', format);
}

/** What reads a delivered ticket, runs its proofs once more, or writes of it. */
async function lookBack(told: Story & { heard: string[] }): Promise<void> {
  expect(await hear(told, 'verify', 'HEAD', '--rerun')).toBe(0);
  await hear(told, 'verify', 'HEAD', '--rerun', '--json');
  expect(await hear(told, 'review', 'write', told.ticket)).toBe(0);
  expect(await hear(told, 'learn', told.ticket, '--pattern', 'Small steps.')).toBe(0);
  for (const args of [['progress', 'update'], ['upgrade', '--dry-run'], ['spec', 'drift', '--ticket', told.ticket], ['guide'], ['brief', '--start', 'single-ticket'], ['doctor', '--offline'], ['doctor', '--json']]) await hear(told, ...args);
}

test('a secret of the environment, of a URL, of a private file and of a hook stays out of a whole road', async () => {
  const told = await secretive();
  await told.write('private.txt', `${SENTINEL}\n`);
  await told.git('config', 'http.proxy', `http://ada:${encodeURIComponent(SENTINEL)}@127.0.0.1:9`);
  expect(await hear(told, 'advance', '--until-blocked')).toBe(0);
  await told.write('greet.js', 'right\n');
  expect(await hear(told, 'advance', '--until-blocked')).toBe(0);
  await lookEverywhere(told);
  await attested(told);
  expect(await hear(told, 'deliver')).toBe(0);
  await hear(told, 'log', told.ticket);
  await hear(told, 'verify', 'HEAD', '--json');
  await lookBack(told);
  holdsNoSecret(told);
  expect(readdirSync(join(told.folder, 'temporary'))).toEqual([]);
});

test('a secret in a push URL, in a refusal of the remote and of a hook, and in failing proofs stays out of ways that fail', async () => {
  const told = await secretive();
  const url = `http://ada:${encodeURIComponent(SENTINEL)}@127.0.0.1:9/repo.git`;
  await told.git('config', 'remote.origin.pushurl', url);
  expect(await hear(told, 'advance', '--until-blocked')).toBe(6);
  await told.git('config', '--unset', 'remote.origin.pushurl');
  await told.git('config', 'remote.backup.url', url);
  expect(await hear(told, 'advance', '--until-blocked')).toBe(0);
  await told.write('greet.js', 'right\n');

  told.programEnv['FAIL'] = '1';
  await hear(told, 'advance', '--until-blocked');
  await lookEverywhere(told);
  delete told.programEnv['FAIL'];
  expect(await hear(told, 'advance', '--until-blocked')).toBe(0);
  await attested(told);
  await told.write('../remote.git/hooks/pre-receive', `#!/bin/sh\necho "no: ${SENTINEL} https://ada:${SENTINEL}@host.example/" >&2\nexit 1\n`);
  await told.executable('../remote.git/hooks/pre-receive');
  expect(await hear(told, 'deliver')).toBe(4);
  await lookEverywhere(told);
  expect(await hear(told, 'abort')).toBe(0);
  holdsNoSecret(told);
  expect(readdirSync(join(told.folder, 'temporary'))).toEqual([]);
});

/** What asks or tells where a branch is delivered to. */
const ASKING = ['init --dry-run', 'init --dry-run --json', 'doctor', 'advance', 'advance --json', 'deliver --json', 'rework --refresh', 'validate', 'validate --json'];

test.each<[string, (told: Story, url: string) => Promise<unknown>]>([
  // As `git push --set-upstream URL main` leaves it.
  ['the upstream of the branch', (told, url) => told.git('config', 'branch.main.remote', url)],
  ['its push remote', (told, url) => told.git('config', 'branch.main.pushRemote', url)],
  ['the name of a remote', async (told, url) => { await told.git('config', `remote.${url}.url`, url); await told.git('config', 'branch.main.remote', url); }],
  ['the policy', async (told, url) => told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace('remote: origin', `remote: "${url}"`))],
  ['the query of a push URL', (told) => told.git('config', 'remote.origin.pushurl', `http://127.0.0.1:9/repo.git?private_token=${encodeURIComponent(SENTINEL)}`)],
])('a secret in a URL that is %s is told by no command', async (_, put) => {
  // Nothing of the environment tells that it is one.
  const told = Object.assign(await story({ scaffold: 'committed' }), { heard: [] as string[] });
  await put(told, `http://ada:${encodeURIComponent(SENTINEL)}@127.0.0.1:9/repo.git`);
  for (const command of ASKING) await hear(told, ...command.split(' '));
  expect(told.heard.join('\n')).toMatch(/127\.0\.0\.1:9/);
  expect(told.heard.filter((text) => SPELLINGS.some((spelling) => text.includes(spelling)))).toEqual([]);
});
