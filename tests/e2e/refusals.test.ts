import { describe, expect, it } from 'vitest';
import { FIXED, GREETER, story, type Story } from '../support/story.js';

/** Each refusal has its own code and a way on, which is then taken. */
const delivers = async (told: Story): Promise<void> => {
  expect((await told.ok('deliver')).data.state).toBe('done');
  expect(await told.git('rev-parse', 'HEAD')).toBe(await told.remoteHead());
};

describe('evidence', () => {
  it('missing is refused, all of it by name, and gathered then', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.refused('no-change', 'advance');
    await told.fix();
    await told.ok('advance', '--until-blocked');
    await told.refused('self-review-missing', 'deliver');
    await told.selfReview();
    await told.refused('review-missing', 'deliver');
    await told.review();
    await told.refused('curation-missing', 'deliver');
    await told.curate();
    await delivers(told);
  });

  it('goes stale with the change, says which file, and is fresh again when the edit is undone', async () => {
    const told = await story();
    await told.ready();
    await told.ok('advance', '--until-blocked');
    await told.write('greet.js', `${FIXED}// more\n`);
    const answer = await told.refused('stale-evidence', 'deliver');
    expect(JSON.stringify(answer.problems)).toContain('greet.js');
    expect((await told.ok('status')).data.stale).toEqual(['greet.js']);
    await told.fix();
    await delivers(told);
  });

  it('that is stale can be gathered again after rework', async () => {
    const told = await story();
    await told.ready();
    await told.ok('advance', '--until-blocked');
    await told.write('greet.js', `${FIXED}// more\n`);
    await told.refused('stale-evidence', 'advance');
    await told.ok('rework');
    await told.selfReview();
    await told.review();
    await delivers(told);
  });

  it('of tests that ran nothing does not count', async () => {
    const told = await story({ files: { ...GREETER, 'empty.test.js': '' }, ticket: ['--file', 'greet.js', '--prove', 'node --test no-such-folder-*'] });
    await told.ready();
    const answer = await told.json('deliver');
    expect(answer.exit).toBe(4);
    expect(answer.answer.problems.map((problem: any) => problem.code)).toEqual(expect.arrayContaining([expect.stringMatching(/^proof-(vacuous|failed)$/)]));
    const path = `tickets/${told.ticket}.yaml`;
    await told.write(path, (await told.read(path)).replace(/run: .*/, 'run: [npm, test]'));
    await told.refused('ticket-edited', 'deliver');
    await told.ok('rework', '--refresh', '--as', 'human:ada');
    await told.refused('review-outdated', 'deliver');
    await told.review();
    await delivers(told);
  });

  it('of a no-op command does not count; what cannot be counted passes by its exit code, and is shown as unmeasured', async () => {
    const noop = await story({ ticket: ['--file', 'greet.js', '--prove', 'node -e 0'] });
    await noop.ready();
    await noop.refused('proof-vacuous', 'deliver');

    const told = await story({ ticket: ['--file', 'greet.js', '--prove', 'grep -q Hello greet.js'] });
    await told.ready();
    await delivers(told);
    expect((await told.ok('status', told.ticket)).data.proofs).toEqual([{ proof: 'P1', how: 'unmeasured', failures: 0, runs: 1 }]);
  });
});

