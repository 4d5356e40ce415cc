import { QUICK_FILES_MAX, quickFindings, quickRefusal, type Finding } from './classify.js';
import { byPlace } from './documents/issues.js';
import type { FieldPath, Whereabouts } from './documents/whereabouts.js';
import { compileGlobs } from './globs.js';
import { largerPolicyProblems, largerProblems, regressionProblems } from './largerRules.js';
import { nearest } from './nearest.js';
import type { Policy } from './policy.js';
import { complain, type Place, type Problem } from './problem.js';
import { inspectionRefusals, proofFormRefusals } from './proofs.js';
import type { Criterion, QuickTicket, Ticket } from './ticket.js';

/**
 * What the fields of a ticket say against each other, all of it, in the order of the text. With a policy, also what
 * that does not allow: whether a quick ticket is quick, and whether an inspection may prove it.
 */
export function ticketProblems(ticket: Ticket, policy: Policy | undefined, where: Whereabouts): Problem[] {
  return [
    ...repeatedIds(ticket, where),
    ...ticket.acceptance.flatMap((criterion, at) => criterionProblems(ticket, criterion, ['acceptance', at], where)),
    ...proofProblems(ticket, where),
    ...regressionProblems(ticket, where),
    ...largerProblems(ticket, where),
    ...stageProblems(ticket, where),
    ...(policy === undefined ? [] : classProblems(ticket, policy, where)),
  ].sort(byPlace);
}

/** Each group of names, and where the name of one stands. */
function repeatedIds(ticket: Ticket, where: Whereabouts): Problem[] {
  const decisions = ticket.class === 'quick' ? undefined : ticket.decisions;
  const locked = (decisions?.locked ?? []).map(({ id }, at) => ({ id, path: ['decisions', 'locked', at, 'id'] }));
  const open = (decisions?.open ?? []).map(({ id }, at) => ({ id, path: ['decisions', 'open', at, 'id'] }));
  const views = (ticket.class === 'quick' ? [] : ticket.visual?.views ?? []).map(({ id }, at) => ({ id, path: ['visual', 'views', at, 'id'] }));
  return [
    ...repeated('criterion', ticket.acceptance.map(({ id }, at) => ({ id, path: ['acceptance', at, 'id'] })), where),
    ...repeated('proof', [...ticket.proof.map(({ id }, at) => ({ id, path: ['proof', at, 'id'] })), ...views], where),
    ...repeated('decision', [...locked, ...open], where),
    ...(ticket.class === 'quick' ? repeated('file', ticket.scope.files.map((id, at) => ({ id, path: ['scope', 'files', at] })), where) : []),
    ...(ticket.class === 'orchestrator' ? repeated('stage', (ticket.stages ?? []).map(({ id }, at) => ({ id, path: ['stages', at, 'id'] })), where) : []),
    ...(ticket.class === 'orchestrator' ? repeated('staged child', (ticket.stages ?? []).flatMap((stage, at) => stage.children.map((id, index) => ({ id, path: ['stages', at, 'children', index] }))), where) : []),
    ...(ticket.class === 'orchestrator' ? repeated('child', ticket.children.map((id, at) => ({ id, path: ['children', at] })), where) : []),
  ];
}

function repeated(what: string, named: readonly { id: string; path: FieldPath }[], where: Whereabouts): Problem[] {
  const seen = new Set<string>();
  return named.flatMap(({ id, path }) => {
    if (!seen.has(id)) return seen.add(id) && [];
    return [complain('duplicate-id', { what, id }, where.value(path, 'stands above already'))];
  });
}

function criterionProblems(ticket: Ticket, criterion: Criterion, path: FieldPath, where: Whereabouts): Problem[] {
  const known = ticket.proof.map(({ id }) => id);
  const missing = criterion.text !== undefined ? [] : (['when', 'then'] as const).filter((key) => criterion[key] === undefined);
  const unknown = criterion.proofs.flatMap((proof, at) => {
    if (known.includes(proof)) return [];
    const near = nearest(proof, known);
    return [complain('proof-unknown', { criterion: criterion.id, proof, near }, where.value([...path, 'proofs', at], near[0] === undefined ? 'no such proof' : `perhaps ${near[0]}`))];
  });
  return missing.length === 0 ? unknown : [complain('acceptance-incomplete', { criterion: criterion.id, missing }, where.value([...path, 'id'], `no ${missing.join(', no ')}`)), ...unknown];
}

function proofProblems({ acceptance, proof: proofs }: Ticket, where: Whereabouts): Problem[] {
  const named = new Set(acceptance.flatMap((criterion) => criterion.proofs));
  return proofs.flatMap((proof, at) => {
    const id: FieldPath = ['proof', at, 'id'];
    const forms = proofFormRefusals(proof).map((refusal): Problem =>
      ({ ...refusal, place: refusal.code === 'proof-form' ? where.value(id, 'exactly one of run, shell, inspect') : where.value(['proof', at, 'run'], 'this line') }));
    return named.has(proof.id) || proof.regression === true ? forms : [...forms, complain('proof-without-criterion', { proof: proof.id }, where.value(id, 'named by no criterion'), 'warning')];
  });
}

