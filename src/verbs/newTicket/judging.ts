import { classify, type Finding } from '../../domain/classify.js';
import { compileGlobs } from '../../domain/globs.js';
import { literalGlob } from '../../domain/globText.js';
import { commandFor, type TicketWords } from '../../domain/newTicket.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import { specNeeds } from '../../domain/specNeed.js';
import type { Proof } from '../../domain/ticket.js';
import { SPEC_FILES, type NewTicket } from '../../domain/ticketText.js';
import type { World } from '../../world/index.js';

/** Paths need not exist, since a change may add them; but a directory is no file, and a path from a subfolder is no path from the root. */
export async function pathRefusals({ files }: Pick<World, 'files'>, { scope, more }: NewTicket, standing: RepoPath | undefined): Promise<Refusal[]> {
  if (scope.class !== 'quick') return missingNamed(files, more ?? {});
  const found = await Promise.all(scope.files.map(async (path) => {
    const kind = await files.kind(path);
    if (kind === 'directory') return [refuse('ticket-path-directory', { path, below: `${literalGlob(path)}/**` })];
    const fromHere = standing === undefined ? undefined : `${standing}/${path}` as RepoPath;
    if (kind !== 'absent' || fromHere === undefined || await files.kind(fromHere) !== 'file') return [];
    return [refuse('ticket-path-elsewhere', { written: path, meant: fromHere })];
  }));
  return found.flat();
}

/** What a larger ticket names must be there to be read. */
export async function missingNamed(files: World['files'], { spec, steering = [] }: { spec?: RepoPath; steering?: readonly RepoPath[] }): Promise<Refusal[]> {
  const named: (readonly [string, RepoPath])[] = [
    ...(spec === undefined ? [] : SPEC_FILES.map((name) => [name, `${spec}/${name}.md` as RepoPath] as const)), ...steering.map((path) => ['steering', path] as const),
  ];
  const kinds = await Promise.all(named.map(([, path]) => files.kind(path)));
  return named.flatMap(([key, path], at) => (kinds[at] === 'file' ? [] : [refuse('spec-missing', { key, path: showPath(path) })]));
}

/** Whether it is quick is computed from its paths, not wished for; and whether it may go without a spec. */
export function classRefusals(words: TicketWords, { scope, proofs, more }: NewTicket, policy: Policy): Refusal[] {
  const proof = proofs.map(({ how, text }, at): Proof => ({ id: `P${at + 1}`, [how]: text }));
  const needs = more?.spec !== undefined ? [] : specNeeds(scope.class === 'quick' ? scope.files : scope.allowed as RepoPath[], { proof }, policy);
  if (scope.class !== 'quick') {
    const product = more?.intensity !== 'research_only' ? undefined : scope.allowed.find((pattern) => !compileGlobs(policy.docs)(pattern as RepoPath));
    return [
      ...(needs.length === 0 ? [] : [refuse('ticket-wants-spec', { findings: needs.map(told), command: commandFor(words) })]),
      ...(product === undefined ? [] : [refuse('ticket-value-invalid', { flag: '--intensity', given: 'research_only', why: `research changes documentation alone, and ${product} is product` })]),
    ];
  }
  const { findings } = classify(scope.files, [], policy, proof);
  return findings.length === 0 ? [] : [refuse('ticket-not-quick', { findings: findings.map(told), command: `${commandFor(words, scope.files)}${needs.length === 0 ? '' : ' --spec FOLDER'}` })];
}

const told = ({ trigger, why }: Finding): string => `${trigger}: ${why}`;