describe('reviews', () => {
  it('by the writer are refused, under whatever spelling', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    const digest = await told.digest();
    const review = (as: string) => ['record', 'review', '--as', as, '--verdict', 'pass', '--change-set', digest, '--summary', 'Fine.'];
    await told.refused('reviewer-is-writer', ...review('reviewer:Ada'));
    await told.refused('reviewer-is-writer', ...review('reviewer:ADA'));
    await told.refused('actor-unnamed', 'record', 'review', '--verdict', 'pass', '--change-set', digest, '--summary', 'Fine.');
    await told.ok(...review('reviewer:kim'));
  });

  it('of another digest are refused', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    const other = `sha256:${'0'.repeat(64)}`;
    await told.refused('change-set-differs', 'record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', other, '--summary', 'Fine.');
    await told.refused('change-set-unnamed', 'record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--summary', 'Fine.');
    await told.review();
  });

  it('that fail begin a repair round, and findings stay open until they are cleared', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.selfReview();
    await told.ok('advance', '--until-blocked');
    await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'No.', '--finding', 'F1 major greet.js: no comma for two names');
    await told.curate();
    await told.refused('review-failed', 'deliver');
    expect((await told.ok('rework')).data.rounds).toBe(1);
    await told.write('greet.js', `${FIXED}export const greetAll = (names) => names.map(greet);\n`);
    await told.selfReview();
    await told.review();
    await told.refused('findings-open', 'deliver');
    await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', await told.digest(), '--clears', 'F1', '--summary', 'Now.');
    await delivers(told);
  });

  it('that still fail after three rounds hold the run until a person grants one more', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    for (let round = 0; round <= 3; round++) {
      await told.write('greet.js', `${FIXED}// round ${round}\n`);
      await told.selfReview();
      await told.ok('advance', '--until-blocked');
      await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'No.');
      if (round < 3) await told.ok('rework');
    }
    await told.refused('rounds-used-up', 'rework');
    const { exit } = await told.json('advance');
    expect([4, 5, 0]).toContain(exit);
    expect((await told.json('rework')).exit).toBe(5);
    await told.ok('unblock', '--rounds', '1', '--reason', 'once more');
    await told.ok('rework');
    await told.write('greet.js', FIXED);
    await told.selfReview();
    await told.review();
    await told.curate();
    await delivers(told);
  });
});

describe('the scope', () => {
  it('holds: an edit outside is refused, and may be undone', async () => {
    const told = await story();
    await told.ready();
    await told.write('README.md', '# Changed\n');
    await told.refused('outside-scope', 'deliver');
    await told.write('README.md', GREETER['README.md']!);
    await delivers(told);
  });

  it("holds for a rename from outside into scope, and leaves a person's declared work alone", async () => {
    const told = await story({ ticket: ['--file', 'greet.js', '--file', 'moved.md', '--prove', 'npm test'] });
    await told.ready();
    await told.git('mv', 'README.md', 'moved.md');
    await told.refused('outside-scope', 'deliver');
    await told.git('mv', 'moved.md', 'README.md');
    await told.write('notes.txt', 'mine\n');
    await told.refused('outside-scope', 'deliver');
    await told.ok('advance', '--mine', 'notes.txt', '--dry-run');
    await told.ok('advance', '--mine', 'notes.txt');
    await told.write('notes.txt', 'still mine\n');
    await told.git('add', '--', 'notes.txt');
    await delivers(told);
    expect(await told.git('status', '--short', '--', 'notes.txt')).toBe('A  notes.txt');
  });

  it('of a quick ticket is at most three files', async () => {
    const told = await story();
    const four = ['a.js', 'b.js', 'c.js', 'd.js'].flatMap((file) => ['--file', file]);
    const { exit, answer } = await told.json('ticket', 'new', '--quick', 'Four files', ...four, '--prove', 'npm test');
    expect(exit).not.toBe(0);
    expect(answer.problems.map((problem: any) => problem.code)).toContain('ticket-not-quick');
    expect((await told.json('ticket', 'new', '--quick', 'Three files', ...four.slice(0, 6), '--prove', 'npm test')).exit).toBe(0);
  });

  it('that was dirty before is refused, or adopted', async () => {
    const told = await story();
    await told.fix();
    await told.refused('scope-dirty', 'advance', '--until-blocked');
    await told.ok('advance', '--until-blocked', '--adopt');
    await told.selfReview();
    await told.review();
    await told.curate();
    await delivers(told);
  });
});

describe('the sources', () => {
  it('edited after the lock are refused, and locked again by a person', async () => {
    const told = await story();
    await told.ready();
    const path = `tickets/${told.ticket}.yaml`;
    await told.write(path, (await told.read(path)).replace('Fix the greeting', 'Fix the greeting well'));
    await told.refused('ticket-edited', 'deliver');
    await told.refused('refresh-by-writer', 'rework', '--refresh', '--as', 'writer:Ada');
    const refreshed = await told.ok('rework', '--refresh', '--as', 'human:boss');
    expect(refreshed.data.changed.join(' ')).toContain('Fix the greeting well');
    await told.refused('review-outdated', 'deliver');
    await told.review();
    await delivers(told);
  });

  it('an edited policy is refused, and locked again', async () => {
    const told = await story();
    await told.ready();
    const policy = await told.read('.cxw/policy.yaml');
    await told.write('.cxw/policy.yaml', `${policy}\n# looser\n`);
    await told.refused('policy-edited', 'deliver');
    await told.write('.cxw/policy.yaml', policy);
    await delivers(told);
  });
});

