import { RECORDS } from './closing/places.js';
import { compileGlobs } from './globs.js';
import { isLocal } from './localProof.js';
import { isUnder, showPath, type RepoPath } from './paths.js';
import type { Policy } from './policy.js';
import { refuse, type Problem } from './problem.js';
import type { Proof, QuickTicket, Ticket } from './ticket.js';
import { triggerPatterns, TRIGGERS, type Trigger } from './triggers.js';

/** One trigger, and what it was seen by. */
export interface Finding {
  trigger: Trigger;
  /** A clause, as `package-lock.json matches **\/package-lock.json`. */
  why: string;
  /** The paths that show it; none for what the ticket declares, or what its proofs lack. */
  paths: RepoPath[];
  /** The ticket itself names the trigger, and no path shows it. */
  declared: boolean;
}

export interface Classification {
  class: 'quick' | 'standard';
  /** In the order of `TRIGGERS`, each at most once. */
  findings: Finding[];
}

/** How many files a quick ticket may change. */
export const QUICK_FILES_MAX = 3;

/** Folders whose directories are a workspace's modules. */
const WORKSPACES = new Set(['packages', 'apps', 'services', 'libs']);

/**
 * Which class this work has. It is computed from what files and proofs show; what is declared only adds to that.
 * The ticket's own file and records may be among the paths and do not count.
 */
export function classify(paths: readonly RepoPath[], declared: readonly Trigger[], policy: Policy, proofs: readonly Proof[]): Classification {
  const product = [...new Set(paths)].filter((path) => !isWorkflow(path));
  const shown = [...filePatterns(product, policy), ...modules(product, policy), ...breadth(product), ...forbidden(product, policy), ...proofless(product, policy, proofs)];
  const findings = TRIGGERS.flatMap((trigger): Finding[] => {
    const found = shown.filter((finding) => finding.trigger === trigger);
    if (found.length > 0) return [merged(found)];
    return declared.includes(trigger) ? [{ trigger, why: 'the ticket declares it', paths: [], declared: true }] : [];
  });
  return { class: findings.length === 0 ? 'quick' : 'standard', findings };
}

const isWorkflow = (path: RepoPath): boolean => /^tickets\/[^/]+\.yaml$/.test(path) || isUnder(path, RECORDS);

const merged = (findings: Finding[]): Finding =>
  ({ ...findings[0]!, why: findings.map(({ why }) => why).join('; '), paths: [...new Set(findings.flatMap(({ paths }) => paths))] });

const found = (trigger: Trigger, why: string, paths: RepoPath[]): Finding => ({ trigger, why, paths, declared: false });

function filePatterns(paths: RepoPath[], policy: Policy): Finding[] {
  return triggerPatterns(policy).flatMap(([trigger, patterns]) =>
    matching(paths, patterns, inLowerCaseToo).map(({ path, pattern }) => found(trigger as Trigger, `${showPath(path)} matches ${pattern}`, [path])));
}

function forbidden(paths: RepoPath[], policy: Policy): Finding[] {
  return matching(paths, policy.forbidden).map(({ path, pattern }) => found('forbidden_path', `${showPath(path)} is forbidden by ${pattern}`, [path]));
}

const asWritten = (path: RepoPath): RepoPath[] => [path];
/** What a name says, and not how it is written: `OAuth.ts` is about what `oauth.ts` is about. */
const inLowerCaseToo = (path: RepoPath): RepoPath[] => [path, path.toLowerCase() as RepoPath];

/** Each path with the first pattern that it matches, in one of its spellings. */
function matching(paths: readonly RepoPath[], patterns: readonly string[], spellings = asWritten): { path: RepoPath; pattern: string }[] {
  const globs = patterns.map((pattern) => ({ pattern, matches: compileGlobs([pattern]) }));
  return paths.flatMap((path) => {
    const glob = globs.find(({ matches }) => spellings(path).some(matches));
    return glob === undefined ? [] : [{ path, pattern: glob.pattern }];
  });
}

function breadth(paths: RepoPath[]): Finding[] {
  return paths.length <= QUICK_FILES_MAX ? [] : [found('broad_file_scope', `${paths.length} files, and quick work has at most ${QUICK_FILES_MAX}`, paths)];
}

function modules(paths: RepoPath[], policy: Policy): Finding[] {
  const moduleOf = policy.modules.length > 0 ? declaredModule(policy) : workspaceModule;
  const isDocs = compileGlobs(policy.docs);
  const counted = paths.filter((path) => moduleOf(path) !== undefined || !isDocs(path));
  const names = [...new Set(counted.map((path) => moduleOf(path) ?? 'what belongs to no module'))].sort();
  return names.length < 2 ? [] : [found('multiple_services_modules', `${names.length} modules: ${names.join(', ')}`, counted)];
}

function declaredModule(policy: Policy): (path: RepoPath) => string | undefined {
  const declared = policy.modules.map(({ name, paths }) => ({ name, matches: compileGlobs(paths) }));
  return (path) => declared.find(({ matches }) => matches(path))?.name;
}

function workspaceModule(path: RepoPath): string | undefined {
  const [folder = '', name = '', ...below] = path.split('/');
  return WORKSPACES.has(folder) && below.length > 0 ? `${folder}/${name}` : undefined;
}

/** Documentation may be proved by a look; everything else needs a command that runs here. */
function proofless(paths: RepoPath[], policy: Policy, proofs: readonly Proof[]): Finding[] {
  if (proofs.some(isLocal)) return [];
  const inspected = proofs.some(({ inspect }) => inspect !== undefined);
  if (inspected && paths.every(compileGlobs(policy.docs))) return [];
  return [found('proof_unavailable', inspected ? 'an inspection proves documentation only' : 'no proof is a command that runs without a network', [])];
}

/** Why a ticket that claims to be quick is not; nothing for the other classes. One refusal per finding. */
export function quickRefusals(ticket: Ticket, policy: Policy): Problem[] {
  if (ticket.class !== 'quick') return [];
  return quickFindings(ticket, policy).map((finding) => quickRefusal(ticket, finding));
}

/** What the files, words and proofs of a quick ticket show against its being quick. Its own forbidden patterns count as well. */
export function quickFindings(ticket: QuickTicket, policy: Policy): Finding[] {
  const strict = { ...policy, forbidden: [...policy.forbidden, ...(ticket.scope.forbidden ?? [])] };
  return classify(ticket.scope.files, ticket.triggers ?? [], strict, ticket.proof).findings;
}

/** A finding as the reason why this ticket may not go on as quick. */
export function quickRefusal({ id: ticket }: Pick<Ticket, 'id'>, { trigger, why, paths, declared }: Finding): Problem {
  if (declared) return refuse('trigger-declared', { ticket, trigger });
  switch (trigger) {
    case 'broad_file_scope': return refuse('too-many-files', { ticket, files: paths.length, most: QUICK_FILES_MAX });
    case 'multiple_services_modules': return refuse('more-than-one-module', { ticket, why, paths });
    case 'proof_unavailable': return refuse('quick-needs-local-proof', { ticket, why });
    case 'forbidden_path': return refuse('forbidden-in-scope', { ticket, why, paths });
    default: return refuse('trigger-found', { ticket, trigger, why, paths });
  }
}
