import { showActor } from './actors.js';
import { shortDigest } from './changeSet.js';
import { count, listed } from './codes/entry.js';
import type { AlteredCounts, Entered, Fact, FactOf, Fingerprints, Recorded } from './facts.js';
import { shellWord, showPath } from './paths.js';

/** One fact, told to a person. Foreign text in `says` is as it was written; who shows it escapes it. */
export interface StoryLine {
  seq: number;
  /** When it was recorded: UTC, ISO 8601. */
  at: string;
  by: string;
  /** The agent that was seen to speak, whatever name it gave. */
  agent?: string;
  /** `waiver`: a person went on without evidence. `turn`: the run went back, stopped or ended. */
  kind: 'step' | 'waiver' | 'turn';
  says: string;
}

/** `1 altered hook, 2 altered settings`. */
export const alteredInWords = (altered: AlteredCounts): string => (Object.keys(KIND_IN_WORDS) as (keyof Fingerprints)[])
  .flatMap((kind) => (altered[kind] === undefined ? [] : [count(altered[kind], ...KIND_IN_WORDS[kind])])).join(', ');

const KIND_IN_WORDS: Record<keyof Fingerprints, [one: string, many?: string]> = {
  hooks: ['altered hook'],
  filters: ['altered filter'],
  attributes: ['altered attributes file'],
  agents: ['altered file of agent configuration', 'altered files of agent configuration'],
  config: ['altered setting'],
};

/** The facts of a ticket as a timeline, oldest first. */
export const storyOf = (facts: readonly Fact[]): StoryLine[] => facts.map((fact) =>
  ({ seq: fact.seq, at: fact.at, by: showActor(fact.by), ...agentOf(fact), kind: kindOf(fact), says: sentence(fact) }));

/** Who spoke, and through which agent. */
export const speakerOf = ({ by, agent }: Pick<StoryLine, 'by' | 'agent'>): string => (agent === undefined ? by : `${by}, through ${agent}`);

const agentOf = ({ origin: { seen, agent } }: Fact): Pick<StoryLine, 'agent'> => (seen === 'agent' ? { agent: agent ?? 'agent' } : {});

function kindOf(fact: Fact): StoryLine['kind'] {
  switch (fact.kind) {
    case 'waived':
      return 'waiver';
    case 'reworked':
    case 'refreshed':
    case 'blocked':
    case 'unblocked':
    case 'abandoned':
    case 'escalated':
    case 'delivery-aborted':
      return 'turn';
    default:
      return 'step';
  }
}

function sentence(fact: Fact): string {
  switch (fact.kind) {
    case 'entered':
      return entered(fact);
    case 'recorded':
      return recorded(fact);
    case 'proof-ran':
      return proofRan(fact);
    case 'reworked':
      return `${fact.repair ? 'Went back to the writer for a repair round' : 'Went back to the writer'}: ${fact.reason}`;
    case 'refreshed':
      return `Went back to the start, to lock ticket and policy again${fact.altered === undefined ? '' : `, and agreed to ${alteredInWords(fact.altered)}`}: ${fact.reason}`;
    case 'blocked':
      return `Blocked: ${fact.reason} Released by: ${fact.release}`;
    case 'unblocked':
      return ['Released', ...(fact.rounds > 0 ? [`with ${count(fact.rounds, 'more repair round')}`] : [])].join(' ') + (fact.reason === undefined ? '.' : `: ${fact.reason}`);
    case 'abandoned':
      return `${fact.noChange ? 'Ended without a change' : 'Abandoned'}: ${fact.reason}`;
    case 'waived':
      return `WAIVED ${fact.what}, so its evidence is missing: ${fact.reason}`;
    case 'escalated':
      return `Made a standard ticket, because of ${listed(fact.triggers)}.`;
    case 'declared-mine':
      return `Declared ${count(fact.paths, 'changed path')} as their own work, outside this ticket.`;
    case 'commit-prepared':
      return `Prepared the commit ${short(fact.commit)}; no branch names it yet.`;
    case 'delivery-aborted':
      return `Took the delivery back (${count(fact.restored, 'index entry', 'index entries')} restored): ${fact.reason}`;
  }
}

