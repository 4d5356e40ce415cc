import { splitCommandLine } from '../commandLine.js';
import { compileGlobs } from '../globs.js';
import { scriptOf } from '../packageScript.js';
import { comparePaths, parsePath, type RepoPath } from '../paths.js';
import { complain, refuse, type Problem } from '../problem.js';
import { deferralOf } from './deferral.js';
import { idsIn } from './ids.js';
import type { Item, Sheet } from './sheet.js';
import type { Change, Spec } from './spec.js';
import { carriersOf, proofsSaid, ticketsNamed, type Part } from './trace.js';
import type { Drift, DriftVerdict } from './verdict.js';
import { isIn, type ProvedBy, type Work } from './work.js';

/** Specs, and what there is to hold them against. */
export interface Evidence {
  specs: readonly Spec[];
  /** What is wrong with their documents, and what could not be looked at. */
  problems: readonly Problem[];
  changes: readonly Change[];
  works: readonly Work[];
  /** The deliveries that specs rest on. */
  proved: readonly Proved[];
  /** What is no more as a commit had it, by the commit. */
  since: ReadonlyMap<string, Since>;
  /** Tickets whose change is held against the public surface, and the patterns of that. */
  surface: { works: readonly Work[]; patterns: readonly string[]; specs: readonly Spec[] };
  /** package.json as it stands. */
  manifest?: string;
}

/** How what a commit had differs from now, as far as anybody asks. */
export interface Since {
  changed: Set<RepoPath>;
  /** Files that it had and that are gone. */
  gone: Set<RepoPath>;
  manifest?: string;
}

/** Whether specs still tell the truth, as far as documents, records and files can say. No model is asked. */
export function driftOf(evidence: Evidence): Drift {
  const { specs, changes, problems, surface } = evidence;
  const findings = [
    ...problems,
    ...specs.flatMap((spec) => standing(spec, evidence.works).flatMap((one) => unproved(spec, one))),
    ...evidence.proved.flatMap((proved) => outdated(proved, evidence)),
    ...changes.flatMap((change) => waiting(change)),
    ...surface.works.flatMap((work) => unnamed(work, surface)),
  ];
  return { verdict: verdictOf(findings), findings };
}

function verdictOf(findings: readonly Problem[]): DriftVerdict {
  if (findings.length === 0) return 'pass';
  return findings.some(({ severity }) => severity === 'error') ? 'fail' : 'pass_with_risk';
}

/** Requirements that stand, each with what tickets have to do with it. */
function standing(spec: Spec, works: readonly Work[]): { sheet: Sheet<'requirements'>; item: Item; parts: Part[] }[] {
  const sheet = spec.requirements;
  if (sheet === undefined || sheet.status?.word === 'superseded') return [];
  const carrying = carriersOf(spec, works);
  return sheet.tables.requirements.filter(({ status, broken }) => status?.word === 'accepted' && !broken).map((item) => ({ sheet, item, parts: carrying(item.id) }));
}

function unproved(spec: Spec, { sheet, item, parts }: ReturnType<typeof standing>[number]): Problem[] {
  const isCarried = parts.some(({ named, proofs }) => named && proofs.length > 0);
  const { from, to } = item.cells['how it is proved']!;
  return isCarried || proofsSaid(spec, item).length > 0 ? [] : [complain('drift-unproved', { spec: spec.name, id: item.id }, sheet.place(from, to, 'no proof'))];
}

/** The newest delivery that proved a requirement, and the last one that ran the same commands: that proved the same files as they were then. */
export interface Proved {
  spec: Spec;
  sheet: Sheet<'requirements'>;
  item: Item;
  work: Work;
  proofs: ProvedBy[];
  last: Work;
}

/** What is held against what lies here now. Only these deliveries are asked of git. */
export function provedBy(specs: readonly Spec[], works: readonly Work[], known: ReadonlySet<string>, current: string | undefined): Proved[] {
  const delivered = works.filter((work) => isIn(work) && work.commit !== undefined && known.has(work.commit)).sort((a, b) => (a.at < b.at ? 1 : -1));
  const rank = new Map(delivered.map((work, at) => [work, at]));
  return specs.flatMap((spec) => standing(spec, works).flatMap(({ sheet, item, parts }): Proved[] => {
    const ran = parts.map(({ work, proofs }) => ({ work, proofs: proofs.filter(({ how }) => how !== undefined && how !== 'inspection' && how !== 'waived') }));
    if (ran.some(({ work, proofs }) => work.ticket === current && proofs.length > 0)) return [];
    const [newest] = ran.filter(({ work }) => rank.has(work)).sort((a, b) => rank.get(a.work)! - rank.get(b.work)!);
    return newest === undefined ? [] : [{ spec, sheet, item, ...newest, last: lastAlike(newest.work, newest.proofs, delivered) }];
  }));
}

