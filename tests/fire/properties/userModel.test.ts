import { expect, test } from 'vitest';
import fc from '../../support/property.js';
import { amount, seed } from '../../support/amounts.js';
import { differing, lookAt, type Look } from '../../support/aftermath.js';
import type { Place } from '../../support/here.js';
import { stageOf } from '../../support/scenes.js';
import { run } from '../../support/workshop.js';
import { anyDay, cxwDoes, userDoes, type Act, type Answered, type CxwAct } from './acts.js';
import { inTwoLanes } from './worlds.js';

const ours = (path: string): boolean => /^(tickets\/|\.cxw\/)/.test(path) || /(^|\/)\.cxw-[^/]*\.tmp$/.test(path);

/** What a hook of the person's own may have written. */
const hooked = (path: string): boolean => path === 'hooked.log';

async function git(place: Place, ...args: string[]): Promise<string> {
  return (await run('git', args, { cwd: place.root, env: place.env })).stdout.trimEnd();
}

/** Which branch HEAD is on, and where each branch stands. */
const refsOf = (place: Place): Promise<string> => git(place, 'for-each-ref', '--format=%(HEAD)%(refname) %(objectname)', 'refs/heads');
const pathsBetween = async (place: Place, from: string, to: string): Promise<string[]> =>
  (await git(place, '-c', 'core.quotePath=false', 'diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to)).split('\0').filter(Boolean).map((path) => Buffer.from(path).toString('latin1'));

interface Moment extends Look {
  refs: string;
  tip: string;
}

const momentOf = async (place: Place): Promise<Moment> => ({ ...await lookAt(place), refs: await refsOf(place), tip: await git(place, 'rev-parse', 'HEAD') });

/** What one command of cxw did that it may never do, whatever it was asked, by whoever, in whatever state. */
async function harmOf(place: Place, { words }: CxwAct, { exit, answer }: Answered, before: Moment, now: Moment): Promise<string[]> {
  const moved = now.tip !== before.tip;
  const made = moved && await git(place, 'rev-parse', `${now.tip}^`) === before.tip;
  const undid = moved && await git(place, 'rev-parse', `${before.tip}^`) === now.tip;
  const delivered = made ? await pathsBetween(place, before.tip, now.tip) : undid ? await pathsBetween(place, now.tip, before.tip) : [];
  const message = made ? await git(place, 'log', '-1', '--format=%B', now.tip) : '';
  const pushed = now.remote !== before.remote;
  return [
    ...differing(before.files, now.files).filter((path) => !ours(path) && !hooked(path)).map((path) => `I2 file changed: ${path}`),
    ...differing(before.index, now.index).filter((path) => !mayMove(words, delivered, path)).map((path) => `I3 index entry changed: ${path}: ${before.index.get(path)} became ${now.index.get(path)}`),
    ...(moved && !made && !undid ? [`I4 HEAD went from ${before.tip} to ${now.tip}`] : []),
    ...(made && (words[0] !== 'deliver' || !/^Cxw-Evidence: sha256:/m.test(message)) ? ['I4 a commit without evidence was made'] : []),
    ...(undid && (words[0] !== 'abort' || before.remote === before.tip) ? ['I4 a commit was undone that nobody asked to undo'] : []),
    ...(refsBesides(before, now) ? ['I4 another branch was moved'] : []),
    ...(pushed && (words[0] !== 'deliver' || now.remote !== now.tip) ? [`I6 the remote went from ${before.remote} to ${now.remote}`] : []),
    ...now.faults.map((fault) => `I7 ${fault}`),
    ...(exit === 1 ? [`I8 it takes it for its own bug: ${JSON.stringify(answer)}`] : []),
    ...(words.join() === 'deliver' && answer?.ok === true && now.remote !== now.tip ? ['I8 it says delivered, and the remote has another commit'] : []),
    ...(answer !== undefined && !answer.ok && answer.next.length === 0 ? [`no way on: ${JSON.stringify(answer.problems)}`] : []),
  ];
}

/** The index follows a delivery, and the undoing of one: for the paths that were delivered, also where a killed run had done it before. */
const mayMove = (words: readonly string[], delivered: readonly string[], path: string): boolean =>
  delivered.includes(path) || (['deliver', 'abort'].includes(words[0]!) && (ours(path) || ['greeting.txt', 'src/b.txt', '-A', Buffer.from('ü.txt').toString('latin1')].includes(path)));

/** Every branch but the one that HEAD is on. */
const refsBesides = (before: Moment, now: Moment): boolean => {
  const others = ({ refs }: Moment): string => refs.split('\n').filter((line) => !line.startsWith('*')).join();
  return others(before) !== others(now);
};

/** How often each command came to which end: a model that never delivers shows nothing. */
const ends = new Map<string, number>();

function count({ words }: CxwAct, { exit }: Answered): void {
  const end = `${words[0]} ${exit}`;
  ends.set(end, (ends.get(end) ?? 0) + 1);
}

/** One act, and what was wrong with it. */
async function live(place: Place, act: Act): Promise<string[]> {
  if (act.does !== 'cxw') {
    await userDoes(place, act);
    return [];
  }
  const before = await momentOf(place);
  const answered = await cxwDoes(place, act);
  count(act, answered);
  return (await harmOf(place, act, answered, before, await momentOf(place))).map((harm) => `${act.words.join(' ')}${act.killedAt === undefined ? '' : ` killed at call ${act.killedAt}`}: ${harm}`);
}

/** Whatever happened, each ticket can be ended by a person, with the commands that there are for that. */
async function endAll(place: Place): Promise<string[]> {
  const { answer } = await cxwDoes(place, { does: 'cxw', words: ['status', '--all'] });
  const tickets = answer?.data['tickets'] as { ticket: string; state: string }[];
  const ended = ['done', 'abandoned', 'no change', 'delivered', 'committed'];
  const stuck: string[] = [];
  for (const { ticket } of tickets.filter(({ state }) => !ended.includes(state))) {
    const tries: Answered[] = [];
    for (const words of [['abort', ticket], ['abandon', ticket, '--reason', 'The day is over.']]) tries.push(await cxwDoes(place, { does: 'cxw', words }));
    if (tries.at(-1)!.exit !== 0) stuck.push(`${ticket} cannot be ended: ${JSON.stringify(tries.map(({ answer: said }) => said?.problems))}`);
  }
  return stuck;
}

test('whatever a person and cxw do in one repository, in any order, nothing of the person is lost and nothing is claimed that is not so', async () => {
  const stage = await stageOf('ticket new');
  let done = 0;
  await inTwoLanes(amount(120), seed(), () => fc.asyncProperty(anyDay, async (day) => {
    const place = await stage.copy();
    const wrong: string[] = [];
    for (const act of day) {
      wrong.push(...await live(place, act));
      if (wrong.length > 0) break;
    }
    if (wrong.length === 0) wrong.push(...await endAll(place));
    done += day.length;
    await stage.strike(place);
    expect(wrong).toEqual([]);
  }));
  console.log(`${done} acts in ${amount(120)} days: ${[...ends].sort().map(([end, times]) => `${end}: ${times}`).join(', ')}.`);
  expect(ends.get('deliver 0')).toBeGreaterThan(amount(120) / 10);
});
