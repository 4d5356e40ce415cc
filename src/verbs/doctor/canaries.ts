import type { Code } from '../../domain/codes/index.js';
import type { Outcome } from '../../domain/outcome.js';
import type { Trial } from '../../world/trial.js';
import { advance } from '../advance.js';
import { deliverTicket } from '../deliverTicket.js';
import { record } from '../record.js';
import { waive } from '../waive.js';

/** A known violation, planted where it harms nobody, and the code by which it must be refused. */
export interface Canary {
  id: string;
  /** What is planted, in words. */
  violation: string;
  expects: Code;
  plant(trial: Trial): Promise<unknown>;
  /** The command that must refuse it. */
  ask(trial: Trial): Promise<Outcome>;
  /** Takes the violation away, where those after it would meet it. */
  lift?(trial: Trial): Promise<unknown>;
}

const TICKET = 'TKT-2026-01-01-canary';
/** Where the proof reads what it prints: git does not look there. */
const RESULT = '.git/result.tap';

const ticketOf = (more: string): string => `schema_version: 3
id: ${TICKET}
class: quick
title: Sing
kind: bugfix
why_quick: One word.
scope: { files: [song.txt] }
plan: [Sing.]
acceptance: [{ id: AC-1, text: It shall sing., proofs: [P1] }]
proof: [{ id: P1, run: [cat, ${RESULT}] }]
${more}`;

const POLICY = 'schema_version: 1\ndelivery: { mode: commit-push }\nproofs: { retries: 10 }\n';

/** The trial repository before anything is planted. */
export const NEST: Record<string, string> = {
  '.cxw/policy.yaml': POLICY, [`tickets/${TICKET}.yaml`]: ticketOf(''), 'song.txt': 'silence\n', 'stranger.txt': 'as it was\n',
};

const WRITER = 'writer:canary';

const go = async (trial: Trial): Promise<Outcome> =>
  advance(await trial.world(), { ticket: TICKET, as: WRITER, untilBlocked: true, dryRun: false, adopt: false, mine: [] });

/** Loaded when it is used: nobody else loads all readers of documents together with a ticket's road. */
const readAll = async (trial: Trial): Promise<Outcome> => (await import('../validate.js')).validate(await trial.world(), { paths: [] });

const rehearse = async (trial: Trial): Promise<Outcome> => deliverTicket(await trial.world(), { ticket: TICKET, as: WRITER, dryRun: true });

/** A verdict on the change as the last refusal named it. */
async function judge(trial: Trial, kind: 'self-review' | 'review', as: string): Promise<Outcome> {
  const { changeSet } = (await go(trial)).data as { changeSet?: string };
  return record(await trial.world(), { kind, ticket: TICKET, as, fields: { verdict: 'pass', changeSet, summary: 'It sings.' } });
}

const sing = (words: string) => (trial: Trial): Promise<void> => trial.write('song.txt', words);
const prints = (words: string) => (trial: Trial): Promise<void> => trial.write(RESULT, words);

