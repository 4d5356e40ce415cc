import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sealedLedgerPath } from '../../src/domain/closing/places.js';
import type { Outcome } from '../../src/domain/outcome.js';
import type { VerifyData } from '../../src/domain/verification/report.js';
import { verify, type VerifyRequest } from '../../src/verbs/verify.js';
import { openWorld } from '../../src/world/index.js';
import { deliveredTicket, deliverInto, recordPath, type DeliveredTicket, type Variant } from '../support/delivered.js';
import { policyDocument, sha256, TICKET, ticketDocument, type Body } from '../support/sealed.js';

const execute = promisify(execFile);
const human = { by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' } } as const;

/** Clones what was delivered and works there as a stranger would. */
async function stranger({ bench }: DeliveredTicket, ...options: string[]) {
  const root = join(bench.folder, `clone${Math.random()}`);
  await execute('git', ['clone', '--quiet', ...options, `file://${bench.remote}`, root], { env: bench.env });
  const git = async (...args: string[]): Promise<string> => (await execute('git', args, { cwd: root, env: bench.env })).stdout.trim();
  const asked = async (request: Partial<VerifyRequest> = {}): Promise<Outcome<VerifyData>> => {
    const streams = { stdin: Readable.from([]), stderr: {} };
    const world = await openWorld({ cwd: root, env: bench.env, signal: new AbortController().signal, command: 'cxw verify', tell: () => undefined, streams });
    return verify(world, { rerun: false, delivered: false, ...request });
  };
  const change = async (path: string, content: string): Promise<void> => writeFile(join(root, path), content);
  return { root, git, verify: asked, change };
}

async function verified(variant: Variant = {}, request: Partial<VerifyRequest> = {}): Promise<Outcome<VerifyData>> {
  return (await stranger(await deliveredTicket(variant))).verify({ what: TICKET, ...request });
}

const errors = (outcome: Outcome): string[] => outcome.problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code);
const codes = (outcome: Outcome): string[] => outcome.problems.map((problem) => problem.code);

describe('a delivered ticket', () => {
  test('is consistent, delivered, and there as delivered, by ticket, by part of it, by commit, and by nothing', async () => {
    const delivered = await deliveredTicket();
    const clone = await stranger(delivered);
    for (const what of [TICKET, 'greet', delivered.commit, 'HEAD', undefined]) {
      const outcome = await clone.verify({ what });
      expect(outcome.problems, String(what)).toEqual([]);
      expect(outcome).toMatchObject({ ending: 'done', next: [`cxw verify ${TICKET} --rerun`], data: { unticketed: [] } });
      expect(outcome.data.tickets).toMatchObject([{
        ticket: TICKET, commit: delivered.commit, seal: delivered.seal, evidence: 'consistent', delivered: 'yes', integrated: 'as delivered' }]);
    }
  });

  test('proves itself again on an export', async () => {
    const outcome = await verified({}, { rerun: true });
    expect(codes(outcome)).toEqual([]);
    expect(outcome.data.tickets).toMatchObject([{ evidence: 'proved again', rerun: [{ proof: 'P1', verdict: 'passed' }] }]);
  });

  test('does not prove itself again when a proof fails on the commit alone', async () => {
    const ticket = ticketDocument({ proof: [{ id: 'P1', run: ['test', '-e', '.git'] }] });
    const outcome = await verified({ ticket }, { rerun: true });
    expect(outcome).toMatchObject({ ending: 'refused', data: { tickets: [{ evidence: 'broken', rerun: [{ verdict: 'failed' }] }] } });
    expect(errors(outcome)).toEqual(['proof-not-repeated']);
  });

  test('says so when its preparations do not succeed', async () => {
    const policy = policyDocument({ proofs: { prepare: [['false']] } });
    const outcome = await verified({ policy }, { rerun: true });
    expect(outcome.problems).toMatchObject([{ code: 'proof-not-repeated', facts: { why: expect.stringContaining('the preparation false') } }]);
  });

  test('has the expected seal, or is refused', async () => {
    const delivered = await deliveredTicket();
    const clone = await stranger(delivered);
    expect(errors(await clone.verify({ what: TICKET, expect: delivered.seal.slice(0, 19) }))).toEqual([]);
    const outcome = await clone.verify({ what: TICKET, expect: sha256('another') });
    expect(errors(outcome)).toEqual(['expectation-differs']);
    expect(outcome.data.tickets[0]!.evidence).toBe('broken');
  });

  test('shows its waivers', async () => {
    const outcome = await verified({ facts: (bodies) => bodies.map((body) => (body.kind === 'recorded' && body.record === 'review'
      ? { kind: 'waived', ...human, what: 'independent_review_complete', reason: 'Nobody is here.' } as Body : body)) });
    expect(outcome).toMatchObject({
      ending: 'done', problems: [{ code: 'waiver-stands', severity: 'warning' }],
      data: { tickets: [{ evidence: 'consistent', waived: [{ what: 'independent_review_complete', by: 'human:Ada', reason: 'Nobody is here.' }] }] },
    });
  });

  test('may have been locked with other line endings than git keeps', async () => {
    const ticket = ticketDocument();
    const locked = { ...ticket, text: ticket.text.replaceAll('\n', '\r\n') };
    const outcome = await verified({ ticket: locked, files: (bench) => bench.write(`tickets/${TICKET}.yaml`, ticket.text) });
    expect(outcome).toMatchObject({ ending: 'done', problems: [{ code: 'line-endings-only', severity: 'note' }] });
  });

  test('shows when it was proved under a policy that nobody committed', async () => {
    const outcome = await verified({ committedPolicy: policyDocument({ proofs: { retries: 9 } }).text });
    expect(outcome).toMatchObject({ ending: 'done', problems: [{ code: 'policy-not-committed', severity: 'warning' }] });
  });
});

