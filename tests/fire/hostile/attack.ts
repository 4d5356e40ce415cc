import { readdirSync, readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { expect } from 'vitest';
import { recordGit, type Vectors } from '../../support/recordingGit.js';
import { story, type Story } from '../../support/story.js';
import { CXW, run, type Ran } from '../../support/workshop.js';
import { CHECKS } from './checks.js';
import { RAW } from './rawCharacters.js';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/attacks');

const texts = z.record(z.string(), z.string());
const words = z.union([z.string().transform((line) => line.split(' ')), z.array(z.string())]);

const step = z.union([
  /** Somebody else's deeds: a shell script in the repository. */
  z.strictObject({ sh: z.string() }),
  /** One run of the program, and what must come of it. */
  z.strictObject({
    cxw: words, env: texts.optional(), input: z.string().optional(), in: z.string().optional(),
    exit: z.union([z.int(), z.stringFormat('value', /^\{\w+\}$/)]), codes: z.array(z.string()).optional(), says: z.string().optional(), never: z.string().optional(),
  }),
  /** The usual way: discovered; the work done too; what was done attested; all of it. */
  z.strictObject({ walk: z.enum(['begun', 'implemented', 'attested', 'ready']) }),
]);

/** One attack as data: who does what, and what must come of it. */
const attackSchema = z.strictObject({
  id: z.string().regex(/^A\d\d$/),
  who: z.array(z.enum(['ticket', 'repository', 'agent', 'proof', 'server', 'local', 'user'])).min(1),
  severity: z.enum(['critical', 'high', 'medium']),
  attack: z.string(),
  expected: z.string(),
  /** What this platform cannot show. */
  not_shown: z.string().optional(),
  /** Values that take the place of `{name}` in every text, one run for each. */
  with: z.array(texts).default([{}]),
  /** The runs follow one another in one repository, each with the ticket as it was. */
  together: z.boolean().default(false),
  setting: z.strictObject({
    files: texts.optional(), init: z.array(z.string()).optional(), ticket: z.array(z.string()).optional(), scaffold: z.enum(['committed', 'untracked']).optional(),
  }).optional(),
  /** Once, before the steps of every round. */
  before: z.array(step).default([]),
  steps: z.array(step).default([]),
  /** The product that is on the remote in the end, and nothing else; without it the remote is as it was. */
  delivered: z.array(z.string()).optional(),
  /** Shell tests that hold in the end. */
  holds: z.array(z.string()).default([]),
  /** No argument of any git call is like this. */
  no_argument: z.string().optional(),
  /** A check of the tool's make-up, by its name. */
  check: z.enum(Object.keys(CHECKS) as [keyof typeof CHECKS]).optional(),
});

export type Attack = z.infer<typeof attackSchema>;

/** Every attack of the list, in order. */
export const ATTACKS: Attack[] = readdirSync(FOLDER).sort().map((name) => {
  const attack = attackSchema.parse(parse(readFileSync(join(FOLDER, name), 'utf8')), { error: () => `${name} is no attack` });
  if (name !== `${attack.id}.yaml`) throw new Error(`${name} holds ${attack.id}`);
  return attack;
});

/** The attack with its values in place. */
export function filled(attack: Attack, values: Record<string, string>): Attack {
  return JSON.parse(JSON.stringify(attack), (_, value: unknown) => (typeof value === 'string' ? value.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole) : value)) as Attack;
}

/** Carries the attack out against the built program in a real repository, and holds it to what is expected. */
export async function carryOut(attack: Attack, ...rounds: Record<string, string>[]): Promise<void> {
  if (attack.check !== undefined) await CHECKS[attack.check]();
  if (attack.steps.length === 0) return;
  const told = await story(filled(attack, rounds[0]!).setting ?? {});
  const place = placeOf(told);
  await told.write('../evil', `#!/bin/sh\ntouch '${place.WITNESS}'\n`);
  await told.executable('../evil');
  const vectors = attack.no_argument === undefined ? undefined : await recordGit(told);
  const ticket = await told.read(`tickets/${told.ticket}.yaml`);
  await follow(told, attack.before, place);
  for (const values of rounds) {
    await told.write(`tickets/${told.ticket}.yaml`, ticket);
    await attempt(told, filled(attack, values), place);
  }
  if (vectors !== undefined) await noArgument(vectors, new RegExp(attack.no_argument!, 's'));
}