describe('the repository', () => {
  it('with a HEAD that somebody moved is refused, and discovered again', async () => {
    const told = await story();
    await told.ready();
    await told.git('commit', '--quiet', '--allow-empty', '--message', 'Mine');
    await told.refused('head-moved', 'deliver');
    await told.git('push', '--quiet');
    await told.ok('rework', '--refresh', '--as', 'human:ada');
    await told.ok('advance', '--until-blocked');
    await told.selfReview();
    await told.review();
    await delivers(told);
  });

  it('whose remote moved before discovery is refused, until the person integrates', async () => {
    const told = await story();
    await told.pushFromElsewhere();
    await told.refused('remote-moved', 'advance', '--until-blocked');
    await told.git('pull', '--quiet', '--ff-only');
    await told.ready();
    await delivers(told);
  });

  it('whose remote moved before the delivery is refused, and refreshed after the person integrates', async () => {
    const told = await story();
    await told.ready();
    await told.pushFromElsewhere();
    await told.refused('remote-moved', 'deliver');
    await told.git('pull', '--quiet', '--ff-only');
    await told.ok('rework', '--refresh', '--as', 'human:ada');
    await told.ok('advance', '--until-blocked');
    await told.selfReview();
    await told.review();
    await told.curate();
    await delivers(told);
  });

  it('whose branch is ahead with private commits is refused', async () => {
    const told = await story();
    await told.git('commit', '--quiet', '--allow-empty', '--message', 'Private');
    await told.refused('unpushed-commits', 'advance', '--until-blocked');
    await told.git('push', '--quiet');
    await told.ready();
    await delivers(told);
  });

  it('with a detached HEAD, a merge under way, no upstream, an upstream of another name, or two push URLs is refused', async () => {
    const told = await story();
    await told.git('checkout', '--quiet', '--detach');
    await told.refused('detached-head', 'advance', '--until-blocked');
    await told.git('checkout', '--quiet', 'main');

    await told.git('branch', '--unset-upstream');
    await told.refused('no-upstream', 'advance', '--until-blocked');
    await told.git('push', '--quiet', '--set-upstream', 'origin', 'main');

    await told.git('checkout', '--quiet', '-b', 'feature', '--track', 'origin/main');
    await told.refused('upstream-name-differs', 'advance', '--until-blocked');
    await told.git('push', '--quiet', '--set-upstream', 'origin', 'feature');

    await told.git('config', 'remote.origin.pushurl', told.remote);
    await told.git('config', '--add', 'remote.origin.pushurl', `${told.remote}-two`);
    await told.refused('several-push-urls', 'advance', '--until-blocked');
    await told.git('config', '--unset-all', 'remote.origin.pushurl');

    await told.ready();
    expect((await told.ok('deliver')).data.state).toBe('done');
    expect(await told.git('rev-parse', 'HEAD')).toBe(await told.remoteHead('feature'));
    expect(await told.remoteHead('main')).not.toBe(await told.remoteHead('feature'));
  });

  it('without a commit is refused, and goes on with one', async () => {
    const told = await story();
    await told.git('checkout', '--quiet', '--orphan', 'unborn');
    await told.refused('unborn-head', 'advance', '--until-blocked');
    await told.git('checkout', '--quiet', 'main');
    await told.ready();
    await delivers(told);
  });

  it('in the middle of a merge is refused', async () => {
    const told = await story();
    await told.git('checkout', '--quiet', '-b', 'side');
    await told.git('commit', '--quiet', '--allow-empty', '--message', 'Side');
    await told.git('checkout', '--quiet', 'main');
    await told.git('commit', '--quiet', '--allow-empty', '--message', 'Main');
    await told.git('push', '--quiet');
    await told.git('merge', '--no-commit', '--no-ff', 'side');
    await told.refused('operation-in-progress', 'advance', '--until-blocked');
    await told.git('merge', '--abort');
    await told.ready();
    await delivers(told);
  });

  it('with a hook or executing config that changed under way is refused, and goes on when it is as it was', async () => {
    const told = await story();
    await told.ready();
    await told.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n');
    await told.executable('.git/hooks/pre-commit');
    await told.refused('repository-altered', 'deliver');
    await told.remove('.git/hooks/pre-commit');
    await told.git('config', 'core.fsmonitor', 'touch planted');
    await told.refused('repository-altered', 'deliver');
    await told.git('config', '--unset', 'core.fsmonitor');
    await delivers(told);
  });

  it('with a formatter as its hook is refused before the review', async () => {
    const told = await story({ init: ['--yes'] });
    await told.write('.git/hooks/pre-commit', '#!/bin/sh\nsed -i s/Hello/HELLO/ greet.js && git add greet.js\n');
    await told.executable('.git/hooks/pre-commit');
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.refused('hook-would-change', 'advance');
    expect(await told.read('greet.js')).toBe(FIXED);
  });

  it('with a hook that adds everything is refused before any ref or index moves', async () => {
    const told = await story();
    await told.write('.git/hooks/pre-commit', '#!/bin/sh\ngit add -A\n');
    await told.executable('.git/hooks/pre-commit');
    await told.write('notes.txt', 'not to be swept\n');
    const head = await told.git('rev-parse', 'HEAD');
    await told.ready();
    await told.refused('hook-swept', 'deliver');
    expect(await told.git('rev-parse', 'HEAD')).toBe(head);
    expect(await told.git('status', '--short', '--', 'notes.txt')).toBe('?? notes.txt');
  });

  it('whose tracking ref was forged is not believed', async () => {
    const told = await story();
    await told.pushFromElsewhere();
    await told.git('commit', '--quiet', '--allow-empty', '--message', 'Private');
    await told.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const { answer } = await told.json('advance', '--until-blocked');
    expect(answer.problems.map((problem: any) => problem.code)).toEqual(expect.arrayContaining(['remote-moved']));
  });
});

