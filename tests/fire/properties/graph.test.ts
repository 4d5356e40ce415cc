import { afterAll, describe, expect, test } from 'vitest';
import { STATES, type State } from '../../../src/domain/road.js';
import type { Place } from '../../support/here.js';
import { stageOf, type Stage } from '../../support/scenes.js';
import { run } from '../../support/workshop.js';
import { ask, ATTESTED, cxwDoes, userDoes } from './acts.js';

/** Where a walk may be interrupted: before it began, at each state, and at its end. */
type Stop = 'not begun' | State;

/** What befalls a ticket there. `from`: the first stop at which there is something that it could befall. */
interface Mishap {
  name: string;
  from: Stop;
  befall(place: Place): Promise<unknown>;
}

const sh = (place: Place, script: string) => run('sh', ['-c', script], { cwd: place.root, env: place.env });
const write = (content: string) => (place: Place) => userDoes(place, { does: 'write', path: 'greeting.txt', content });
const says = (...words: string[]) => (place: Place) => cxwDoes(place, ask(...words));

const MISHAPS: Mishap[] = [
  { name: 'nothing', from: 'not begun', befall: async () => undefined },
  { name: 'the change is edited', from: 'implementation_complete', befall: write('hello again\n') },
  { name: 'the change is undone', from: 'implementation_complete', befall: write('old\n') },
  { name: 'the change fails its proof', from: 'implementation_complete', befall: write('silence\n') },
  { name: 'something outside the scope changes', from: 'not begun', befall: (place) => sh(place, 'echo mine > stray.txt') },
  { name: 'the ticket is edited', from: 'not begun', befall: (place) => sh(place, 'for ticket in tickets/TKT-*.yaml; do echo "# a remark" >> $ticket; done') },
  { name: 'the policy is edited', from: 'not begun', befall: (place) => sh(place, 'echo "# a remark" >> .cxw/policy.yaml') },
  { name: 'a hook is planted', from: 'not begun', befall: (place) => userDoes(place, { does: 'hook', kind: 'passes' }) },
  { name: 'a hook refuses', from: 'not begun', befall: (place) => userDoes(place, { does: 'hook', kind: 'rejects' }) },
  { name: 'another commit is made', from: 'not begun', befall: (place) => userDoes(place, { does: 'commit', path: 'dirty.txt' }) },
  { name: 'the branch is switched', from: 'not begun', befall: (place) => userDoes(place, { does: 'switch away' }) },
  { name: 'somebody else pushes', from: 'not begun', befall: (place) => userDoes(place, { does: 'push from elsewhere' }) },
  { name: 'the remote is away', from: 'not begun', befall: (place) => sh(place, 'mv ../remote.git ../away.git') },
  { name: 'a lock of git is left', from: 'not begun', befall: (place) => sh(place, ': > .git/index.lock') },
  { name: 'it is blocked', from: 'not begun', befall: says('block', '--reason', 'Ask.', '--release', 'An answer.') },
  { name: 'the self-review fails', from: 'implementation_complete', befall: says('record', 'self-review', '--verdict', 'fail', ...ATTESTED.slice(2)) },
  { name: 'the review fails', from: 'implementation_complete', befall: says('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', ...ATTESTED.slice(2), '--finding', 'F1 major it is wrong') },
  { name: 'the proof is waived', from: 'implementation_complete', befall: says('waive', 'proof:P1', '--reason', 'Not here.', '--as', 'human:ada') },
  { name: 'the self-review is waived', from: 'implementation_complete', befall: says('waive', 'self_review_complete', '--reason', 'Nobody is there.', '--as', 'human:ada') },
  { name: 'the review is waived', from: 'implementation_complete', befall: says('waive', 'independent_review_complete', '--reason', 'Nobody is there.', '--as', 'human:ada') },
];

const BEGIN = ask('ticket', 'new', '--quick', 'Greet', '--file', 'greeting.txt', '--accept', 'It greets.', '--prove', 'grep -q hello greeting.txt', '--plan', 'Greet.', '--why', 'One word.');
const EVIDENCE = [ask('record', 'self-review', ...ATTESTED), ask('record', 'review', '--as', 'reviewer:kim', ...ATTESTED), ask('record', 'curation', '--memory', 'none')];

/** Brings a ticket to a stop: step by step, and through a delivery that is killed when the stop's fact is written. */
async function bring(place: Place, stop: Stop): Promise<void> {
  await cxwDoes(place, BEGIN);
  if (stop === 'not begun') return;
  const number = STATES.indexOf(stop);
  for (let at = 0; at <= Math.min(number, STATES.indexOf('context_curated')); at++) {
    if (STATES[at] === 'implementation_complete') await write('hello\n')(place);
    if (STATES[at] === 'self_review_complete') for (const evidence of EVIDENCE) await cxwDoes(place, evidence);
    await cxwDoes(place, ask('advance'));
  }
  if (number > STATES.indexOf('context_curated')) await deliverUpTo(place, stop);
}

async function deliverUpTo(place: Place, stop: State): Promise<void> {
  if (stop === 'done') return void await cxwDoes(place, ask('deliver'));
  const facts = STATES.indexOf(stop) - STATES.indexOf('git_delivery_started') + 1;
  await cxwDoes(place, { ...ask('deliver'), killedAfter: { call: 'ledger.append', times: facts } });
}

/**
 * A person and agents who want one thing, and do what they are told, and nothing else: the first command that is shown,
 * or the one after it when that did not help. Answers why they got nowhere; nothing when the ticket has ended.
 */
