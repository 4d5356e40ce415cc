import * as z from 'zod';
import { DIGEST, OBJECT_ID } from '../changeSet.js';
import { judge } from '../documents/judge.js';
import type { Entered, Fact } from '../facts.js';
import { showPath } from '../paths.js';
import type { Run } from '../run.js';
import { union } from './sets.js';

/** Where delivery notes stand: notes of git's own kind, so that `git log --notes=cxw` shows them and any clone can fetch them. */
export const NOTES_REF = 'refs/notes/cxw';

export const NOTE_SCHEMA = 'cxw/delivery-note@1';

/** A longer note than this is not read. */
export const NOTE_BYTES = 65_536;

/** So many paths are named; the others are counted. */
const PATHS_NAMED = 50;

const objectId = z.string().regex(OBJECT_ID);
const name = z.string().min(1).max(4096);
const count = z.int().min(0);

/** Fields that are not known here are passed over: newer releases may add some. */
export const noteSchema = z.object({
  schema: z.literal(NOTE_SCHEMA),
  ticket: z.string().min(1).max(80),
  commit: objectId,
  seal: z.string().regex(DIGEST).meta({ description: 'The digest of the sealed ledger, as the commit names it.' }),
  branch: name,
  remote: z.object({
    name, ref: name,
    url: name.meta({ description: 'The push URL without user info.' }),
    answer: z.enum(['names the commit', 'contains the commit']).meta({ description: 'What the remote said when it was asked after the push.' }),
    tip: objectId.optional().meta({ description: 'Where its branch was by then, if that was further on.' }),
  }),
  at: z.iso.datetime().meta({ description: 'When it said so, in UTC.' }),
  by: z.string().min(1).max(100),
  paths: z.object({ count, first: z.array(name).max(1000) }),
  leftAlone: z.object({ changed: count, untracked: count, hidden: count, ignored: count })
    .meta({ description: 'How many paths of other work stood there when the ticket began. Their names are private.' }),
}).meta({ title: 'cxw delivery note', description: `One line of a note under ${NOTES_REF}: what a delivery was, once the remote had confirmed it.` });

export type DeliveryNote = z.infer<typeof noteSchema>;

/**
 * What is to be noted about a delivery; nothing unless a remote confirmed it. It is made of facts alone, so that it is
 * the same, byte for byte, whenever it is made.
 */
export function noteOf(run: Run, facts: readonly Fact[]): DeliveryNote | undefined {
  const { ticket, delivery, discovery } = run;
  const confirmed = facts.findLast(isConfirmation);
  if (delivery?.committed === undefined || delivery.intent.target === undefined || discovery === undefined || confirmed === undefined) return undefined;
  const { intent, committed: commit } = delivery;
  const { remote, ref, url } = delivery.intent.target;
  const { superseded: tip } = confirmed.evidence;
  const paths = union(intent).map((entry) => showPath(entry.path));
  const { dirty: changed, untracked, hidden, ignored } = discovery.baseline;
  return {
    schema: NOTE_SCHEMA, ticket, commit, seal: intent.seal, branch: intent.branch,
    remote: { name: remote, ref, url, answer: tip === undefined ? 'names the commit' : 'contains the commit', tip },
    at: confirmed.at,
    by: `${confirmed.by.role}:${confirmed.by.name}`,
    paths: { count: paths.length, first: paths.slice(0, PATHS_NAMED) },
    leftAlone: { changed, untracked, hidden, ignored },
  };
}

const isConfirmation = (fact: Fact): fact is Entered<'head_equals_origin_main_proved'> =>
  fact.kind === 'entered' && fact.state === 'head_equals_origin_main_proved' && fact.evidence.assigned;

/** A note is one line, so that two notes about one commit are put together by their lines, as git does it too. */
export const lineOf = (note: DeliveryNote): string => JSON.stringify(note);

/** A note with the lines of another one that it lacks, each with an end, so that git can append to it too. Nothing of the note itself changes. */
export function withLinesOf(text: string, other: string): string {
  const standing = new Set(text.split('\n'));
  const lacking = [...new Set(other.split('\n'))].filter((line) => line !== '' && !standing.has(line));
  return `${text}${text === '' || text.endsWith('\n') || lacking.length === 0 ? '' : '\n'}${lacking.map((line) => `${line}\n`).join('')}`;
}

/** One line of a note, read: what it says, or why it says nothing. */
export type NoteLine = { line: number; note: DeliveryNote } | { line: number; why: string };

/** Reads what stands in a note. It is anybody's text: nothing in it is more than a claim. */
export function readNote(text: string): NoteLine[] {
  return text.split('\n').flatMap((written, at) => (written.trim() === '' ? [] : [{ line: at + 1, ...readLine(written) }]));
}

function readLine(written: string): { note: DeliveryNote } | { why: string } {
  try {
    const reading = judge(noteSchema, JSON.parse(written));
    if (reading.success) return { note: reading.data };
    const [issue] = reading.error.issues;
    return { why: `${issue!.path.length === 0 ? 'it' : issue!.path.join('.')} is not what a delivery note has there` };
  } catch {
    return { why: 'it is no JSON' };
  }
}
