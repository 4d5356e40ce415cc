import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { waive } from '../../src/verbs/waive.js';
import { serverHook } from '../support/delivering.js';
import { worldOf } from '../support/inside.js';
import { FIXED, story, type Story } from '../support/story.js';

const codesOf = (problems: { code: string }[]): string[] => problems.map((problem) => problem.code);

/** A ticket with a writer and a change. */
async function underWay(): Promise<Story> {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.fix();
  return told;
}

describe('ways on, back and out', () => {
  it('block stops a ticket with a reason, and unblock releases it', async () => {
    const told = await underWay();
    await told.ok('block', '--reason', 'the registry is down.', '--release', 'it answers again.');
    const answer = await told.refused('ticket-blocked', 'advance');
    expect(answer.exit).toBe(5);
    expect((await told.ok('status')).data.blocked).toEqual({ reason: 'the registry is down.', release: 'it answers again.' });
    await told.refused('ticket-blocked', 'deliver');
    await told.ok('unblock');
    await told.refused('not-blocked', 'unblock');
    await told.ok('advance');
  });

  it('abandon ends a ticket, leaves every byte of its change, and frees the worktree', async () => {
    const told = await underWay();
    await told.refused('has-changes', 'abandon', '--no-change', '--reason', 'nothing to do');
    const answer = await told.ok('abandon', '--reason', 'not needed any more');
    expect(answer.data.left).toEqual(['greet.js']);
    expect(await told.read('greet.js')).toBe(FIXED);
    await told.refused('ticket-ended', 'advance', told.ticket);
    await expect(access(join(told.root, '.git/cxw/tickets', told.ticket, 'private'))).rejects.toThrow();
  });

  it('abandon --no-change is the honest end of a ticket that needed nothing', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    expect((await told.ok('abandon', '--no-change', '--reason', 'it was right already')).data.how).toBe('no-change');
  });

  it('rework goes back from wherever evidence was gathered, and is not needed before', async () => {
    const told = await story();
    await told.refused('not-begun', 'rework', told.ticket);
    await told.ok('advance', '--until-blocked');
    await told.refused('nothing-to-rework', 'rework');
    await told.fix();
    await told.ok('advance');
    expect((await told.ok('rework')).data).toMatchObject({ from: 'implementation_complete', state: 'writer_assigned', rounds: 0 });
  });

  it('a commit that was refused follows its remote to another place, once a person has agreed to it', async () => {
    const told = await story();
    await told.ready();
    await serverHook(told, 'pre-receive', 'exit 1');
    await told.refused('push-rejected', 'deliver');
    await told.remove('../remote.git/hooks/pre-receive');
    await told.git('clone', '--quiet', '--bare', '../remote.git', '../moved.git');
    await told.remove('../remote.git');
    await told.git('remote', 'set-url', 'origin', '../moved.git');
    await told.refused('repository-altered', 'deliver');
    const { problems, next } = await told.ok('abort');
    expect([codesOf(problems), next]).toEqual([['push-url-changed'], [`cxw rework ${told.ticket} --refresh`]]);
    await told.ok('rework', '--refresh', '--as', 'human:ada');
    const { commit } = (await told.ok('deliver')).data;
    expect(await told.git('-C', '../moved.git', 'rev-parse', 'main')).toBe(commit);
  });

  it('status names the proof that was run on this change and does not hold, until the change is another', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.write('greet.js', FIXED.replace('Hello', 'Hallo'));
    await told.ok('advance', '--until-blocked');
    await told.refused('proof-failed', 'advance');
    const answer = await told.ok('status');
    expect(codesOf(answer.problems)).toEqual(['proof-failed']);
    expect(answer.next[0]).toBe(`cxw rework ${told.ticket}`);
    await told.ok('rework');
    await told.fix();
    expect(codesOf((await told.ok('status')).problems)).toEqual([]);
    await told.ok('advance', '--until-blocked');
  });

  it('escalate writes the ticket as standard, shows the difference first, and goes on after a refresh', async () => {
    const told = await underWay();
    const shown = await told.ok('ticket', 'escalate', told.ticket, '--dry-run');
    expect(JSON.stringify(shown.data)).toContain('standard');
    expect(await told.read(`tickets/${told.ticket}.yaml`)).toContain('class: quick');
    await told.ok('ticket', 'escalate', told.ticket);
    expect(await told.read(`tickets/${told.ticket}.yaml`)).toContain('class: standard');
    await told.refused('ticket-edited', 'advance');
    await told.ok('rework', '--refresh', '--as', 'human:boss');
    await told.refused('plan-missing', 'advance', '--until-blocked');
    expect(codesOf((await told.ok('status')).problems)).toContain('plan-missing');
    await told.write('../plan.yaml', [
      'tasks: [{ id: T1, text: Correct the greeting., paths: [greet.js] }]', 'success: [The test passes.]',
      'coverage: [{ criterion: AC-1, proofs: [P1] }]', 'commit_note: Fix the greeting', ''].join('\n'));
    await told.ok('record', 'plan', '--file', '../plan.yaml', '--as', 'planner:pat');
    await told.ok('advance', '--until-blocked');
    await told.refused('changes-missing', 'advance');
    await told.ok('record', 'changes', '--summary', 'One letter.');
    await told.selfReview();
    await told.review();
    await told.curate();
    await told.ok('record', 'curation', '--memory', 'none', '--spec-drift', 'pass');
    expect((await told.ok('deliver')).data.state).toBe('done');
    expect((await told.ok('verify', told.ticket, '--rerun')).data.tickets?.[0]?.evidence ?? 'proved again').toBe('proved again');
  });

  it('memory is delivered when the curation names it, and refused when it does not', async () => {
    const told = await story({ scaffold: 'committed' });
    await told.ready();
    await told.write('agent/DECISIONS.md', '# Decisions\n\n- Greetings say hello.\n');
    await told.refused('memory-differs', 'deliver');
    await told.ok('record', 'curation', '--memory', 'agent/DECISIONS.md');
    await told.ok('deliver');
    expect((await told.git('diff-tree', '-r', '--no-commit-id', '--name-only', 'HEAD')).split('\n')).toContain('agent/DECISIONS.md');
    await told.ok('verify', told.ticket);
  });

  it('a ticket that was committed before its work is delivered all the same', async () => {
    const told = await story();
    await told.git('add', '--', `tickets/${told.ticket}.yaml`);
    await told.git('commit', '--quiet', '--message', 'Write a ticket');
    await told.git('push', '--quiet');
    await told.ready();
    await told.ok('deliver');
    await told.ok('verify', told.ticket);
  });

  it('deliver goes only as far as the policy: commit, or not at all', async () => {
    const committed = await story({ init: ['--delivery', 'commit'] });
    const remote = await committed.remoteHead();
    await committed.ready();
    expect((await committed.ok('deliver')).data).toMatchObject({ state: 'done', mode: 'commit' });
    expect(await committed.remoteHead()).toBe(remote);
    expect(await committed.git('log', '--format=%(trailers:key=Cxw-Ticket,valueonly)', '-1')).toContain(committed.ticket);

    const none = await story({ init: ['--delivery', 'none'] });
    const head = await none.git('rev-parse', 'HEAD');
    await none.ready();
    expect((await none.ok('deliver')).data).toMatchObject({ state: 'done', mode: 'none' });
    expect(await none.git('rev-parse', 'HEAD')).toBe(head);
  });

  it('abort undoes a commit that is not on the remote, and the delivery can begin again', async () => {
    const told = await story();
    await told.write('.git/hooks/pre-push', '#!/bin/sh\nexit 1\n');
    await told.executable('.git/hooks/pre-push');
    const head = await told.git('rev-parse', 'HEAD');
    await told.ready();
    await told.refused('push-rejected', 'deliver');
    expect(await told.git('rev-parse', 'HEAD')).not.toBe(head);
    await told.refused('mid-delivery', 'rework');
    await told.ok('abort');
    expect(await told.git('rev-parse', 'HEAD')).toBe(head);
    expect(await told.read('greet.js')).toBe(FIXED);
    expect(await told.git('status', '--short', '--', 'greet.js')).toBe(' M greet.js');
    await told.refused('nothing-to-abort', 'abort');
  });

  it.each(['pre-commit', 'pre-push'])('a %s hook that said no and was mended is agreed to by a person, and then it is delivered', async (name) => {
    const told = await story();
    const hook = `.git/hooks/${name}`;
    await told.write(hook, '#!/bin/sh\nexit 1\n');
    await told.executable(hook);
    await told.ready();
    await told.refused(name === 'pre-push' ? 'push-rejected' : 'hook-rejected', 'deliver');
    await told.write(hook, '#!/bin/sh\nexit 0\n');
    const { next } = await told.refused('repository-altered', 'deliver');
    expect(next).toEqual([`cxw abort ${told.ticket}`, `cxw rework ${told.ticket} --refresh --as human:NAME`]);
    await told.ok('abort');
    await told.ok('rework', '--refresh', '--as', 'human:ada');
    expect((await told.ok('deliver')).data.confirmed).toBe(true);
    await told.ok('verify');
  });

  it('our commit, rewritten by a rebase, is refused and taken up again', async () => {
    const told = await story();
    await told.write('.git/hooks/pre-push', '#!/bin/sh\nexit 1\n');
    await told.executable('.git/hooks/pre-push');
    await told.ready();
    await told.refused('push-rejected', 'deliver');
    await told.pushFromElsewhere();
    await told.git('stash', 'push', '--quiet', '--include-untracked');
    await told.git('pull', '--quiet', '--rebase');
    await told.git('stash', 'pop', '--quiet');
    const answer = await told.refused('commit-rewritten', 'deliver');
    expect(answer.next.length).toBeGreaterThan(0);
  });
});