async function obey(place: Place, wish: readonly string[]): Promise<string | undefined> {
  const told: string[] = [];
  for (let round = 0; round < 24; round++) {
    const { exit, answer } = await cxwDoes(place, ask(...wish));
    const codes = (answer?.problems ?? []).map(({ code }) => code);
    if ((exit === 0 && (wish[0] !== 'deliver' || answer?.data['state'] === 'done')) || codes.some((code) => ENDED.includes(code))) return undefined;
    const refusal = `${exit} ${codes.join(', ')}`;
    const shown = answer?.next ?? [];
    const command = shown[told.filter((line) => line.startsWith(refusal)).length % Math.max(1, shown.length)];
    told.push(`${refusal} → ${command ?? 'no way on'}`);
    await work(place, codes);
    if (command !== undefined) await carryOutHint(place, command);
  }
  return told.slice(-4).join('\n    ');
}

/** It has ended: there is nothing to want any more. */
const ENDED = ['ticket-ended', 'no-ticket'];

/** What only the person can do: the work itself, and what lies outside of the repository. */
async function work(place: Place, codes: readonly string[]): Promise<void> {
  if (codes.some((code) => ['no-change', 'proof-failed', 'review-failed', 'self-review-failed'].includes(code))) await write(`hello ${Math.random()}\n`)(place);
  if (codes.includes('remote-unreachable') || codes.includes('pushed-unconfirmed')) await sh(place, 'test -e ../away.git && mv ../away.git ../remote.git');
  if (codes.includes('hook-rejected')) await userDoes(place, { does: 'unhook' });
}

const FILLED: Record<string, string> = { TEXT: "'As it should be.'", NAME: 'kim', TITLE: 'Other' };

/** A printed command, its placeholders filled in; those of cxw as a person at a terminal, and what they say must come before. */
async function carryOutHint(place: Place, command: string, depth = 0): Promise<void> {
  const filled = command.replace(/\b(TEXT|NAME|TITLE)\b/g, (word) => FILLED[word]!);
  if (!filled.startsWith('cxw ')) return void await sh(place, filled);
  const { stdout } = await sh(place, `printf '%s\\0' ${filled.slice('cxw '.length)}`);
  const { exit, answer } = await cxwDoes(place, ask(...stdout.split('\0').slice(0, -1)));
  if (exit === 0 || depth === 2) return;
  await work(place, answer?.problems.map(({ code }) => code) ?? []);
  for (const before of answer?.next ?? []) await carryOutHint(place, before, depth + 1);
}

/** Back to the writer, unless it says why not; and out, by whatever it says must come before that. */
async function backAndOut(place: Place): Promise<string[]> {
  const back = await cxwDoes(place, ask('rework', '--reason', 'Again.'));
  const codes = back.answer?.problems.map(({ code }) => code) ?? [];
  const nowhere = await obey(place, ['abandon', '--reason', 'Enough.']);
  return [...(back.exit === 0 || (codes.length > 0 && codes.every((code) => NO_WAY_BACK.includes(code))) ? [] : [`back: ${codes.join()}`]), ...(nowhere === undefined ? [] : [`out:\n    ${nowhere}`])];
}

/** There is nothing before the writer to go back to, a blocked ticket is released first, and what is delivered stays so. */
const NO_WAY_BACK = ['not-begun', 'nothing-to-rework', 'ticket-blocked', 'mid-delivery', ...ENDED];

const STOPS: Stop[] = ['not begun', ...STATES];
const stages = new Map<Stop, { stage: Stage; place: Place }>();

/** One place for each stop, from which its cases are copied. */
async function placeAt(stop: Stop): Promise<Place> {
  const known = stages.get(stop);
  if (known !== undefined) return known.place;
  const stage = await stageOf('ticket new');
  const place = await stage.copy();
  await bring(place, stop);
  stages.set(stop, { stage, place });
  return place;
}

async function copyOf(place: Place, name: string): Promise<Place> {
  const folder = `${place.folder}-${name.replaceAll(' ', '-')}`;
  await run('cp', ['-a', place.folder, folder], {});
  const at = (path: string): string => path.replace(place.folder, folder);
  return { folder, root: at(place.root), remote: at(place.remote), env: { ...place.env, HOME: at(place.env['HOME']!), TMPDIR: at(place.env['TMPDIR']!) } };
}

afterAll(() => stages.clear());

describe.each(STOPS)('from %s', (stop) => {
  test('there is a way on, back and out, whatever befalls', async () => {
    const place = await placeAt(stop);
    const left = MISHAPS.filter((mishap) => STOPS.indexOf(mishap.from) <= STOPS.indexOf(stop)).values();
    const lost: string[] = [];
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (const mishap of left) lost.push(...await lostBy(mishap, place));
    }));
    expect(lost).toEqual([]);
  });
});

/** So many at a time: most of it is waiting for git. */
const LANES = 3;

/** What a mishap takes away: the way on, back or out. */
async function lostBy({ name, befall }: Mishap, place: Place): Promise<string[]> {
  const on = await copyOf(place, `on ${name}`);
  await befall(on);
  const nowhere = await obey(on, ['deliver']);
  const out = await copyOf(place, `out ${name}`);
  await befall(out);
  const missing = await backAndOut(out);
  await run('rm', ['-rf', on.folder, out.folder], {});
  return [...(nowhere === undefined ? [] : [`${name}, on:\n    ${nowhere}`]), ...missing.map((way) => `${name}, ${way}`)];
}