async function attempt(told: Story, attack: Attack, place: Place): Promise<void> {
  const remote = await follow(told, attack.steps, place);
  await expect(access(place.WITNESS), 'nothing ran that the attacker wrote').rejects.toThrow();
  if (attack.delivered === undefined) expect(await refsOf(told), 'the remote is as it was').toBe(remote);
  else expect((await deliveredProduct(told)).sort()).toEqual([...attack.delivered].sort());
  for (const test of attack.holds) expect(await shell(told, test, place), test).toMatchObject({ exit: 0, stderr: '' });
}

/** Takes the steps, and answers what the remote held before the program had its last say. */
async function follow(told: Story, steps: Attack['steps'], place: Place): Promise<string> {
  let remote = await refsOf(told);
  for (const each of steps) {
    if ('sh' in each) await deeds(told, each.sh, place);
    else if ('walk' in each) await walk(told, each.walk);
    else await program(told, each, place);
    if (!('cxw' in each)) remote = await refsOf(told);
  }
  return remote;
}

/** What attacks may name: where the repository stands, the file that shows that they succeeded, and the program. */
const placeOf = (told: Story) => ({ CXW, FOLDER: told.folder, REMOTE: told.remote, TICKET: told.ticket, WITNESS: join(told.folder, 'witness') });
type Place = ReturnType<typeof placeOf>;

/** The text with the names of places replaced. */
const placed = (text: string, place: Place): string => text.replace(/\$([A-Z]+)/g, (whole, name: string) => place[name as keyof Place] ?? whole);

type Walk = Extract<Attack['steps'][number], { walk: string }>['walk'];

async function walk(told: Story, as: Walk): Promise<void> {
  if (as === 'ready') return told.ready();
  if (as !== 'attested') await told.ok('advance', '--until-blocked');
  if (as === 'implemented') await told.fix();
  if (as !== 'attested') return;
  await told.selfReview();
  await told.review();
  await told.curate();
}

async function program(told: Story, { cxw, env = {}, input, in: cwd, exit, codes = [], says, never }: Extract<Attack['steps'][number], { cxw: string[] }>, place: Place): Promise<void> {
  const args = cxw.map((word) => placed(word, place));
  const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, placed(value, place)]));
  const ran = await told.cxwWith({ env: given, input, cwd: cwd === undefined ? undefined : join(told.root, cwd) }, ...args);
  const shown = `${ran.stdout}${ran.stderr}`;
  const story = `cxw ${args.join(' ')}\n${shown}`;
  expect(ran.exit, story).toBe(Number(exit));
  expect(shown, 'nothing that a terminal obeys').not.toMatch(RAW);
  if (codes.length > 0) expect(codesIn(ran), story).toEqual(expect.arrayContaining(codes));
  if (says !== undefined) expect(shown).toMatch(new RegExp(says));
  if (never !== undefined) expect(shown).not.toMatch(new RegExp(never));
}

/** The codes of a JSON answer, or those that its text shows in brackets. */
function codesIn({ stdout, stderr }: Ran): string[] {
  if (!stdout.startsWith('{')) return [...`${stdout}${stderr}`.matchAll(/\b[a-z]+(?:-[a-z0-9]+)+\b/g)].map(([code]) => code);
  return JSON.parse(stdout).problems.map((problem: { code: string }) => problem.code);
}

async function deeds(told: Story, script: string, place: Place): Promise<void> {
  const { exit, stderr } = await shell(told, `set -e\n${script}`, place);
  expect(exit, `${script}\n${stderr}`).toBe(0);
}

const shell = (told: Story, script: string, place: Place): Promise<Ran> =>
  run('sh', ['-c', script], { cwd: told.root, env: { ...told.env, ...place } });

const refsOf = (told: Story): Promise<string> => told.git('ls-remote', told.remote).catch(() => 'no remote');

/** What the last commit on the remote changed, beside the ticket and its records. */
async function deliveredProduct(told: Story): Promise<string[]> {
  expect(await told.remoteHead()).toBe(await told.git('rev-parse', 'HEAD'));
  const names = await told.git('diff-tree', '-r', '-z', '--no-commit-id', '--name-only', 'HEAD');
  return names.split('\0').filter((name) => name !== '' && !name.startsWith('tickets/'));
}

async function noArgument(vectors: Vectors, shape: RegExp): Promise<void> {
  const all = await vectors();
  expect(all.length).toBeGreaterThan(0);
  expect(all.flat().filter((word) => shape.test(word))).toEqual([]);
}