describe('other tickets', () => {
  it('wait while one holds the claim', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    const other = (await told.ok('ticket', 'new', '--quick', 'Another', '--file', 'README.md', '--prove', 'npm test')).data;
    const id = other.id ?? other.ticket;
    await told.refused('writer-busy', 'advance', id, '--until-blocked');
    await told.fix();
    await told.selfReview();
    await told.review();
    await told.curate();
    await delivers(told);
    expect((await told.ok('advance', id, '--until-blocked')).data.state).toBe('writer_assigned');
  });

  it('leave no records behind for the next one', async () => {
    const told = await story();
    await told.ready();
    await told.ok('advance', '--until-blocked');
    await told.ok('abandon', '--reason', 'not needed');
    const other = (await told.ok('ticket', 'new', '--quick', 'Another', '--file', 'README.md', '--prove', 'npm test')).data;
    const id = other.id ?? other.ticket;
    const answer = await told.refused('leftovers', 'advance', id, '--until-blocked');
    const hint = answer.problems.find((problem: any) => problem.code === 'leftovers');
    expect(hint.fix.command).toContain('git add');
    await told.git('add', '--', `tickets/${told.ticket}.yaml`, `tickets/records/${told.ticket}`);
    await told.git('commit', '--quiet', '--message', 'Keep records', '--', `tickets/${told.ticket}.yaml`, `tickets/records/${told.ticket}`);
    await told.git('push', '--quiet');
    expect((await told.ok('advance', id, '--until-blocked')).data.state).toBe('writer_assigned');
  });
});

describe('not refused', () => {
  it("are the person's own fetch, push -u, and an undone edit", async () => {
    const told = await story();
    await told.ready();
    await told.git('fetch', '--quiet');
    await told.git('push', '--quiet', '--set-upstream', 'origin', 'main');
    await told.write('README.md', '# For a moment\n');
    await told.write('README.md', GREETER['README.md']!);
    await delivers(told);
  });
});
