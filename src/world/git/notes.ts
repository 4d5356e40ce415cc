import { ABSENT_MODE, type ObjectId } from '../../domain/changeSet.js';
import { NOTE_BYTES, NOTES_REF, withLinesOf } from '../../domain/delivery/note.js';
import { comparedTrees, placeOfNewNote, placesOfNote } from '../../domain/delivery/notesTree.js';
import type { TreeEntry } from '../../domain/facts.js';
import { parseId } from './answers.js';
import { failed } from '../errors.js';
import type { Places } from '../places.js';
import { hindrance } from './conditions.js';
import type { Notes, NoteSigning } from './index.js';
import type { GitRunner } from './runner.js';
import { treeEntries, writeCommit } from './trees.js';
import { layOut, openWorkbench, OWN_INDEX } from './workbench.js';

/**
 * Delivery notes, by plumbing alone: no worktree, no editor, no hook, and none of the settings by which a person tells
 * `git notes` where their own notes are.
 */
export function openNotes(runner: GitRunner, places: Places): Notes {
  const bench = openWorkbench(places);

  /** A tree with these entries over those of a notes commit, or over nothing. */
  const treeOver = async (base: ObjectId | undefined, entries: readonly TreeEntry[]): Promise<ObjectId> => {
    const own = { index: await bench.index(), config: OWN_INDEX };
    const under = base ?? parseId(await runner.line(['mktree'], { doing: 'writing an empty tree', input: '' }));
    await layOut(runner, under, entries.map(({ path, mode, id }) => ({ path, oldMode: ABSENT_MODE, newMode: mode, oldId: id, newId: id })), own);
    return parseId(await runner.line(['write-tree'], { ...own, doing: 'writing the tree of notes' }));
  };

  /** Puts a commit in the place of the one that was seen there. Answers whether it stands there now. */
  const move = async (from: ObjectId | undefined, to: ObjectId, why: string): Promise<boolean> => {
    const { stderr } = await runner.attempt(['update-ref', '--no-deref', '-m', why, NOTES_REF, to, from ?? '0'.repeat(to.length)],
      { doing: 'moving the notes', config: ['core.hooksPath=/dev/null'] });
    const now = await standing(runner);
    if (now === to) return true;
    // Nobody else moved them, so something kept git from it: most likely the lock of a git that was killed.
    if (now === from) throw await hindrance(places, 'moving the notes', stderr.trim() || 'it reported success, and nothing moved');
    return false;
  };

  /** Notes put together are only true of the tip that they were made from; when that moved, they are made again. */
  const change = async (why: string, make: (tip: ObjectId | undefined) => Promise<ObjectId | undefined>): Promise<ObjectId> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const tip = await standing(runner);
      const made = await make(tip);
      if (made === undefined) return tip!;
      if (await move(tip, made, why)) return made;
    }
    throw failed('git-failed', { doing: 'moving the notes', said: `somebody else moved ${NOTES_REF} ${ATTEMPTS} times meanwhile` });
  };

  const commit = (tree: ObjectId, parents: readonly ObjectId[], message: string, { by, seconds }: NoteSigning): Promise<ObjectId> =>
    writeCommit(runner, { tree, parents, message, author: by, committer: by, sign: false, seconds });

  return {
    tip: async () => (await refAt(runner))?.id,

    read: async (tip, subject) => {
      const found = await notesAt(runner, tip, subject);
      if (found.length === 0) return undefined;
      const bytes = found.reduce((all, { size }) => all + size, 0);
      if (bytes > NOTE_BYTES) return { bytes };
      return { text: Buffer.from((await textsOf(runner, found)).reduce(withLinesOf), 'latin1').toString('utf8') };
    },

    add: (subject, line, signing) => change(`cxw: note ${subject.slice(0, 12)}`, async (tip) => {
      const found = tip === undefined ? [] : await notesAt(runner, tip, subject);
      const texts = await textsOf(runner, found);
      const written = Buffer.from(line).toString('latin1');
      if (texts.some((text) => text.split('\n').includes(written))) return undefined;
      const [place = placeOfNewNote(subject)] = found.map(({ path }) => path);
      const id = await writeText(runner, withLinesOf(texts[0] ?? '', written));
      const tree = await treeOver(tip, [{ path: place, mode: '100644', id }]);
      return commit(tree, tip === undefined ? [] : [tip], `Note the delivery of ${subject.slice(0, 12)}\n`, signing);
    }),

    join: (theirs, signing) => change('cxw: join the notes of the remote', async (tip) => {
      await demandNotes(runner, theirs);
      if (tip === undefined) return theirs;
      if (await isIn(runner, theirs, tip)) return undefined;
      if (await isIn(runner, tip, theirs)) return theirs;
      const { added, clashes } = comparedTrees(await entriesOf(runner, theirs), await entriesOf(runner, tip));
      const joined: TreeEntry[] = [];
      for (const clash of clashes) {
        const texts = await textsOf(runner, await sized(runner, [clash.theirs, clash.ours]));
        joined.push({ path: clash.path, mode: '100644', id: await writeText(runner, texts.reduce(withLinesOf)) });
      }
      return commit(await treeOver(theirs, [...added, ...joined]), [tip, theirs], 'Join the notes of the remote\n', signing);
    }),
  };
}