function stageProblems(ticket: Ticket, where: Whereabouts): Problem[] {
  if (ticket.class !== 'orchestrator') return [];
  return (ticket.stages ?? []).flatMap((stage, at) => stage.children.flatMap((child, index) => (ticket.children.includes(child)
    ? []
    : [complain('stage-child-unknown', { stage: stage.id, child, near: nearest(child, ticket.children) }, where.value(['stages', at, 'children', index], 'no such child'))])));
}

function classProblems(ticket: Ticket, policy: Policy, where: Whereabouts): Problem[] {
  const inspections = inspectionProblems(ticket, policy, where);
  if (ticket.class !== 'quick') return [...inspections, ...largerPolicyProblems(ticket, policy, where)];
  const findings = quickFindings(ticket, policy).filter(({ trigger, declared }) => trigger !== 'proof_unavailable' || declared || inspections.length === 0);
  return [...inspections, ...findings.map((finding) => ({ ...quickRefusal(ticket, finding), place: placeOfFinding(ticket, finding, where) }))];
}

/** The patterns of a larger ticket are compared as they are written; what they really match is looked at when there is a change. */
function inspectionProblems(ticket: Ticket, policy: Policy, where: Whereabouts): Problem[] {
  const scope = (ticket.class === 'quick' ? ticket.scope.files : ticket.scope.allowed) as QuickTicket['scope']['files'];
  return inspectionRefusals(ticket.id, ticket.proof, scope, policy.docs).map((refusal) => {
    const at = ticket.proof.findIndex(({ id }) => id === refusal.facts['proof']);
    return { ...refusal, place: where.key(['proof', at, 'inspect'], 'not for code') };
  });
}

function placeOfFinding(ticket: QuickTicket, { trigger, paths, declared }: Finding, where: Whereabouts): Place {
  if (declared) return where.value(['triggers', (ticket.triggers ?? []).indexOf(trigger)], 'makes it more than quick');
  const { files } = ticket.scope;
  switch (trigger) {
    case 'broad_file_scope': return where.value(['scope', 'files', QUICK_FILES_MAX], `more than ${QUICK_FILES_MAX} files`);
    case 'multiple_services_modules': return where.key(['scope', 'files'], 'more than one module');
    case 'proof_unavailable': return where.key(['proof'], 'no local proof');
    default: return where.value(['scope', 'files', files.indexOf(paths[0]!)], trigger);
  }
}

/** What the rules of a policy say against each other. */
export function policyProblems(policy: Policy, where: Whereabouts): Problem[] {
  const against = (why: string, path: FieldPath, label: string): Problem => complain('policy-contradiction', { why }, where.value(path, label));
  const isDeliverable = compileGlobs(policy.delivery.branches);
  const pairs = policy.delivery.upstream_pairs;
  const { writer, reviewer } = policy.roles;
  const { mode, notes = 'none' } = policy.delivery;
  return [
    ...(notes !== 'none' && mode !== 'commit-push' ? [against(`notes tell what the remote answered, and mode ${mode} asks none`, ['delivery', 'notes'], 'nothing to note')] : []),
    ...pairs.flatMap(({ local }, at) => (isDeliverable(local) ? [] : [against(`branches leaves out ${local}, which upstream_pairs delivers`, ['delivery', 'upstream_pairs', at, 'local'], 'never delivered')])),
    ...twice(pairs.map(({ local }) => local)).map((at) => against(`upstream_pairs has two of ${pairs[at]!.local}`, ['delivery', 'upstream_pairs', at, 'local'], 'once more')),
    ...twice(policy.modules.map(({ name }) => name)).map((at) => against(`modules has two of the name ${policy.modules[at]!.name}`, ['modules', at, 'name'], 'once more')),
    ...policy.authorized.flatMap((pattern, at) => (policy.forbidden.includes(pattern) ? [against(`${pattern} is authorized and forbidden`, ['authorized', at], 'forbidden as well')] : [])),
    ...(writer !== undefined && writer === reviewer ? [against(`${writer} is writer and reviewer, and nobody who wrote reviews`, ['roles', 'reviewer'], 'the writer')] : []),
  ].sort(byPlace);
}

/** Indexes at which something stands that stood before. */
const twice = (names: readonly string[]): number[] => names.flatMap((name, at) => (names.indexOf(name) < at ? [at] : []));

/** A ticket is found by its file's name. */
export function nameProblems(id: string, fileName: string, where: Whereabouts): Problem[] {
  return fileName === `${id}.yaml` ? [] : [complain('ticket-id-not-file-name', { id, name: fileName }, where.value(['id'], `the file is ${fileName}`))];
}
