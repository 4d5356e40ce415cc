import { classify } from '../classify.js';
import { slugOf } from '../ids.js';
import { parsePath, showPath } from '../paths.js';
import type { Policy } from '../policy.js';
import { splitCommandLine } from '../commandLine.js';
import { isExpert } from '../roles.js';
import { UNKNOWN } from '../stack.js';
import { KINDS, TICKET_ID, TICKET_ID_MAX, TICKET_VERSION, type Proof } from '../ticket.js';
import { INTENSITIES } from '../ticketLarger.js';
import { isVagueReason } from '../vagueReason.js';
import { dialectOf, type Dialect } from './dialect.js';
import { decisions, paths, patterns, proofs, triggers, type OldProof } from './parts.js';
import { whyLeft } from './reasons.js';
import { isMap, Taking, wordsOf, type Note } from './taking.js';

/** An old ticket in our words. */
export interface Imported {
  ok: true;
  dialect: Dialect;
  /** The fields of ours, in their order. */
  ticket: Record<string, unknown> & { id: string; class: string };
  /** What came along differently. */
  changed: Note[];
  /** What did not come along. */
  dropped: Note[];
}

/** What keeps an old document from becoming a ticket. */
export type Lack = 'dialect' | 'title' | 'scope' | 'proof';

export interface Surroundings {
  policy: Policy;
  isDirectory: (path: string) => boolean;
  /** The day for an id of ours, where the old one does not fit, as 2026-11-21. */
  today: string;
  /** Commands that a person adds. */
  prove: readonly string[];
}

/** Reads an old ticket of any dialect; every field is taken, changed or dropped, and the latter two are told. */
export function importTicket(document: unknown, around: Surroundings): Imported | { ok: false; lack: Lack } {
  const dialect = dialectOf(document);
  if (dialect === undefined || !isMap(document)) return { ok: false, lack: 'dialect' };
  const taking = new Taking(document);
  taking.value('schema_version');
  const title = taking.text('ticket.title', 'title');
  if (title === undefined) return { ok: false, lack: 'title' };
  const scope = scopeIn(taking, around);
  if (scope.allowed.length === 0) return { ok: false, lack: 'scope' };
  const { commands, sentences } = proofsIn(taking, around);
  if (commands.length === 0) return { ok: false, lack: 'proof' };

  const proof = commands.map(({ text, regression }, at) => ({ id: `P${at + 1}`, [splitCommandLine(text).ok ? 'run' : 'shell']: text, ...(regression ? { regression } : {}) }));
  const declared = triggers(taking);
  const head = { schema_version: TICKET_VERSION, id: idIn(taking, title, around.today) };
  const tail = { acceptance: acceptanceIn(taking, title, proof.filter((one) => !('regression' in one)).concat(proof).slice(0, 1), proof), proof };
  const files = quickFiles(dialect, scope.allowed, declared, proof as Proof[], around.policy);
  const shared = { title: short(taking, title, 120), kind: kindIn(taking) };
  const objective = taking.text('objective', 'scope.goal', 'context.objective');
  const after = taking.texts(['depends_on']);
  const steps = taking.texts(['implementation_requirements'], ['text', 'requirement']);
  const ticket = files === undefined
    ? { ...head, class: dialect === 'orchestrator' ? 'orchestrator' : 'standard', ...shared, ...some({ triggers: declared, after: dialect === 'orchestrator' ? [] : after, scope: some(scope), ...larger(taking, dialect, objective ?? title, sentences), plan: steps }), ...(dialect === 'orchestrator' ? { children: [] } : {}), ...tail }
    : { ...head, class: 'quick', ...shared, why_quick: taking.text('context.quick_flow_reason', 'quick_classification.reason') ?? objective ?? title, ...some({ after }), scope: some({ files, forbidden: scope.forbidden }), plan: steps.length > 0 ? steps : [objective ?? title], ...tail };
  if (dialect === 'quick' && files === undefined) taking.note('ticket.ticket_class', 'it is not quick by its files and proofs, so it became standard');
  return { ok: true, dialect, ticket, changed: taking.notes, dropped: taking.left().map((field) => ({ field, why: whyLeft(field) })) };
}

/** Without what is empty. */
const some = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0) && !(isMap(value) && Object.keys(value).length === 0)));

