import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { kept } from '../../support/kept.js';
import { runHere } from '../../support/here.js';
import { story, type Story } from '../../support/story.js';

export interface Answered {
  exit: number;
  answer: any;
}

/** How many commands start at once: as processes of their own, or as many runs in this one. */
export type Crowd = (told: Story, times: number, ...args: string[]) => Promise<Answered[]>;

export const CROWDS: Record<string, Crowd> = {
  'in processes of their own': (told, times, ...args) => together(times, () => told.cxw(...args, '--json')),
  'in one process': (told, times, ...args) => together(times, () => runHere(told, [...args, '--json'])),
};

async function together(times: number, start: () => Promise<{ exit: number; stdout: string; stderr: string }>): Promise<Answered[]> {
  const ran = await Promise.all(Array.from({ length: times }, start));
  return ran.map(({ exit, stdout, stderr }) => {
    expect(stderr).not.toMatch(/Warning|at .*\.cjs/);
    return { exit, answer: JSON.parse(stdout) };
  });
}

const begin = async (): Promise<Story> => {
  const told = await story();
  await told.git('remote', 'set-url', 'origin', '../remote.git');
  return told;
};

/** A ticket that was written, and not begun. */
export const written = kept(begin);

/** A ticket with all its evidence, beside work of the person's own. */
export const ready = kept(async () => {
  const told = await begin();
  await told.write('notes.txt', 'mine\n');
  await told.ready();
  await told.ok('advance', '--until-blocked');
  return told;
});

/** One delivered commit, here and there, and nothing left in the index that would undo it. */
export async function deliveredOnce(told: Story, commit: string): Promise<void> {
  expect(await told.git('-C', told.remote, 'log', '--format=%H', `--grep=Cxw-Ticket: ${told.ticket}`, 'main')).toBe(commit);
  expect(await told.git('log', '--format=%H', `--grep=Cxw-Ticket: ${told.ticket}`, 'main')).toBe(commit);
  expect(await told.git('diff', '--cached', '--name-only', 'HEAD', '--', 'greet.js', 'tickets')).toBe('');
}

/** The ledger has no gap, no state was entered twice, and git finds nothing broken. */
export async function wholeLedger(told: Story): Promise<void> {
  const facts = (await readdir(join(told.root, '.git/cxw/tickets', told.ticket, 'facts'))).sort();
  expect(facts).toEqual(facts.map((_, at) => `${String(at + 1).padStart(6, '0')}.json`));
  const { entries } = JSON.parse((await runHere(told, ['log', told.ticket, '--json'])).stdout).data;
  const entered = entries.filter((entry: any) => entry.kind === 'step').map((entry: any) => entry.says);
  expect(new Set(entered).size).toBe(entered.length);
  await told.git('fsck', '--strict', '--no-dangling');
}
