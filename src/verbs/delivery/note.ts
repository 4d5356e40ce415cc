import { lineOf, noteOf, NOTES_REF, type DeliveryNote } from '../../domain/delivery/note.js';
import type { ObjectId } from '../../domain/changeSet.js';
import type { Target } from '../../domain/facts.js';
import type { NoteWish } from '../../domain/policy.js';
import { remark, type Problem } from '../../domain/problem.js';
import type { NoteSigning } from '../../world/git/index.js';
import type { Standing } from '../road/standing.js';
import { asWarnings, besideHook } from './besideHook.js';
import { HOOKS_OF_A_PUSH, send } from './push.js';
import { underway } from './underway.js';

/** Where the note of a delivery stands. */
export type NotePlace = 'here' | 'here and on the remote' | 'nowhere';

export interface Noted {
  place: NotePlace;
  /** What of the policy's wish is still owed, and why. */
  owed: Problem[];
}

/**
 * Notes a delivery that the remote has confirmed; nothing where none was. It comes last and may be repeated: whatever
 * keeps it from being written, the delivery stands, and the same command tries again.
 */
export async function leaveNote(standing: Standing, wish: Exclude<NoteWish, 'none'>): Promise<Noted | undefined> {
  const note = noteOf(standing.run, standing.view.facts);
  if (note === undefined) return undefined;
  const { result, touched } = await besideHook(standing, HOOKS_OF_A_PUSH, () => write(standing, note, wish));
  return { ...result, owed: [...result.owed, ...asWarnings(touched)] };
}

async function write(standing: Standing, note: DeliveryNote, wish: Exclude<NoteWish, 'none'>): Promise<Noted> {
  const { world, ticket } = standing;
  const { intent, seconds } = underway(standing);
  const signing: NoteSigning = { by: { ...intent.committer, date: note.at }, seconds };
  world.tell('Noting the delivery');
  const written = await world.attempt(() => world.git.notes.add(note.commit, lineOf(note), signing));
  if (!written.ok) return { place: 'nowhere', owed: [remark('note-not-written', { ticket, commit: note.commit, ...toldOf(written.problem) }, 'warning')] };
  if (wish === 'local') return { place: 'here', owed: [] };
  world.tell('Pushing the note');
  const target: Target = { ...intent.target!, ref: NOTES_REF };
  const published = await world.attempt(() => publish(standing, target, written.value, signing));
  const obstacle = published.ok ? published.value : toldOf(published.problem);
  if (obstacle !== undefined) return { place: 'here', owed: [remark('note-not-pushed', { ticket, remote: target.remote, ...obstacle }, 'warning')] };
  return { place: 'here and on the remote', owed: [] };
}

/** What stands in the way of a note, and the commands that clear it. */
interface Obstacle {
  said: string;
  ways: string[];
}

/** Commands of other failures are for work that is under way. */
const toldOf = ({ code, message: said, commands }: Problem): Obstacle => ({ said, ways: code === 'git-locked' ? commands : [] });
const saidBy = (said: string): Obstacle => ({ said, ways: [] });

/** How often the notes of others may come first. */
const ATTEMPTS = 3;

/**
 * Pushes the notes until the remote itself names them, or a commit on top of them. What others noted meanwhile is taken
 * in first; nothing is ever forced. Only where the remote has moved is it tried again: whoever said no is not asked
 * twice. Answers what stood in the way, if anything did.
 */
async function publish(standing: Standing, target: Target, noted: ObjectId, signing: NoteSigning): Promise<Obstacle | undefined> {
  const { git } = standing.world;
  const { seconds } = signing;
  let tip = noted;
  let pushed: { onto?: ObjectId; said: string } | undefined;
  for (let attempt = 0; ; attempt++) {
    const answer = await git.remote.answer(target, seconds);
    if (!answer.reached) return saidBy(answer.said);
    const there = answer.tip;
    if (there !== undefined && (there === tip || await git.remote.contains(there, tip) === true)) return undefined;
    if (pushed !== undefined && (there === pushed.onto || attempt === ATTEMPTS)) return saidBy(pushed.said);
    if (there !== undefined && await git.remote.contains(tip, there) !== true) {
      const fetching = await git.remote.fetch(target, seconds);
      if (!fetching.fetched) return saidBy(fetching.said);
      tip = await git.notes.join(there, signing);
      if (tip === there) return undefined;
    }
    const report = await send(standing, target, tip);
    pushed = { onto: there, said: report.accepted ? 'it answered that it took them, and does not have them.' : report.said };
  }
}