function short(taking: Taking, text: string, most: number): string {
  if (text.length <= most) return text;
  taking.note('title', `it was cut to ${most} characters`);
  return `${text.slice(0, most - 1)}…`;
}

function idIn(taking: Taking, title: string, today: string): string {
  const old = taking.text('ticket.id', 'id') ?? '';
  if (TICKET_ID.test(old) && old.length <= TICKET_ID_MAX) return old;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(taking.text('ticket.created_at') ?? '')?.[0] ?? today;
  const id = `TKT-${day}-${slugOf(`${old.replace(/^TKT-/, '')} ${title}`)}`;
  taking.note('id', `${old || 'an empty id'} became ${id}`);
  return id;
}

function kindIn(taking: Taking): string {
  const old = taking.text('ticket.work_kind');
  if (old === undefined) return 'feature';
  const kind = KINDS.find((known) => known === old);
  if (kind === undefined) taking.note('ticket.work_kind', `${old} became feature`);
  return kind ?? 'feature';
}

const scopeIn = (taking: Taking, { isDirectory }: Surroundings): { allowed: string[]; forbidden: string[] } => ({
  allowed: [...new Set(patterns(taking, ['scope.allowed_files', 'scope.allowed_paths', 'allowed_files'], isDirectory))],
  forbidden: [...new Set(patterns(taking, ['scope.forbidden_files', 'scope.forbidden_paths', 'forbidden_files'], isDirectory))],
});

/** Commands of the ticket, else those that a person adds, else the policy's own. */
function proofsIn(taking: Taking, { policy, prove }: Surroundings): { commands: OldProof[]; sentences: string[] } {
  const read = proofs(taking, ['proof.commands', 'execution.test_plan', 'execution.proof_gates', 'test_plan', 'proof_gates', 'required_tests'], ['execution.regression_gates', 'regression_gates']);
  const sentences = [...read.sentences, ...taking.texts(['proof.manual_checks', 'required_evidence'], ['text'])];
  const added = prove.map((text) => ({ text, regression: false }));
  const own = [...read.commands, ...added];
  if (own.some(({ regression }) => !regression) || policy.stack.test === UNKNOWN) return { commands: own, sentences };
  taking.note('proof', `no command stands there, so it is proved by the policy's own: ${policy.stack.test}`);
  return { commands: [{ text: policy.stack.test, regression: false }, ...own], sentences };
}

function acceptanceIn(taking: Taking, title: string, first: readonly { id: string }[], all: readonly { id: string; regression?: unknown }[]): unknown[] {
  const wanted = all.filter(({ regression }) => regression === undefined);
  const names = (wanted.length > 0 ? wanted : first).map(({ id }) => id);
  const said = [
    ...taking.maps('acceptance_given_when_then').map(({ given, when, then }) => some({ given: wordsOf(given), when: wordsOf(when), then: wordsOf(then) }))
      .map((words) => ('when' in words && 'then' in words ? words : { text: Object.values(words).join(' ') || title })),
    ...taking.texts(['acceptance_criteria'], ['text', 'criterion']).map((text) => ({ text })),
  ];
  if (said.length === 0) taking.note('acceptance', 'no criterion stands there, so it is taken from the title');
  return (said.length > 0 ? said : [{ text: `It is done as the title says: ${title}` }]).map((words, at) => ({ id: `AC-${at + 1}`, ...words, proofs: names }));
}

/** The exact files of work that is quick by what we see, and not by what it claims. */
function quickFiles(dialect: Dialect, allowed: readonly string[], declared: ReturnType<typeof triggers>, proof: readonly Proof[], policy: Policy): string[] | undefined {
  if (dialect !== 'quick' || allowed.some((pattern) => /[*?[\]{}\\]/.test(pattern))) return undefined;
  const files = allowed.flatMap((pattern) => { const parsed = parsePath(pattern); return parsed.ok ? [parsed.path] : []; });
  return files.length === allowed.length && classify(files, declared, policy, proof).class === 'quick' ? files.map(showPath) : undefined;
}