/** One story: each canary is planted on what those before it left. */
export const CANARIES: readonly Canary[] = [
  { id: 'document', violation: 'a ticket with a key that nobody knows', expects: 'unknown-key', ask: readAll,
    plant: (trial) => trial.write(`tickets/${TICKET}.yaml`, ticketOf('colour: red\n')), lift: (trial) => trial.write(`tickets/${TICKET}.yaml`, ticketOf('')) },
  { id: 'nothing-done', violation: 'work without a change', expects: 'no-change', ask: go, plant: prints('1..0\n') },
  { id: 'scope', violation: 'a change outside of the scope', expects: 'outside-scope', ask: go,
    plant: async (trial) => { await sing('la\n')(trial); await trial.write('stranger.txt', 'changed\n'); } },
  { id: 'staged-stranger', violation: "a stranger's path in the index", expects: 'outside-scope', ask: go,
    plant: (trial) => trial.git('add', 'stranger.txt'), lift: async (trial) => { await trial.write('stranger.txt', 'as it was\n'); await trial.git('add', 'stranger.txt'); } },
  { id: 'conflict-markers', violation: 'an unsolved conflict', expects: 'conflict-markers', ask: go, plant: sing('<<<<<<< ours\nla\n=======\nli\n>>>>>>> theirs\n'), lift: sing('la\n') },
  { id: 'hook', violation: 'a new hook', expects: 'repository-altered', ask: go,
    plant: (trial) => trial.write('.git/hooks/post-commit', '#!/bin/sh\nexit 0\n'), lift: (trial) => trial.remove('.git/hooks/post-commit') },
  { id: 'branch', violation: 'another branch', expects: 'branch-switched', ask: go,
    plant: async (trial) => { await trial.git('branch', 'other'); await trial.git('symbolic-ref', 'HEAD', 'refs/heads/other'); },
    lift: (trial) => trial.git('symbolic-ref', 'HEAD', 'refs/heads/main') },
  { id: 'policy', violation: 'a policy that was loosened on the way', expects: 'policy-edited', ask: go,
    plant: (trial) => trial.write('.cxw/policy.yaml', `${POLICY}forbidden: []\n`), lift: (trial) => trial.write('.cxw/policy.yaml', POLICY) },
  { id: 'vacuous-proof', violation: 'a proof that runs no test', expects: 'proof-vacuous', ask: go, plant: async () => undefined },
  { id: 'failed-proof', violation: 'a failed test, told by exit code 0', expects: 'proof-failed', ask: go, plant: prints('1..1\nnot ok 1 - sings\n') },
  { id: 'self-review', violation: 'a change that its writer did not review', expects: 'self-review-missing', ask: go, plant: prints('1..1\nok 1 - sings\n') },
  { id: 'own-reviewer', violation: 'a review by the writer', expects: 'reviewer-is-writer',
    plant: (trial) => judge(trial, 'self-review', WRITER), ask: (trial) => judge(trial, 'review', 'reviewer:canary') },
  { id: 'waiver', violation: 'a waiver without a person', expects: 'terminal-needed', plant: async () => undefined,
    ask: async (trial) => waive(await trial.world(), { what: 'independent_review_complete', ticket: TICKET, as: 'human:canary', reason: 'No.' }) },
  { id: 'stale-evidence', violation: 'an edit after the review', expects: 'stale-evidence', ask: go,
    plant: async (trial) => { await judge(trial, 'review', 'reviewer:miner'); await go(trial); await sing('tra la\n')(trial); }, lift: sing('la\n') },
  { id: 'moved-remote', violation: "somebody else's push", expects: 'remote-moved', ask: rehearse,
    plant: async (trial) => {
      await record(await trial.world(), { kind: 'curation', ticket: TICKET, as: 'curator:canary', fields: { memory: ['none'] } });
      await go(trial);
      const foreign = await trial.git('commit-tree', '-p', 'HEAD', '-m', 'Foreign', 'HEAD^{tree}');
      await trial.git('push', '--quiet', 'origin', `${foreign}:refs/heads/main`);
    } },
  { id: 'ledger', violation: 'an edited fact', expects: 'ledger-edited', ask: readAll,
    plant: (trial) => trial.write(`.git/cxw/tickets/${TICKET}/facts/000002.json`, '{}\n') },
];

/** A gate that was tried: whether the violation was refused as it must be. */
export interface Tried {
  canary: Canary;
  refused: boolean;
  /** The codes that were answered. */
  answered: string[];
}

/** Plants every canary in turn. A gate that lets one pass does not keep the others from being tried. */
export async function tryGates(trial: Trial): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const canary of CANARIES) {
    await canary.plant(trial);
    const answered = (await canary.ask(trial)).problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    await canary.lift?.(trial);
    tried.push({ canary, refused: answered.includes(canary.expects), answered });
  }
  return tried;
}
