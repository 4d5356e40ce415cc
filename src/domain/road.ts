import type { Role } from './actors.js';

/**
 * The road of one ticket, said once. Everything that lists states (the machine, `status`, the reference page, the
 * sealed records) reads this table.
 */
export interface Milestone {
  state: string;
  /** What must be known before a ticket enters the state. */
  evidence: string;
  /** `observed`: the tool did it itself. `attested`: a named actor says so, bound to the change set. `both`: some of each. */
  supplied: 'observed' | 'attested' | 'both';
  /** Who attests, where somebody must. */
  by?: Role;
  /** Whether the evidence belongs to one exact change, and goes stale with it. */
  bound: boolean;
}

export const ROAD = [
  { state: 'source_lock_validated', supplied: 'observed', bound: false,
    evidence: 'The ticket is valid; the digests of ticket, specs and policy are locked.' },
  { state: 'repository_discovered', supplied: 'observed', bound: false,
    evidence: 'Branch, HEAD, upstream, push target and the tip of the remote; the baseline of everything that was dirty before; fingerprints of hooks, filters, attributes, agent configuration and executing config.' },
  { state: 'plan_recorded', supplied: 'attested', by: 'planner', bound: false,
    evidence: 'A plan that covers every acceptance criterion with a proof. A quick ticket carries its plan itself.' },
  { state: 'repository_ticket_recorded', supplied: 'observed', bound: false,
    evidence: 'The ticket stands at tickets/<id>.yaml, byte for byte as it was locked.' },
  { state: 'writer_assigned', supplied: 'observed', bound: false,
    evidence: 'One named writer.' },
  { state: 'implementation_complete', supplied: 'both', by: 'writer', bound: true,
    evidence: 'A change set that is not empty, inside scope and outside forbidden; nothing else became dirty; the repository is as it was discovered; no conflict markers; the pre-commit hook would change nothing.' },
  { state: 'focused_tests_passed', supplied: 'observed', bound: true,
    evidence: 'Every proof was run on this change set and passed; none was vacuous; nothing changed meanwhile.' },
  { state: 'self_review_complete', supplied: 'attested', by: 'writer', bound: true,
    evidence: "The writer's own verdict, naming the change set." },
  { state: 'independent_review_complete', supplied: 'attested', by: 'reviewer', bound: true,
    evidence: 'A verdict by someone who wrote none of it, naming the change set that was read.' },
  { state: 'repair_loop_complete_or_not_needed', supplied: 'observed', bound: true,
    evidence: 'The latest verdict is pass, no finding is open, and no more repair rounds were used than are allowed.' },
  { state: 'context_curated', supplied: 'attested', by: 'curator', bound: true,
    evidence: 'Memory is updated or was checked; the handoff and the closing records are written and listed with their digests.' },
  { state: 'git_delivery_started', supplied: 'observed', bound: true,
    evidence: 'Every precondition of delivery holds; the records are sealed; the intent is recorded.' },
  { state: 'explicit_paths_staged', supplied: 'observed', bound: true,
    evidence: 'The tree was built from exactly the product, memory and record paths.' },
  { state: 'committed', supplied: 'observed', bound: true,
    evidence: 'The commit exists on the branch; its parent, tree and trailers are ours.' },
  { state: 'pushed', supplied: 'observed', bound: true,
    evidence: 'The push of that exact commit was accepted, or found done.' },
  { state: 'head_equals_origin_main_proved', supplied: 'observed', bound: true,
    evidence: 'The remote itself names local HEAD. (origin/main stands for the configured upstream.)' },
  { state: 'done', supplied: 'observed', bound: true,
    evidence: 'All of the above, as far as the delivery mode goes.' },
] as const satisfies readonly Milestone[];

export type State = (typeof ROAD)[number]['state'];

export const STATES = ROAD.map((milestone) => milestone.state) as readonly State[] as readonly [State, ...State[]];

const positions = new Map<State, number>(STATES.map((state, at) => [state, at]));

/** Where a state stands on the road, from 0; a ticket that has not begun stands at -1. */
export const positionOf = (state: State | undefined): number => (state === undefined ? -1 : positions.get(state)!);

/** Whether a ticket in `state` has got as far as `milestone`. */
export const hasReached = (state: State | undefined, milestone: State): boolean => positionOf(state) >= positionOf(milestone);

/** The state that comes next, or nothing at the end of the road. */
export const stateAfter = (state: State | undefined): State | undefined => STATES[positionOf(state) + 1];

export const milestoneOf = (state: State): Milestone => ROAD[positionOf(state)]!;
