import { expect, test } from 'vitest';
import { storyOf } from '../../src/domain/story.js';
import { aLife, chained, lifeOf, type Body } from '../support/sealed.js';

const human = { by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' } } as const;
const commit = 'c'.repeat(40);

test('tells one sentence for each fact, with its time and who it was', () => {
  const story = storyOf(chained(lifeOf(aLife())).facts);
  expect(story[0]).toMatchObject({ seq: 1, at: '2026-11-21T08:00:00.000Z', by: 'writer:Ada', kind: 'step' });
  expect(story.map((line) => line.says)).toEqual([
    expect.stringMatching(/^Locked the ticket \(sha256:[0-9a-f]{12}\) and the policy/),
    `Discovered the repository: refs/heads/main at ${'b'.repeat(12)}; 0 paths of other work noted.`,
    'Took the plan from the ticket.',
    'Found the ticket at tickets/TKT-2026-11-21-greet.yaml as it was locked.',
    'Made writer:Ada the writer.',
    expect.stringMatching(/^Accepted the change sha256:[0-9a-f]{12}: greeting\.txt\.$/),
    'Ran P1 (grep hello greeting.txt): passed in 12 ms.',
    'All proofs hold: P1 unmeasured.',
    'Reviewed their own work: pass. It greets.',
    "Accepted the writer's own review.",
    'Reviewed the work: pass. Read it.',
    'Accepted the independent review.',
    'No repair was needed.',
    'Curated: memory needs nothing.',
    'Wrote 0 closing records.',
  ]);
});

test.each<[Body, string, string]>([
  [{ kind: 'waived', ...human, what: 'proof:P1', reason: 'No network.' }, 'waiver', 'WAIVED proof:P1, so its evidence is missing: No network.'],
  [{ kind: 'reworked', ...human, reason: 'the review failed', repair: true }, 'turn', 'Went back to the writer for a repair round: the review failed'],
  [{ kind: 'refreshed', ...human, reason: 'base moved' }, 'turn', 'Went back to the start, to lock ticket and policy again: base moved'],
  [{ kind: 'blocked', ...human, reason: 'No server.', release: 'a server' }, 'turn', 'Blocked: No server. Released by: a server'],
  [{ kind: 'unblocked', ...human, rounds: 1 }, 'turn', 'Released with 1 more repair round.'],
  [{ kind: 'unblocked', ...human, rounds: 0, reason: 'it is up' }, 'turn', 'Released: it is up'],
  [{ kind: 'abandoned', ...human, reason: 'not needed', noChange: true }, 'turn', 'Ended without a change: not needed'],
  [{ kind: 'escalated', ...human, triggers: ['dependencies'], digest: `sha256:${'0'.repeat(64)}` }, 'turn', 'Made a standard ticket, because of dependencies.'],
  [{ kind: 'declared-mine', ...human, paths: 2, digest: `sha256:${'0'.repeat(64)}` }, 'step', 'Declared 2 changed paths as their own work, outside this ticket.'],
  [{ kind: 'commit-prepared', ...human, commit, tree: commit }, 'step', `Prepared the commit ${'c'.repeat(12)}; no branch names it yet.`],
  [{ kind: 'delivery-aborted', ...human, reason: 'wrong branch', restored: 1 }, 'turn', 'Took the delivery back (1 index entry restored): wrong branch'],
  [{ kind: 'entered', ...human, state: 'pushed', evidence: { assigned: false } }, 'step', 'Not pushed: the policy does not ask for it.'],
  [{ kind: 'entered', ...human, state: 'done', evidence: { mode: 'none', reason: 'mode none' } }, 'step', 'Done: mode none'],
])('tells %j', (body, kind, says) => {
  expect(storyOf(chained([body]).facts)[0]).toMatchObject({ kind, says, by: 'human:Ada' });
});