function recorded(fact: Recorded): string {
  switch (fact.record) {
    case 'plan':
      return `Recorded the plan: ${count(fact.document.tasks.length, 'task')}.`;
    case 'changes':
      return `Recorded the changes: ${fact.document.summary}`;
    case 'self-review':
      return `Reviewed their own work: ${fact.document.verdict}. ${fact.document.summary}`;
    case 'review': {
      const { verdict, findings, clears, summary } = fact.document;
      const found = findings.length === 0 ? '' : `, ${count(findings.length, 'finding')}`;
      const cleared = clears.length === 0 ? '' : `, cleared ${listed(clears)}`;
      return `Reviewed the work: ${verdict}${found}${cleared}. ${summary}`;
    }
    case 'expert': {
      const { profile, findings, bounded_next_action: next } = fact.document;
      return `Answered as ${profile} expert, ${count(findings.length, 'finding')}: ${next}`;
    }
    case 'handoff':
      return `Handed over: ${fact.document.summary}`;
    case 'blocker':
      return `Reported what blocks it: ${fact.document.failed}`;
    case 'blocker-decision':
      return `Decided about the blocker (${fact.document.class}, ${fact.document.authorization}): ${fact.document.action}`;
    case 'curation':
      return fact.document.memory === 'none' ? 'Curated: memory needs nothing.' : `Curated: ${listed(fact.document.memory.map(showPath))} updated.`;
  }
}

function proofRan(fact: FactOf<'proof-ran'>): string {
  const counts = fact.tests === undefined ? '' : `, ${fact.tests.passed} passed, ${fact.tests.failed} failed, ${fact.tests.skipped} skipped`;
  const why = fact.why === undefined ? '' : ` ${fact.why}`;
  return `Ran ${fact.proof} (${fact.argv.map(shellWord).join(' ')}): ${fact.verdict} in ${fact.duration} ms${counts}.${why}`;
}

function entered(fact: Entered): string {
  switch (fact.state) {
    case 'source_lock_validated':
      return `Locked the ticket (${shortDigest(fact.evidence.ticket.digest)}) and the policy (${shortDigest(fact.evidence.policy.digest)}).`;
    case 'repository_discovered':
      return `Discovered the repository: ${fact.evidence.branch} at ${short(fact.evidence.head)}; ${count(fact.evidence.baseline.dirty + fact.evidence.baseline.untracked, 'path')} of other work noted${fact.evidence.baseline.renewed ? ', anew, because what was noted at the beginning was damaged' : ''}.`;
    case 'plan_recorded':
      return fact.evidence.source === 'ticket' ? 'Took the plan from the ticket.' : 'Took the recorded plan.';
    case 'repository_ticket_recorded':
      return `Found the ticket at ${showPath(fact.evidence.path)} as it was locked.`;
    case 'writer_assigned':
      return `Made ${showActor(fact.evidence.writer)} the writer.`;
    case 'implementation_complete':
      return `Accepted the change ${shortDigest(fact.evidence.changeSet.digest)}: ${listed(fact.evidence.changeSet.entries.map((entry) => showPath(entry.path)))}.`;
    case 'focused_tests_passed':
      return `All proofs hold: ${fact.evidence.proofs.map((proof) => `${proof.proof} ${proof.how}`).join(', ')}.`;
    case 'self_review_complete':
      return fact.evidence.waived ? 'Went past the self review, which was waived.' : "Accepted the writer's own review.";
    case 'independent_review_complete':
      return fact.evidence.waived ? 'Went past the independent review, which was waived.' : 'Accepted the independent review.';
    case 'repair_loop_complete_or_not_needed':
      return fact.evidence.rounds === 0 ? 'No repair was needed.' : `Settled the repairs after ${count(fact.evidence.rounds, 'round')}.`;
    case 'context_curated':
      return `Wrote ${count(fact.evidence.records.length, 'closing record')}.`;
    case 'git_delivery_started':
      return `Began the delivery; the evidence is sealed as ${shortDigest(fact.evidence.seal)}.`;
    case 'explicit_paths_staged':
      return `Built the tree from exactly ${count(fact.evidence.entries.length, 'path')}.`;
    case 'committed':
      return `Committed ${short(fact.evidence.commit)}.`;
    case 'pushed':
      return fact.evidence.assigned ? `Pushed ${short(fact.evidence.commit ?? '')} (${fact.evidence.how ?? 'accepted'}).` : 'Not pushed: the policy does not ask for it.';
    case 'head_equals_origin_main_proved':
      return fact.evidence.assigned ? `The remote confirmed ${short(fact.evidence.commit ?? '')} at ${fact.evidence.ref ?? 'the branch'}.` : 'Not confirmed by a remote: the policy does not ask for it.';
    case 'done':
      return fact.evidence.reason === undefined ? 'Done.' : `Done: ${fact.evidence.reason}`;
  }
}

const short = (commit: string): string => commit.slice(0, 12);
