import { done, no, type Outcome } from '../domain/outcome.js';
import { shellWord, type RepoPath } from '../domain/paths.js';
import { refuse, type Problem } from '../domain/problem.js';
import type { World } from '../world/index.js';
import { chainProblems } from './validation/chains.js';
import { selected, type Selection } from './validation/selection.js';
import { steeringProblems } from './validation/steering.js';
import { specProblems } from './validation/specs.js';

export interface ValidateRequest {
  /** Documents or folders of them, as a person writes them; none means everything. */
  paths: readonly string[];
  /** Where in the repository the person stands; absent at its root. */
  standing?: RepoPath;
  /** Reads every document, whatever is known of it. */
  anew?: boolean;
}

export interface ValidateData {
  /** How many of each were looked at. */
  checked?: { tickets: number; policies: number; records: number; ledgers: number; pages: number; steering: number; specs: number; laidDown: number };
  errors?: number;
  warnings?: number;
}

export type ValidateWorld = Pick<World, 'assets' | 'documents' | 'files' | 'git' | 'tickets' | 'ledger' | 'attempt' | 'sealed' | 'digest'>;

/** Reads every document as its users will, and every ledger byte for byte. Writes nothing that is evidence. Everything wrong is told at once, file by file. */
export async function validate(world: ValidateWorld, { paths, standing, anew = false }: ValidateRequest): Promise<Outcome<ValidateData>> {
  const selection = await selected(world, paths, standing);
  if (!selection.ok) return no('refused', 'validate', {}, selection.refusals);
  const { tickets, policy, records, ledgers, pages, decisions, steering, progress, laidDown } = selection.value;
  const specs = await specProblems(world, selection.value.specs);

  const rules = await world.documents.policy();
  const judgements = await world.tickets.judge(tickets, { policy: rules?.ok ? rules : undefined, anew });
  const problems = inFileOrder(eachLinkOnce([
    ...policy ? policyProblems(rules, selection.value) : [],
    ...judgements.flatMap((judgement) => judgement?.problems ?? []),
    ...await chainProblems(world, judgements),
    ...await steeringProblems(world, steering),
    ...records.length === 0 ? [] : await (await import('./validation/records.js')).recordProblems(world, records),
    ...await inEach(ledgers, async () => (await import('./validation/ledgers.js')).ledgerProblems, world),
    ...await inEach(pages, async () => (await import('./validation/pages.js')).pageProblems, world),
    ...await inEach(pages, async () => (await import('./validation/reviews.js')).writtenReviewProblems, world),
    ...decisions ? await (await import('./validation/decisions.js')).recordedDecisionProblems(world) : [],
    ...specs.problems,
    ...progress ? await (await import('./validation/progress.js')).standingProgressProblems(world) : [],
    ...laidDown.problems,
    ...await inEach(laidDown.files, async () => (await import('./validation/laidDown.js')).laidDownProblems, world, anew),
  ]));

  const count = (severity: Problem['severity']): number => problems.filter((problem) => problem.severity === severity).length;
  const checked = { tickets: tickets.length, policies: policy && rules !== undefined ? 1 : 0, records: records.length, ledgers: ledgers.length, pages: pages.length, steering: steering.length, specs: specs.checked, laidDown: laidDown.files.length };
  const data: ValidateData = { checked, errors: count('error'), warnings: count('warning') };
  return data.errors === 0 ? done('validate', data, [], problems) : no('invalid', 'validate', data, problems, [['cxw validate', ...paths.map(shellWord)].join(' ')]);
}

/** What is wrong in each document of a kind. What judges the kind is loaded only when there is one. */
async function inEach<D, W, R extends unknown[]>(documents: readonly D[], load: () => Promise<(world: W, document: D, ...more: R) => Promise<Problem[]>>, world: W, ...more: R): Promise<Problem[]> {
  if (documents.length === 0) return [];
  const problemsIn = await load();
  const problems: Problem[] = [];
  // One after the other: there may be many.
  for (const document of documents) problems.push(...await problemsIn(world, document, ...more));
  return problems;
}

function policyProblems(rules: Awaited<ReturnType<World['documents']['policy']>>, { everything }: Selection): Problem[] {
  if (rules === undefined) return everything ? [refuse('no-policy', {})] : [];
  return rules.ok ? rules.warnings : rules.problems;
}

/** One link may hide many folders: it is told where it was met first. */
const eachLinkOnce = (problems: readonly Problem[]): Problem[] =>
  problems.filter(({ code, facts }, at) => code !== 'path-through-link' || problems.findIndex((other) => other.code === code && other.facts['link'] === facts['link']) === at);

/** By file, and within a file by place; what has no file comes last, as it was found. What two readers of one file find alike is told once. */
function inFileOrder(problems: readonly Problem[]): Problem[] {
  const key = ({ place }: Problem): string => place?.file ?? '\uffff';
  const byPlace = new Map(problems.map((problem, at) => [problem.place?.line === undefined ? at : `${key(problem)}\0${problem.place.line}:${problem.place.column}\0${problem.message}`, problem]));
  return [...byPlace.values()].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0)));
}