describe('what is refused', () => {
  const withState = (state: string, change: (evidence: any) => void) => (bodies: Body[]): Body[] => {
    for (const body of bodies) if (body.kind === 'entered' && body.state === state) change(body.evidence);
    return bodies;
  };

  test.each<[string, Variant]>([
    ['seal-broken', { seal: () => sha256('another') }],
    ['seal-broken', { files: (bench) => rm(join(bench.root, sealedLedgerPath(TICKET))) }],
    ['chain-broken', { sealed: (bytes) => Buffer.from(bytes.toString().replace('It greets.', 'It greets!')) }],
    ['chain-broken', { sealed: (bytes) => Buffer.concat([bytes, Buffer.from('{"__proto__":{}}\n')]) }],
    ['state-out-of-order', { facts: (bodies) => bodies.filter((body) => !(body.kind === 'entered' && body.state === 'self_review_complete')) }],
    ['evidence-wanting', { facts: withState('focused_tests_passed', (evidence) => { evidence.proofs = []; }) }],
    ['evidence-wanting', { facts: withState('source_lock_validated', (evidence) => { evidence.ticket.content.title = 'Easier'; }) }],
    ['evidence-wanting', { facts: withState('source_lock_validated', (evidence) => { evidence.policy.content.proofs.retries = 10; }) }],
    ['reviewer-wrote', { facts: (bodies) => bodies.map((body) => (body.kind === 'recorded' && body.record === 'review' ? { ...body, by: { role: 'reviewer', name: 'Ada' } } : body)) }],
    ['sets-differ', { files: (bench) => bench.write('evil.sh', '#!/bin/sh\n') }],
    ['sets-differ', { files: (bench) => bench.write('greeting.txt', 'hello, and more\n') }],
    ['sets-differ', { files: (bench) => bench.write(recordPath('extra.md'), 'More.\n') }],
    ['sets-differ', { files: (bench) => bench.executable('greeting.txt') }],
    ['record-differs', { files: (bench) => bench.write(recordPath('result.md'), 'All is well.\n') }],
    ['record-differs', { files: (bench) => rm(join(bench.root, recordPath('handoff.md'))) }],
    ['record-differs', { files: (bench) => bench.write(`tickets/${TICKET}.yaml`, 'other: ticket\n') }],
    ['record-differs', { files: async (bench) => { await rm(join(bench.root, recordPath('plan.md'))); await bench.link(recordPath('plan.md'), 'result.md'); } }],
  ])('%s', async (code, variant) => {
    const outcome = await verified(variant);
    expect(outcome.ending).toBe('refused');
    expect(errors(outcome)).toContain(code);
    expect(outcome.data.tickets).toMatchObject([{ evidence: 'broken' }]);
  });

  test.each<[string, (seal: string) => string]>([
    ['twice', (seal) => `Greet\n\nCxw-Ticket: ${TICKET}\nCxw-Evidence: ${seal}\nCxw-Evidence: ${seal}`],
    ['not at all', () => `Greet\n\nCxw-Ticket: ${TICKET}`],
    ['no ticket', (seal) => `Greet\n\nCxw-Ticket: ../../etc\nCxw-Evidence: ${seal}`],
  ])('trailer-missing: %s', async (why, message) => {
    const outcome = await verified({ message }, { what: 'HEAD' });
    expect(errors(outcome)).toEqual(['trailer-missing']);
    expect(outcome.problems[0]!.message).toContain(why);
  });

  test('nothing-to-verify, and a commit without a ticket', async () => {
    const clone = await stranger(await deliveredTicket());
    expect(errors(await clone.verify({ what: 'TKT-2026-11-21-unknown' }))).toEqual(['nothing-to-verify']);
    expect(errors(await clone.verify({ what: 'no-such-thing' }))).toEqual(['nothing-to-verify']);
    expect(errors(await clone.verify({ what: 'no..such' }))).toEqual(['nothing-to-verify']);
    expect(errors(await clone.verify({ what: '--output=x' }))).toEqual(['nothing-to-verify']);
    const outcome = await clone.verify({ what: 'HEAD~1' });
    expect(errors(outcome)).toEqual(['unticketed-commit']);
    expect(outcome.data.unticketed).toMatchObject([{ subject: 'First' }]);
  });
});