describe('only a person', () => {
  it('may declare work as theirs, grant rounds, or clear a lock', async () => {
    const told = await underWay();
    const asAgent = async (...args: string[]) => JSON.parse((await told.cxwWith({ env: { CLAUDECODE: '1' } }, ...args, '--json')).stdout);
    expect(codesOf((await asAgent('advance', '--mine', 'notes.txt')).problems)).toContain('person-needed');
    expect(codesOf((await asAgent('unblock', '--rounds', '1', '--reason', 'more')).problems)).toContain('person-needed');
    expect(codesOf((await asAgent('unlock')).problems)).toContain('person-needed');
    expect((await told.ok('unlock')).data.cleared).toBe(false);
  });

  it('at a terminal may waive a verdict, and every later answer and the delivered record show it', async () => {
    const told = await underWay();
    await told.refused('terminal-needed', 'waive', 'independent_review_complete', '--reason', 'alone today');
    const request = { what: 'independent_review_complete', reason: 'alone today' };
    expect(codesOf((await waive(await worldOf(told, { terminal: true, env: { CLAUDECODE: '1' } }), request)).problems)).toEqual(['person-needed']);
    expect(codesOf((await waive(await worldOf(told, { terminal: true }), { ...request, what: 'committed' })).problems)).toEqual(['not-waivable']);
    expect((await waive(await worldOf(told, { terminal: true }), request)).ending).toBe('done');
    await told.selfReview();
    await told.curate();
    const delivered = await told.ok('deliver');
    expect(JSON.stringify(delivered.problems)).toContain('waiver-stands');
    expect(await told.git('show', `HEAD:tickets/records/${told.ticket}/result.md`)).toContain('alone today');
    const verified = await told.ok('verify', told.ticket);
    expect(codesOf(verified.problems)).toContain('waiver-stands');
  });
});

