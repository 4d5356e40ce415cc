import { lineOf, noteOf, NOTES_REF } from '../../domain/delivery/note.js';
import type { ObjectId } from '../../domain/changeSet.js';
import type { Target } from '../../domain/facts.js';
import type { NoteWish } from '../../domain/policy.js';
import { remark, type Problem } from '../../domain/problem.js';
import { WorldError } from '../../world/errors.js';
import type { NoteSigning } from '../../world/git/index.js';
import type { Standing } from '../road/standing.js';
import { send } from './push.js';
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
  const { world, run, view, ticket } = standing;
  const note = noteOf(run, view.facts);
  if (note === undefined) return undefined;
  const { intent, seconds } = underway(standing);
  const signing: NoteSigning = { by: { ...intent.committer, date: note.at }, seconds };
  world.tell('Noting the delivery');
  const written = await orWhy(async () => ({ tip: await world.git.notes.add(note.commit, lineOf(note), signing) }));
  if ('said' in written) return { place: 'nowhere', owed: [remark('note-not-written', { ticket, commit: note.commit, said: written.said }, 'warning')] };
  if (wish === 'local') return { place: 'here', owed: [] };
  world.tell('Pushing the note');
  const target: Target = { ...intent.target!, ref: NOTES_REF };
  const published = await orWhy(() => publish(standing, target, written.tip, signing));
  if ('said' in published) return { place: 'here', owed: [remark('note-not-pushed', { ticket, remote: target.remote, said: published.said }, 'warning')] };
  return { place: 'here and on the remote', owed: [] };
}

/** A failure of the world is told, and ends nothing. */
async function orWhy<T extends object>(act: () => Promise<T>): Promise<T | { said: string }> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    return { said: error.problem.message };
  }
}

/** How often the notes of others may come first. */
const ATTEMPTS = 3;

/**
 * Pushes the notes until the remote itself names them, or a commit on top of them. What others noted meanwhile is taken
 * in first; nothing is ever forced. Answers what stood in the way, if anything did.
 */
async function publish(standing: Standing, target: Target, noted: ObjectId, signing: NoteSigning): Promise<{ tip: ObjectId } | { said: string }> {
  const { git } = standing.world;
  const { seconds } = signing;
  let tip = noted;
  let said = 'it did not say why.';
  for (let attempt = 0; ; attempt++) {
    const answer = await git.remote.answer(target, seconds);
    if (!answer.reached) return { said: answer.said };
    const there = answer.tip;
    if (there !== undefined && (there === tip || await git.remote.contains(there, tip) === true)) return { tip };
    if (attempt === ATTEMPTS) return { said };
    if (there !== undefined && await git.remote.contains(tip, there) !== true) {
      const fetching = await git.remote.fetch(target, seconds);
      if (!fetching.fetched) return { said: fetching.said };
      tip = await git.notes.join(there, signing);
    }
    const report = await send(standing, target, tip);
    if (!report.accepted) said = report.said;
  }
}
