import { sealedLedgerPath } from '../../domain/closing/places.js';
import type { ObjectId } from '../../domain/changeSet.js';
import { readNote, type DeliveryNote } from '../../domain/delivery/note.js';
import { remark, type Problem } from '../../domain/problem.js';
import type { Run } from '../../domain/run.js';
import { noteFaults, noteInWords, type Shown } from '../../domain/verification/note.js';
import type { World } from '../../world/index.js';
import { deliveryOf, type Subject } from './subjects.js';

/** What a note says about one delivery, held against what the repository shows. */
export interface NoteFound {
  /** `agrees`: a line of it says nothing but what the repository shows, and that is `note`. */
  word: 'agrees' | 'differs' | 'unreadable';
  note?: DeliveryNote;
  problems: Problem[];
}

/** What is known about a delivery without the note. */
export interface Judged extends Pick<Subject, 'ticket' | 'commit'> {
  seal?: string;
  run?: Run;
}

/** So many lines that are wrong say enough. */
const MOST = 5;

/** Reads the note about a commit, if there is one. It is a claim of whoever could write it, so every line is compared. */
export async function noteAbout(world: Pick<World, 'git'>, tip: ObjectId, judged: Judged): Promise<NoteFound | undefined> {
  const { ticket, commit } = judged;
  const found = await world.git.notes.read(tip, commit.id);
  if (found === undefined) return undefined;
  const unreadable = (why: string): Problem => remark('note-unreadable', { commit: commit.id, why }, 'warning');
  if ('bytes' in found) return { word: 'unreadable', problems: [unreadable(`it has ${found.bytes} bytes`)] };
  const shown = await shownBy(world, judged);
  const problems: Problem[] = [];
  const agreeing: DeliveryNote[] = [];
  const lines = readNote(found.text);
  for (const one of lines) {
    if ('why' in one) {
      problems.push(unreadable(`in line ${one.line} ${one.why}`));
      continue;
    }
    const differs = noteFaults(one.note, shown);
    if (differs.length === 0) agreeing.push(one.note);
    else problems.push(remark('note-differs', { ticket, commit: commit.id, line: one.line, differs }, 'warning'));
  }
  const word = agreeing.length > 0 ? 'agrees' : problems.some(({ code }) => code === 'note-differs') ? 'differs' : 'unreadable';
  return { word, note: agreeing[0], problems: problems.slice(0, MOST) };
}

async function shownBy({ git }: Pick<World, 'git'>, { ticket, commit, seal, run }: Judged): Promise<Shown> {
  const [parent, ...others] = commit.parents;
  const paths = parent === undefined || others.length > 0 ? undefined : (await git.trees.difference(parent, commit.id)).map((entry) => entry.path);
  return { ticket, commit: commit.id, seal, target: run?.discovery?.target, branch: run?.discovery?.branch, paths };
}

/** What the note about the delivery of a sealed run says, for who has only the records. */
export async function noteOfDelivery(world: Pick<World, 'git' | 'files' | 'digest'>, run: Run): Promise<{ noted?: { at: string; says: string }; problems: Problem[] } | undefined> {
  const tip = await world.git.notes.tip();
  const sealed = tip === undefined ? undefined : await world.files.read(sealedLedgerPath(run.ticket));
  const commit = sealed === undefined ? undefined : await deliveryOf(world, run.ticket);
  if (tip === undefined || sealed === undefined || commit === undefined) return undefined;
  const found = await noteAbout(world, tip, { ticket: run.ticket, commit, seal: world.digest(sealed), run });
  if (found === undefined) return undefined;
  const { note, problems } = found;
  return { noted: note === undefined ? undefined : { at: note.at, says: noteInWords(note) }, problems };
}