describe('in a clone', () => {
  test('that is shallow, the missing parent is a failure of the world with the command that fetches it', async () => {
    const delivered = await deliveredTicket();
    const clone = await stranger(delivered, '--depth=1');
    await expect(clone.verify({ what: TICKET })).rejects.toMatchObject({ exit: 6, problem: { code: 'shallow-clone', commands: ['git fetch --unshallow'] } });
    await clone.git('fetch', '--quiet', '--unshallow');
    expect((await clone.verify({ what: TICKET })).ending).toBe('done');
  });

  test('without its remote it is unknown whether the work was delivered, and --delivered is refused', async () => {
    const delivered = await deliveredTicket();
    const clone = await stranger(delivered);
    await rm(delivered.bench.remote, { recursive: true });
    expect(await clone.verify({ what: TICKET })).toMatchObject({ ending: 'done', data: { tickets: [{ evidence: 'consistent', delivered: 'unknown' }] } });
    const demanded = await clone.verify({ what: TICKET, delivered: true });
    expect(errors(demanded)).toEqual(['not-delivered']);
    expect(demanded.data.tickets[0]!.evidence).toBe('consistent');
  });

  test('whose remote does not have the commit, it was not delivered', async () => {
    const delivered = await deliveredTicket();
    const clone = await stranger(delivered);
    await delivered.bench.git('push', '--quiet', '--force', 'origin', `${delivered.base}:main`);
    expect(await clone.verify({ what: TICKET, delivered: true })).toMatchObject({ ending: 'refused', data: { tickets: [{ delivered: 'no', evidence: 'consistent' }] } });
  });
});