/** How often others may be first before we give up for now. */
const ATTEMPTS = 5;

/** What the ref is, if it is there. A pattern also matches what lies below it, so names are compared. */
async function refAt(runner: GitRunner): Promise<{ id: ObjectId; type: string; points: string } | undefined> {
  const listed = await runner.line(['for-each-ref', '--format=%(refname) %(objectname) %(objecttype) %(symref)', NOTES_REF], { doing: 'reading the notes' });
  const [, id, type, points] = listed.split('\n').map((line) => line.split(' ')).find(([name]) => name === NOTES_REF) ?? [];
  return id === undefined ? undefined : { id, type: type!, points: points ?? '' };
}

/** The notes as something that may be written on: a symbolic ref would carry the writing elsewhere. */
async function standing(runner: GitRunner): Promise<ObjectId | undefined> {
  const ref = await refAt(runner);
  if (ref === undefined) return undefined;
  if (ref.points !== '') throw failed('git-failed', { doing: 'reading the notes', said: `${NOTES_REF} stands for ${ref.points}` });
  if (ref.type !== 'commit') throw failed('git-failed', { doing: 'reading the notes', said: `${NOTES_REF} is a ${ref.type}` });
  return ref.id;
}

interface Sized {
  id: ObjectId;
  size: number;
}

/** The notes about a commit, wherever git may have put them. */
async function notesAt(runner: GitRunner, tip: ObjectId, subject: ObjectId): Promise<(Sized & Pick<TreeEntry, 'path'>)[]> {
  const places = placesOfNote(subject);
  const sizes = await blobSizes(runner, places.map((path) => `${tip}:${path}`));
  return places.flatMap((path, at) => (sizes[at] === undefined ? [] : [{ path, ...sizes[at] }]));
}

const sized = async (runner: GitRunner, ids: readonly ObjectId[]): Promise<Sized[]> =>
  (await blobSizes(runner, ids)).filter((blob) => blob !== undefined);

async function blobSizes(runner: GitRunner, names: readonly string[]): Promise<(Sized | undefined)[]> {
  const answer = await runner.run(['cat-file', '--batch-check'], { doing: 'looking for notes', input: names.map((name) => `${name}\n`).join('') });
  return answer.toString('latin1').split('\n').slice(0, names.length).map((line) => {
    const [, id, size] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? [];
    return id === undefined ? undefined : { id, size: Number(size) };
  });
}

/** Contents of notes, a character for each byte: they are anybody's, and are written again as they were. */
async function textsOf(runner: GitRunner, blobs: readonly Sized[]): Promise<string[]> {
  const tooLong = blobs.find(({ size }) => size > NOTE_BYTES);
  if (tooLong !== undefined) throw failed('git-failed', { doing: 'reading a note', said: `the note ${tooLong.id.slice(0, 12)} has ${tooLong.size} bytes` });
  return Promise.all(blobs.map(({ id }) => textOf(runner, id)));
}

const textOf = async (runner: GitRunner, id: ObjectId): Promise<string> =>
  (await runner.run(['cat-file', 'blob', id], { doing: 'reading a note' })).toString('latin1');

const writeText = async (runner: GitRunner, text: string): Promise<ObjectId> =>
  parseId(await runner.line(['hash-object', '-w', '--stdin', '--no-filters'], { doing: 'writing a note', input: Buffer.from(text, 'latin1') }));

/** A remote may name anything as its notes, or something that never came. */
async function demandNotes(runner: GitRunner, theirs: ObjectId): Promise<void> {
  const { exit, stdout } = await runner.attempt(['cat-file', '-t', theirs], { doing: 'reading the notes of the remote' });
  const type = stdout.toString('utf8').trim();
  if (exit !== 0 || type !== 'commit') throw failed('git-failed', { doing: 'reading the notes of the remote', said: exit === 0 ? `${NOTES_REF} is a ${type} there` : `${theirs.slice(0, 12)} did not come` });
}

/** Trees of a remote may be anything: more than this is not taken in. */
const TREE_BYTES = 64 * 1024 * 1024;

const entriesOf = async (runner: GitRunner, tip: ObjectId): Promise<TreeEntry[]> =>
  treeEntries(await runner.run(['ls-tree', '-r', '-z', '--full-tree', tip], { doing: 'reading the tree of notes', limit: TREE_BYTES }));

/** Whether a notes commit is contained in another one. Unlike a branch, nothing may stay unknown here. */
async function isIn(runner: GitRunner, ancestor: ObjectId, descendant: ObjectId): Promise<boolean> {
  const { exit, stderr } = await runner.attempt(['merge-base', '--is-ancestor', ancestor, descendant], { doing: 'comparing notes' });
  if (exit > 1) throw failed('git-failed', { doing: 'comparing notes', said: stderr.trim() });
  return exit === 0;
}
