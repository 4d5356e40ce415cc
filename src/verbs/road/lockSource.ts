import type { Evidence } from '../../domain/facts.js';
import { granted, refuse, refused, type Problem, type Refusal, type Verdict } from '../../domain/problem.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import type { Ticket } from '../../domain/ticket.js';
import { quickRefusals } from '../../domain/classify.js';
import { largerRefusals } from '../../domain/largerRules.js';
import { POLICY_PATH } from '../../domain/ownFiles.js';
import { bound } from '../family/binding.js';
import { uncommittedPolicyRefusals } from './committedPolicy.js';
import { readMeasurable } from './sighting.js';
import { ticketPath, type Standing, type Step } from './standing.js';

/** State 1: the ticket is valid, and ticket, specs and policy are locked by digest. */
export const lockSource: Step = async (standing) => {
  const sources = await readSources(standing);
  if (!sources.ok) return sources;
  const unseen = await uncommittedPolicyRefusals(standing, sources.value.policy);
  if (unseen.length > 0) return refused(unseen);
  const changed = standing.run.lock === undefined ? undefined : [...unseenChanges(standing.run), ...differences(standing.run.lock, sources.value)];
  return granted([{
    kind: 'entered', state: 'source_lock_validated', by: standing.actor, origin: standing.origin,
    evidence: { ...sources.value, ...(changed === undefined ? {} : { changed }) },
  }]);
};

async function readSources({ world, ticket, remarks }: Standing): Promise<Verdict<Evidence<'source_lock_validated'>>> {
  const [reading, policy] = await Promise.all([world.documents.ticket(ticket), world.documents.policy()]);
  const problems: Problem[] = [
    ...(policy === undefined ? [refuse('no-policy', {})] : policy.ok ? [] : policy.problems),
    ...(reading === undefined ? [refuse('ticket-missing', { ticket })] : reading.ok ? [] : reading.problems),
  ];
  if (!reading?.ok || !policy?.ok) return refused(problems);
  remarks.push(...reading.warnings, ...policy.warnings);
  const kin = await bound(world, reading.value);
  if (!kin.ok) return kin;
  const undue = [...quickRefusals(reading.value, { ...policy.value, forbidden: [...policy.value.forbidden, ...kin.value?.forbidden ?? []] }), ...largerRefusals(reading.value, policy.value)];
  if (undue.length > 0) return refused(undue);
  const specs = await lockSpecs(world, reading.value);
  if (!specs.ok) return specs;
  return granted({
    ticket: { path: ticketPath(ticket), digest: reading.digest, text: reading.text, content: reading.value },
    policy: { path: POLICY_PATH as RepoPath, digest: policy.digest, text: policy.text, content: policy.value },
    specs: specs.value,
    ...(kin.value === undefined ? {} : { inherited: kin.value }),
  });
}

/** The specs that a ticket carries out, by digest; each must be a file that is there. */
async function lockSpecs(world: Standing['world'], ticket: Ticket): Promise<Verdict<Evidence<'source_lock_validated'>['specs']>> {
  if (ticket.class === 'quick' || ticket.specs.mode === 'no_spec') return granted([]);
  const { mode: _, ...named } = ticket.specs;
  const refusals: Refusal[] = [];
  const specs: Evidence<'source_lock_validated'>['specs'] = [];
  for (const [key, path] of Object.entries(named)) {
    if (path === undefined) continue;
    const bytes = await readMeasurable(world, path);
    if (!bytes.ok) refusals.push(...bytes.refusals);
    else if (bytes.value === undefined) refusals.push(refuse('spec-missing', { key, path: showPath(path) }));
    else specs.push({ path, digest: world.digest(bytes.value) });
  }
  return refusals.length > 0 ? refused(refusals) : granted(specs);
}

/** What earlier refreshes locked differently, as long as no review has been recorded under it: another refresh hides nothing. */
const unseenChanges = ({ lock, lockedAt = 0, reviews }: Standing['run']): string[] =>
  (reviews.some(({ seq }) => seq > lockedAt) ? [] : lock?.changed ?? []);

/** What a refresh locks differently, for the reviewer to read. */
function differences(before: Evidence<'source_lock_validated'>, now: Evidence<'source_lock_validated'>): string[] {
  return [
    ...changedKeys('ticket', before.ticket.content, now.ticket.content),
    ...changedKeys('policy', before.policy.content, now.policy.content),
    ...changedKeys('parent', before.inherited ?? {}, now.inherited ?? {}),
    ...specDifferences(before.specs, now.specs),
  ];
}

/** Which specs it names or leaves out is told of the ticket. */
const specDifferences = (before: Evidence<'source_lock_validated'>['specs'], now: Evidence<'source_lock_validated'>['specs']): string[] =>
  now.filter(({ path, digest }) => before.some((spec) => spec.path === path && spec.digest !== digest)).map(({ path }) => `spec ${showPath(path)}: edited`);

/** Which parts of a document are not as they were, in words. */
export function changedKeys(document: string, before: object, now: object): string[] {
  const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((key) => JSON.stringify(old.get(key)) !== JSON.stringify(fresh.get(key)))
    .map((key) => `${document} ${key}: ${short(old.get(key))} became ${short(fresh.get(key))}`);
}

const short = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};