describe('work that was integrated elsewhere', () => {
  /** Puts another commit below the delivered one, and takes the delivered one in by `how`. */
  async function integrated(how: (git: (...args: string[]) => Promise<string>, commit: string) => Promise<unknown>, greeting?: string) {
    const delivered = await deliveredTicket();
    const { bench, base, commit } = delivered;
    await bench.git('checkout', '--quiet', '-B', 'main', base);
    await bench.write('other.txt', 'other\n');
    await bench.git('add', 'other.txt');
    await bench.git('commit', '--quiet', '--message', 'Other work');
    await how(bench.git, commit);
    if (greeting !== undefined) {
      await bench.write('greeting.txt', greeting);
      await bench.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    }
    await bench.git('push', '--quiet', '--force', 'origin', 'main');
    return (await stranger(delivered)).verify({ what: TICKET });
  }
  const squash = async (git: (...args: string[]) => Promise<string>, commit: string): Promise<void> => {
    await git('merge', '--quiet', '--squash', commit);
    await git('commit', '--quiet', '--message', 'Greet the reader (#12)');
  };
  const pick = (git: (...args: string[]) => Promise<string>, commit: string): Promise<string> => git('cherry-pick', commit);

  test.each([['squashed', squash], ['rebased', pick]])('is found when it was %s', async (_, how) => {
    expect(await integrated(how)).toMatchObject({ ending: 'done', problems: [], data: { tickets: [{ evidence: 'consistent', delivered: 'yes', integrated: 'integrated' }] } });
  });

  test.each([['squashed', squash], ['rebased', pick]])('is told apart when it was %s and changed', async (_, how) => {
    expect(await integrated(how, 'hullo\n')).toMatchObject({
      ending: 'done', problems: [{ code: 'integrated-with-changes', severity: 'warning' }],
      data: { tickets: [{ integrated: 'integrated with changes', changed: ['greeting.txt'] }] },
    });
  });

  test('is as delivered after a merge', async () => {
    const outcome = await integrated((git, commit) => git('merge', '--quiet', '--no-ff', '--no-edit', commit));
    expect(outcome).toMatchObject({ ending: 'done', problems: [], data: { tickets: [{ delivered: 'yes', integrated: 'as delivered' }] } });
  });
});

describe('a range', () => {
  const SECOND = 'TKT-2026-11-21-second';

  async function range(policy = policyDocument(), variant: Variant = {}) {
    const delivered = await deliveredTicket({ policy });
    const { bench } = delivered;
    await bench.write('other.txt', 'other\n');
    await bench.git('add', 'other.txt');
    await bench.git('commit', '--quiet', '--message', 'Other work');
    const second = ticketDocument({ id: SECOND, scope: { files: ['second.txt'] }, proof: [{ id: 'P1', run: ['grep', 'hello', 'second.txt'] }] });
    await deliverInto(bench, { policy, ticket: second, ...variant });
    return (await stranger(delivered)).verify({ what: `${delivered.base}..HEAD` });
  }

  test('verifies each ticket and lists what has none', async () => {
    const outcome = await range();
    expect(outcome.ending).toBe('done');
    expect(outcome.data.tickets.map(({ ticket, evidence }) => [ticket, evidence])).toEqual([[SECOND, 'consistent'], [TICKET, 'consistent']]);
    expect(outcome.data.unticketed).toMatchObject([{ subject: 'Other work' }]);
    expect(outcome.problems).toMatchObject([{ code: 'unticketed-commit', severity: 'note' }]);
  });

  test('tells which of its tickets is broken', async () => {
    const outcome = await range(policyDocument(), { seal: () => sha256('x') });
    expect(outcome.data.tickets.map(({ ticket, evidence }) => [ticket, evidence])).toEqual([[SECOND, 'broken'], [TICKET, 'consistent']]);
    expect(errors(outcome)).toEqual(['seal-broken']);
  });

  test('fails for a commit without a ticket where the policy says so', async () => {
    const outcome = await range(policyDocument({ delivery: { mode: 'commit-push', unticketed_commits: 'fail' } }));
    expect(errors(outcome)).toEqual(['unticketed-commit']);
  });
});
