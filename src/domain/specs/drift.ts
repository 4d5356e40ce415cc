import { splitCommandLine } from '../commandLine.js';
import { compileGlobs } from '../globs.js';
import { scriptOf } from '../packageScript.js';
import { comparePaths, type RepoPath } from '../paths.js';
import { complain, refuse, type Problem } from '../problem.js';
import { deferralOf } from './deferral.js';
import { idsIn } from './ids.js';
import type { Item, Sheet } from './sheet.js';
import type { Change, Spec } from './spec.js';
import { partOf, proofsSaid, ticketsNamed } from './trace.js';
import type { Drift, DriftVerdict } from './verdict.js';
import type { ProvedBy, Work } from './work.js';

/** Specs, and what there is to hold them against. */
export interface Evidence {
  specs: readonly Spec[];
  /** What is wrong with their documents, and what could not be looked at. */
  problems: readonly Problem[];
  changes: readonly Change[];
  works: readonly Work[];
  /** What is no more as a commit had it, by the commit; nothing of one that is not known here. */
  since: ReadonlyMap<string, Since>;
  /** Tickets whose change is held against the public surface, and the patterns of that. */
  surface: { works: readonly Work[]; patterns: readonly string[]; specs: readonly Spec[] };
  /** The ticket that is under way: what its proofs showed is news. */
  current?: string;
  /** package.json as it stands. */
  manifest?: string;
}

/** What a commit had, and how that differs from now. */
export interface Since {
  changed: ReadonlySet<RepoPath>;
  /** Files that it had and that are gone. */
  gone: ReadonlySet<RepoPath>;
  manifest?: string;
}

/** Whether specs still tell the truth, as far as documents, records and files can say. No model is asked. */
export function driftOf(evidence: Evidence): Drift {
  const { specs, changes, problems, surface } = evidence;
  const findings = [
    ...problems,
    ...specs.flatMap((spec) => requirementFindings(spec, evidence)),
    ...changes.flatMap((change) => waiting(change)),
    ...surface.works.flatMap((work) => unnamed(work, surface)),
  ];
  return { verdict: verdictOf(findings), findings };
}

function verdictOf(findings: readonly Problem[]): DriftVerdict {
  if (findings.length === 0) return 'pass';
  return findings.some(({ severity }) => severity === 'error') ? 'fail' : 'pass_with_risk';
}

function requirementFindings(spec: Spec, evidence: Evidence): Problem[] {
  const sheet = spec.requirements;
  if (sheet === undefined || sheet.status?.word === 'superseded') return [];
  return sheet.tables.requirements.filter(({ status, broken }) => status?.word === 'accepted' && !broken).flatMap((item) => [
    ...unproved(spec, sheet, item, evidence.works),
    ...outdated(spec, sheet, item, evidence),
  ]);
}

function unproved(spec: Spec, sheet: Sheet<'requirements'>, item: Item, works: readonly Work[]): Problem[] {
  const isCarried = works.some((work) => {
    const part = partOf(spec, item.id, work);
    return part !== undefined && part.named && part.proofs.length > 0;
  });
  const { from, to } = item.cells['how it is proved']!;
  return isCarried || proofsSaid(spec, item).length > 0 ? [] : [complain('drift-unproved', { spec: spec.name, id: item.id }, sheet.place(from, to, 'no proof'))];
}

/** The newest delivery that proved a requirement: whether its commands still are, and whether what they ran on still is. */
function outdated(spec: Spec, sheet: Sheet<'requirements'>, item: Item, { works, since, manifest, current }: Evidence): Problem[] {
  const carrying = works.flatMap((work) => {
    const part = partOf(spec, item.id, work);
    return part === undefined ? [] : [{ work, proofs: part.proofs.filter(({ how }) => how !== undefined && how !== 'inspection' && how !== 'waived') }];
  });
  if (carrying.some(({ work, proofs }) => work.ticket === current && proofs.length > 0)) return [];
  const delivered = works.filter(({ state, commit }) => state === 'delivered' && commit !== undefined && since.has(commit)).sort((a, b) => (a.at < b.at ? 1 : -1));
  const newest = delivered.flatMap((work) => carrying.filter((one) => one.work === work))[0];
  if (newest === undefined) return [];
  const { work, proofs } = newest;
  const place = sheet.place(item.cells['id']!.from, item.cells['id']!.to, `proved by ${work.ticket}`);
  const about = { spec: spec.name, id: item.id, ticket: work.ticket };
  const lost = proofs.flatMap((proof) => {
    const gone = goneOf(proof, since.get(work.commit!)!, manifest);
    return gone === undefined ? [] : [complain('drift-command-gone', { ...about, command: proof.command, gone }, place)];
  });
  const paths = changedSince(work, proofs, delivered, since);
  return [...lost, ...(paths.length === 0 ? [] : [complain('drift-proof-stale', { ...about, paths }, place, 'warning')])];
}

/** A later delivery that ran the same commands has proved the same files as they were then. */
function changedSince(work: Work, proofs: readonly ProvedBy[], delivered: readonly Work[], since: Evidence['since']): RepoPath[] {
  const ranAll = (other: Work): boolean => proofs.every(({ command }) => other.proofs.some((proof) => proof.command === command && proof.how !== undefined && proof.how !== 'waived'));
  const last = proofs.length === 0 ? work : delivered.find((other) => other === work || (other.at > work.at && ranAll(other) && since.has(other.commit!))) ?? work;
  const { changed } = since.get(last.commit!)!;
  return work.changed.filter((path) => changed.has(path)).sort(comparePaths);
}

/** What a command needs that was there and is no more: a script of package.json, or a file that it names. */
function goneOf({ command }: ProvedBy, then: Since, manifest: string | undefined): string | undefined {
  const words = wordsOf(command);
  const script = scriptOf(words, then.manifest);
  if (script !== undefined && script !== '' && scriptOf(words, manifest) === undefined) return `the script of package.json that it runs`;
  return words.find((word) => then.gone.has(word.replace(/^\.\//, '') as RepoPath));
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
