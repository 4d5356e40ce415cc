import { showActor } from '../domain/actors.js';
import { matchesDigest, type ObjectId } from '../domain/changeSet.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse, remark, type Problem } from '../domain/problem.js';
import type { Run } from '../domain/run.js';
import type { VerifiedTicket, VerifyData } from '../domain/verification/report.js';
import type { World } from '../world/index.js';
import { wasDelivered } from './verification/delivered.js';
import { ticketsAreDemanded } from './verification/demanded.js';
import { judge, shownPaths } from './verification/judge.js';
import { missing } from './verification/missing.js';
import { noteAbout } from './verification/note.js';
import { proveAgain } from './verification/rerun.js';
import { subjectsOf, type Subject, type Unticketed } from './verification/subjects.js';
import { unprovedIn, type Unproved } from './verification/unproved.js';

export interface VerifyRequest {
  /** A ticket, a commit or a range; left out, the newest delivery of this branch. */
  what?: string;
  /** Run the proofs again, on an export of the commit. */
  rerun: boolean;
  /** Demand that the remote contains the commit. */
  delivered: boolean;
  /** The seal that is expected. */
  expect?: string;
}

/** What verifying needs of the world: a clone, its policy, programs for proofs; and nothing that was remembered here. */
export type Verifier = Pick<World, 'git' | 'programs' | 'documents' | 'digest' | 'tell'>;

/** Checks delivered work from nothing but a clone. Three questions apart: evidence, delivered, integrated. */
export async function verify(world: Verifier, request: VerifyRequest): Promise<Outcome<VerifyData>> {
  const found = await subjectsOf(world, request.what);
  if (!found.ok) return no('refused', 'verify', { tickets: [], unticketed: [] }, found.refusals);
  const { asked, subjects, unticketed, bases } = found.value;
  const notes = subjects.length === 0 ? undefined : await world.git.notes.tip();
  const verified: Verified[] = [];
  for (const subject of subjects) verified.push(await verifyOne(world, subject, request, notes));
  const data: VerifyData = {
    tickets: verified.map((one) => one.told),
    unticketed: unticketed.map(({ commit: { id, subject } }) => ({ commit: id, subject })),
  };
  const unproved = await unprovedIn(world, verified);
  const areDemanded = unticketed.length + unproved.length > 0 && await ticketsAreDemanded(world, bases, verified.map(({ run }) => run));
  const all = [
    ...found.value.problems, ...await missing(world, found.value, request), ...verified.flatMap((one) => one.problems),
    ...unprovedProblems(unproved, areDemanded), ...unticketedProblems(unticketed, asked === 'commit' || areDemanded),
  ];
  return all.some((problem) => problem.severity === 'error') ? no('refused', 'verify', data, all) : done('verify', data, nextAfter(data, request), all);
}

interface Verified {
  subject: Subject;
  told: VerifiedTicket;
  problems: Problem[];
  run?: Run;
}

async function verifyOne(world: Verifier, subject: Subject, request: VerifyRequest, notes: ObjectId | undefined): Promise<Verified> {
  const { ticket, commit } = subject;
  const { run, seal, integrated, changed, problems } = await judge(world, subject);
  const expected = expectationProblems(ticket, seal, request.expect);
  const sound = ![...problems, ...expected].some((problem) => problem.severity === 'error');
  const rerun = request.rerun && sound && run !== undefined ? await proveAgain(world, run, commit.id) : undefined;
  const { delivered, why } = await wasDelivered(world, run, commit.id);
  const undelivered = request.delivered && delivered !== 'yes' ? [refuse('not-delivered', { ticket, delivered, why })] : [];
  const noted = notes === undefined ? undefined : await noteAbout(world, notes, { ...subject, seal, run });
  const told: VerifiedTicket = {
    ticket, commit: commit.id, seal, delivered, integrated,
    changeSet: run?.change?.changeSet.digest,
    evidence: evidenceWord(sound, rerun?.problems),
    changed: changed.length === 0 ? undefined : shownPaths(changed),
    waived: run === undefined || run.waivers.length === 0 ? undefined : run.waivers.map((waiver) => ({ what: waiver.what, by: showActor(waiver.by), reason: waiver.reason })),
    rerun: rerun?.results,
    note: noted?.word,
    deliveredAt: noted?.note?.at,
  };
  return { subject, told, run, problems: [...problems, ...expected, ...(rerun?.problems ?? []), ...undelivered, ...(noted?.problems ?? [])] };
}

function evidenceWord(sound: boolean, rerun: readonly Problem[] | undefined): VerifiedTicket['evidence'] {
  if (!sound || rerun?.some((problem) => problem.severity === 'error')) return 'broken';
  return rerun === undefined ? 'consistent' : 'proved again';
}

function expectationProblems(ticket: string, seal: string | undefined, expected: string | undefined): Problem[] {
  return expected === undefined || (seal !== undefined && matchesDigest(expected, seal))
    ? []
    : [refuse('expectation-differs', { ticket, expected, seal: seal ?? 'missing' })];
}

/** Work that no ticket accounts for: refused where the policy demands one, and worth a look where a message or a merge hides it. */
const unticketedProblems = (commits: readonly Unticketed[], areDemanded: boolean): Problem[] => commits.map(({ commit: { id, subject }, names, own }) => {
  const facts = { commit: id, subject, names, own };
  return areDemanded ? refuse('unticketed-commit', facts) : remark('unticketed-commit', facts, names === undefined && own === undefined ? 'note' : 'warning');
});

const unprovedProblems = (commits: readonly Unproved[], areDemanded: boolean): Problem[] =>
  commits.map((facts) => (areDemanded ? refuse('unproved-paths', { ...facts }) : remark('unproved-paths', { ...facts }, 'warning')));

function nextAfter({ tickets }: VerifyData, request: VerifyRequest): string[] {
  const [first] = tickets;
  if (first === undefined) return [];
  return request.rerun ? [`cxw log ${first.ticket}`] : [`cxw verify ${first.ticket} --rerun`];
}