/** What a larger ticket says beside. */
function larger(taking: Taking, dialect: Dialect, objective: string, sentences: readonly string[]): Record<string, unknown> {
  const experts = ['execution', 'orchestration'].flatMap((around) => expertsIn(taking, `${around}.expert_routing.required_profiles`));
  const views = taking.value('execution.visual_gate.required') === true || taking.value('visual_gate.required') === true
    ? taking.texts(['execution.visual_gate.required_views', 'visual_gate.required_views'], ['view', 'name']) : [];
  return {
    ...intensityIn(taking, dialect, experts.length > 0),
    background: some({
      problem: taking.text('context.problem'), current: taking.text('context.current_behavior'), desired: taking.text('context.desired_behavior') ?? objective,
      prior_work: taking.texts(['context.relevant_prior_work']), out_of_scope: taking.texts(['scope.out_of_scope']),
    }),
    specs: specsIn(taking, objective),
    decisions: some(decisions(taking)),
    steering: paths(taking, 'steering.required', ['path']),
    context: some({ ...budgetIn(taking), required: [...paths(taking, 'context_budget.required_context', ['path']), ...paths(taking, 'context_pack.required_steering_files', ['path']), ...paths(taking, 'source_requirements', ['path'])] }),
    workers: [...taking.maps('execution.worker_sequence'), ...taking.maps('orchestration.worker_sequence')].flatMap(({ role, task }) =>
      (wordsOf(role) === undefined || wordsOf(task) === undefined ? [] : [{ role: wordsOf(role)!.slice(0, 60), task: wordsOf(task) }])),
    experts,
    visual: views.length === 0 ? undefined : some({ views: views.map((what, at) => ({ id: `V${at + 1}`, what })), rule: taking.text('execution.visual_gate.pass_rule', 'visual_gate.pass_rule') }),
    stop_conditions: taking.texts(['execution.stop_conditions', 'stop_conditions', 'hard_stop_conditions'], ['text']),
    handoff: taking.texts(['execution.handoff_requirements', 'handoff_requirements'], ['text']),
    done: [...taking.texts(['execution.done_definition', 'done_definition'], ['text']), ...sentences],
  };
}

/** Profiles were also called by the names of their agents, as expert-security-reviewer. */
function expertsIn(taking: Taking, field: string): { profile: string; why: string }[] {
  return taking.texts([field], ['profile', 'name']).flatMap((old) => {
    const profile = old.replace(/^expert-/, '').replace(/-reviewer$/, '').replaceAll('-', '_');
    if (!isExpert(profile)) taking.note(field, `${old} is no expert here`);
    return isExpert(profile) ? [{ profile, why: 'The old ticket demands it.' }] : [];
  });
}

function intensityIn(taking: Taking, dialect: Dialect, hasExperts: boolean): { intensity?: string; max_iterations?: number } {
  const field = dialect === 'orchestrator' ? 'orchestration.execution_intensity' : 'execution.execution_intensity';
  const old = taking.text(field);
  const rounds = taking.value('orchestration.max_iterations');
  const most = typeof rounds === 'number' && Number.isInteger(rounds) && rounds >= 1 && rounds <= 5 ? { max_iterations: rounds } : {};
  const intensity = INTENSITIES.find((known) => known === old);
  if (old === undefined) return most;
  if (intensity === undefined || (intensity.includes('expert') && !hasExperts)) {
    taking.note(field, intensity === undefined ? `${old} is no intensity of a larger ticket` : `${old} names no expert, so it was left out`);
    return most;
  }
  return { intensity, ...(intensity === 'bounded_expert_rounds' ? { max_iterations: 5, ...most } : most) };
}

function specsIn(taking: Taking, objective: string): Record<string, unknown> {
  const [requirements, design, tasks, delta] = ['requirements', 'design', 'tasks', 'delta'].map((key) => paths(taking, `spec_refs.${key}`)[0]);
  const mode = taking.text('spec_refs.mode');
  if (mode === 'full_sdd' && requirements !== undefined && design !== undefined && tasks !== undefined) return some({ mode, requirements, design, tasks, delta });
  const reason = taking.text('spec_refs.not_required_reason');
  if (reason !== undefined && !isVagueReason(reason)) return { mode: 'no_spec', reason };
  taking.note('spec_refs', 'it names no whole spec and no reason, so the objective stands for the reason');
  return { mode: 'no_spec', reason: `The old ticket carries its own description: ${objective}` };
}

function budgetIn(taking: Taking): Record<string, unknown> {
  const within = (field: string, most: number): number | undefined => {
    const value = taking.value(field);
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
  };
  return { max_files: within('context_budget.max_files', 500), max_lines: within('context_budget.max_summary_lines', 100_000) };
}