function lastAlike(work: Work, proofs: readonly ProvedBy[], delivered: readonly Work[]): Work {
  const ranAll = (other: Work): boolean => proofs.every(({ command }) => other.proofs.some((proof) => proof.command === command && proof.how !== undefined && proof.how !== 'waived'));
  return proofs.length === 0 ? work : delivered.find((other) => other === work || (other.at > work.at && ranAll(other))) ?? work;
}

/** Whether the commands of a proof still are, and whether what they ran on still is. */
function outdated({ spec, sheet, item, work, proofs, last }: Proved, { since, manifest }: Evidence): Problem[] {
  const place = sheet.place(item.cells['id']!.from, item.cells['id']!.to, `proved by ${work.ticket}`);
  const about = { spec: spec.name, id: item.id, ticket: work.ticket };
  const lost = proofs.flatMap((proof) => {
    const gone = goneOf(proof, since.get(work.commit!)!, manifest);
    return gone === undefined ? [] : [complain('drift-command-gone', { ...about, command: proof.command, gone }, place)];
  });
  const { changed } = since.get(last.commit!)!;
  const paths = work.changed.filter((path) => changed.has(path)).sort(comparePaths);
  return [...lost, ...(paths.length === 0 ? [] : [complain('drift-proof-stale', { ...about, paths }, place, 'warning')])];
}

/** The paths that a command may name, as near as it goes without a shell. */
export const namedPaths = ({ command }: Pick<ProvedBy, 'command'>): RepoPath[] => wordsOf(command).flatMap((word) => {
  const path = parsePath(word.replace(/^\.\//, ''));
  return path.ok ? [path.path] : [];
});

/** What a command needs that was there and is no more: a script of package.json, or a file that it names. */
function goneOf({ command }: ProvedBy, then: Since, manifest: string | undefined): string | undefined {
  const words = wordsOf(command);
  const script = scriptOf(words, then.manifest);
  if (script !== undefined && script !== '' && scriptOf(words, manifest) === undefined) return `the script of package.json that it runs`;
  return namedPaths({ command }).find((path) => then.gone.has(path));
}

/** The words of a command, as near as it goes without a shell. */
export function wordsOf(command: string): string[] {
  const split = splitCommandLine(command);
  return split.ok ? split.words : command.split(/[\s;&|()"'<>]+/).filter((word) => word !== '');
}

/** What was accepted and is not in its spec makes that untrue; put off with a date and a reason, it is a risk that somebody took. */
function waiting({ id, folder, delta }: Change): Problem[] {
  if (delta.status?.word !== 'accepted') return [];
  const { from, to } = delta.fields.get('status')!;
  const deferral = deferralOf(delta);
  if (deferral !== undefined) return [complain('drift-delta-deferred', { change: id, ...deferral }, delta.place(from, to, 'accepted, and put off'), 'warning')];
  return [complain('drift-delta-waiting', { change: id, folder }, delta.place(from, to, 'accepted, and not applied'))];
}

/** A delivered change of what others rely on, by a ticket that no requirement asked for. */
function unnamed(work: Work, { patterns, specs }: Evidence['surface']): Problem[] {
  const paths = work.changed.filter(compileGlobs(patterns));
  if (paths.length === 0 || work.excused || namesRequirement(work, specs)) return [];
  return [refuse('drift-surface-unnamed', { ticket: work.ticket, paths })];
}

function namesRequirement(work: Work, specs: readonly Spec[]): boolean {
  if (work.criteria.some(({ words }) => idsIn(words, 'REQ').length > 0)) return true;
  if (specs.some((spec) => ticketsNamed(spec).includes(work.ticket))) return true;
  const carried = specs.filter(({ folder }) => work.specs.some((path) => path.startsWith(`${folder}/`)));
  // What lies elsewhere, or was replaced since, cannot be asked any more.
  return work.specs.length > 0 && (carried.length === 0 || carried.some(({ requirements }) => requirements === undefined || requirements.tables.requirements.length > 0));
}
