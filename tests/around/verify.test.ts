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
import { workshop, type Workshop } from '../support/workshop.js';

const execute = promisify(execFile);
const human = { by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' } } as const;

/** Clones what was delivered and works there as a stranger would. */
async function stranger({ bench }: Pick<DeliveredTicket, 'bench'>, ...options: string[]) {
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

describe('what a message or a merge hides', () => {
  const demanding = policyDocument({ delivery: { mode: 'commit-push', unticketed_commits: 'fail' } });

  /** Does something to the branch after a delivery, and pushes it. */
  async function after(how: (delivered: DeliveredTicket) => Promise<unknown>, policy = policyDocument()) {
    const delivered = await deliveredTicket({ policy });
    await how(delivered);
    await delivered.bench.git('push', '--quiet', '--force', 'origin', 'HEAD:main');
    return { delivered, clone: await stranger(delivered) };
  }
  const commit = async ({ bench }: DeliveredTicket, path: string, ...message: string[]): Promise<void> => {
    await bench.write(path, `${path}, changed\n`);
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', ...message);
  };
  const copied = async (delivered: DeliveredTicket): Promise<void> =>
    commit(delivered, 'README.md', '--message', await delivered.bench.git('log', '-1', '--format=%B', delivered.commit));

  test('a message that was copied onto other work makes it no ticket', async () => {
    const { delivered, clone } = await after(copied);
    const range = await clone.verify({ what: `${delivered.commit}..HEAD`, delivered: true, rerun: true });
    expect(range).toMatchObject({ ending: 'done', data: { tickets: [], unticketed: [{ subject: 'Greet the reader' }] }, problems: [{ code: 'unticketed-commit', severity: 'warning' }] });
    expect(range.problems[0]!.message).toContain(`names ${TICKET}, whose sealed ledger it does not bring`);
    expect(errors(await clone.verify({ what: 'HEAD' }))).toEqual(['unticketed-commit']);
    expect((await clone.verify()).data.tickets).toMatchObject([{ commit: delivered.commit, integrated: 'as delivered' }]);
  });

  test('and is refused where the policy demands one', async () => {
    const { delivered, clone } = await after(copied, demanding);
    expect(errors(await clone.verify({ what: `${delivered.commit}..HEAD` }))).toEqual(['unticketed-commit']);
  });

  /** Merges work on both ends of one file, of which one was renamed elsewhere, and does something to the merge before it is made. */
  const merged = (touch: (delivered: DeliveredTicket) => Promise<unknown>) => async (delivered: DeliveredTicket): Promise<void> => {
    const { bench } = delivered;
    const lines = (first: string, last: string): string => [first, ...Array.from({ length: 20 }, (_, at) => `line ${at}`), last, ''].join('\n');
    const put = async (path: string, text: string, message: string): Promise<void> => { await bench.write(path, text); await bench.git('add', '--all'); await bench.git('commit', '--quiet', '--message', message); };
    await put('shared.txt', lines('a', 'z'), 'Shared');
    await bench.git('checkout', '--quiet', '-b', 'side');
    await bench.git('mv', 'shared.txt', 'moved.txt');
    await put('moved.txt', lines('a', 'changed'), 'Side');
    await bench.git('checkout', '--quiet', 'main');
    await put('shared.txt', lines('changed', 'z'), 'Main');
    await bench.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
    await touch(delivered);
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'Merge side');
  };

  test('a merge that only merges adds nothing', async () => {
    const { clone } = await after(merged(async () => undefined), demanding);
    expect(await clone.verify({ what: 'HEAD^2..HEAD^2' })).toMatchObject({ ending: 'done' });
    const outcome = await clone.verify({ what: 'HEAD^2..HEAD' });
    expect(outcome.data.unticketed.map(({ subject }) => subject)).toEqual(['Main']);
  });

  test('a merge that changes something by itself is work without a ticket, and named as that', async () => {
    const { clone } = await after(merged(({ bench }) => bench.write('README.md', 'evil\n')), demanding);
    const outcome = await clone.verify({ what: 'HEAD^2..HEAD' });
    expect(outcome.data.unticketed.map(({ subject }) => subject)).toEqual(['Merge side', 'Main']);
    expect(outcome.problems[0]).toMatchObject({ code: 'unticketed-commit', severity: 'error', message: expect.stringContaining('changes 1 path by itself (README.md)') });
  });

  test('a merge is looked at without starting the programs that a repository names for merging', async () => {
    const { clone } = await after(merged(async () => undefined));
    await clone.git('config', 'merge.a=b.driver', 'touch started; false');
    await clone.change('.git/info/attributes', '*.txt merge=a=b\n');
    await clone.verify({ what: 'HEAD^2..HEAD' });
    expect(await clone.git('status', '--porcelain')).toBe('');
  });

  test('a merge is verified by what it brings in', async () => {
    const { delivered, clone } = await after(async ({ bench, base, commit: work }) => {
      await bench.git('checkout', '--quiet', '-B', 'main', base);
      await bench.git('merge', '--quiet', '--no-ff', '--message', 'Merge', work);
    });
    expect((await clone.verify({ what: 'HEAD' })).data.tickets).toMatchObject([{ commit: delivered.commit, integrated: 'as delivered' }]);
  });

  test('a merge that brings no ticket shows nothing that is asked of it, and a range does not have the seal that is expected', async () => {
    const { clone } = await after(merged(async () => undefined));
    for (const request of [{}, { rerun: true }, { delivered: true }, { expect: sha256('another') }]) {
      const outcome = await clone.verify({ what: 'HEAD', ...request });
      expect(outcome, JSON.stringify(request)).toMatchObject({ ending: 'refused', data: { tickets: [], unticketed: [{ subject: 'Side' }] }, problems: [{ code: 'nothing-to-verify', facts: { what: 'HEAD' } }, { severity: 'note' }] });
      expect(outcome.problems[0]!.message).toContain("HEAD brings no ticket's sealed ledger");
    }
    expect(errors(await clone.verify({ what: 'HEAD^..HEAD', expect: sha256('another') }))).toEqual(['nothing-to-verify']);
    expect(await clone.verify({ what: 'HEAD^..HEAD', delivered: true, rerun: true })).toMatchObject({ ending: 'done', data: { tickets: [] } });
  });

  test('what a picked commit changes beside the ticket is named', async () => {
    const pick = async (delivered: DeliveredTicket): Promise<void> => {
      const { bench } = delivered;
      await bench.git('checkout', '--quiet', '-B', 'main', delivered.base);
      await commit(delivered, 'other.txt', '--message', 'Other work');
      await bench.git('cherry-pick', delivered.commit);
      await commit(delivered, 'evil.sh', '--amend', '--no-edit');
    };
    const told = { code: 'unproved-paths', facts: { paths: ['evil.sh'], tickets: [TICKET] } };
    expect(await (await after(pick)).clone.verify({ what: TICKET })).toMatchObject({ ending: 'done', problems: [{ ...told, severity: 'warning' }] });
    expect(await (await after(pick, demanding)).clone.verify({ what: 'HEAD' })).toMatchObject({ ending: 'refused', problems: [{ ...told, severity: 'error' }] });
  });

  test('tickets that a squash joined account for each other, and for nothing more', async () => {
    const SECOND = 'TKT-2026-11-21-second';
    const squashed = (more: string[]) => async (delivered: DeliveredTicket): Promise<void> => {
      const { bench, base } = delivered;
      const policy = demanding;
      await deliverInto(bench, { policy, ticket: ticketDocument({ id: SECOND, scope: { files: ['second.txt'] }, proof: [{ id: 'P1', run: ['grep', 'hello', 'second.txt'] }] }) });
      const tip = await bench.git('rev-parse', 'HEAD');
      await bench.git('checkout', '--quiet', '-B', 'main', base);
      await bench.git('merge', '--quiet', '--squash', tip);
      for (const path of more) await bench.write(path, 'more\n');
      await bench.git('add', '--all');
      await bench.git('commit', '--quiet', '--message', 'Greet twice (#13)');
    };
    const { clone } = await after(squashed([]), demanding);
    for (const what of ['HEAD', TICKET, SECOND]) expect(await clone.verify({ what }), what).toMatchObject({ ending: 'done', problems: [] });
    const more = (await after(squashed(['more.txt']), demanding)).clone;
    for (const what of ['HEAD', TICKET]) expect(await more.verify({ what }), what).toMatchObject({ problems: [{ code: 'unproved-paths', severity: 'error', facts: { paths: ['more.txt'] } }] });
  });

  const claim = `x\n\nCxw-Ticket: ${TICKET}\nCxw-Evidence: ${sha256('made up')}`;

  test('an empty commit that claims a ticket is no delivery, before or after the one that is', async () => {
    const { delivered, clone } = await after(({ bench }) => bench.git('commit', '--quiet', '--allow-empty', '--message', claim));
    expect(await clone.verify({ what: TICKET })).toMatchObject({ ending: 'done', problems: [], data: { tickets: [{ commit: delivered.commit }] } });

    const policy = policyDocument();
    const bench = await workshop({ 'README.md': '# Workshop\n', '.cxw/policy.yaml': policy.text });
    await bench.git('commit', '--quiet', '--allow-empty', '--message', claim);
    const later = await deliverInto(bench, { policy });
    expect(await (await stranger(later)).verify({ what: TICKET })).toMatchObject({ ending: 'done', problems: [], data: { tickets: [{ commit: later.commit, integrated: 'as delivered' }] } });
  });

  test('the newest delivery is the newest that brings its evidence, and a squash has a message of its own', async () => {
    const SECOND = 'TKT-2026-11-21-second';
    const { delivered, clone } = await after(async ({ bench, commit: first }) => {
      await deliverInto(bench, { ticket: ticketDocument({ id: SECOND, scope: { files: ['second.txt'] }, proof: [{ id: 'P1', run: ['grep', 'hello', 'second.txt'] }] }) });
      const tip = await bench.git('rev-parse', 'HEAD');
      await bench.git('checkout', '--quiet', '-B', 'main', first);
      await bench.git('merge', '--quiet', '--squash', tip);
      await bench.git('commit', '--quiet', '--message', 'Greet twice (#14)');
    });
    expect(await clone.verify()).toMatchObject({ ending: 'done', problems: [], data: { tickets: [{ ticket: SECOND, commit: await clone.git('rev-parse', 'HEAD'), integrated: 'integrated' }] } });
    await clone.git('reset', '--quiet', '--hard', delivered.commit);
    expect((await clone.verify()).data.tickets).toMatchObject([{ ticket: TICKET, integrated: 'as delivered' }]);
  });

  test('a delivery that was reverted is told as that, and the one that came after it is the one that counts', async () => {
    const { delivered, clone } = await after(async ({ bench }) => bench.git('revert', '--no-edit', 'HEAD'));
    const by = await clone.git('rev-parse', 'HEAD');
    for (const what of [TICKET, undefined]) {
      expect(await clone.verify({ what })).toMatchObject({
        ending: 'done', data: { tickets: [{ commit: delivered.commit }] }, problems: [{ code: 'delivery-taken-back', severity: 'warning', facts: { by } }] });
    }
    const again = await deliverInto(delivered.bench, { files: (bench) => bench.write('greeting.txt', 'hello\n') });
    expect(await (await stranger(again)).verify({ what: TICKET })).toMatchObject({ ending: 'done', problems: [], data: { tickets: [{ commit: again.commit, integrated: 'as delivered' }] } });
  });

  test('of copies side by side the one counts that was proved', async () => {
    const { delivered, clone } = await after(async (one) => {
      const { bench, base } = one;
      await bench.git('checkout', '--quiet', '-b', 'release', base);
      await commit(one, 'other.txt', '--message', 'Other work');
      bench.env['GIT_COMMITTER_DATE'] = '2037-01-01T00:00:00Z';
      await bench.git('cherry-pick', one.commit);
      await bench.git('merge', '--quiet', '--no-edit', 'main');
    });
    expect((await clone.verify({ what: TICKET })).data.tickets).toMatchObject([{ commit: delivered.commit, integrated: 'as delivered' }]);
  });
});

describe('the policy that judges a range', () => {
  const demanding = policyDocument({ delivery: { mode: 'commit-push', unticketed_commits: 'fail' } });
  const lenient = policyDocument();
  type Step = readonly [path: string, text: string];
  const WORK: Step = ['other.txt', 'other\n'];
  const LOOSEN: Step = ['.cxw/policy.yaml', lenient.text];

  async function commit(bench: Workshop, [path, text]: Step): Promise<string> {
    await bench.write(path, text);
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', `Write ${path}`);
    return bench.git('rev-parse', 'HEAD');
  }
  /** Commits one after the other, upon what the first files are. */
  async function line(files: Record<string, string>, ...steps: Step[]) {
    const bench = await workshop({ 'README.md': '# Workshop\n', ...files });
    const base = await bench.git('rev-parse', 'HEAD');
    for (const step of steps) await commit(bench, step);
    return { bench, base };
  }
  const pushed = async (bench: Workshop) => {
    await bench.git('push', '--quiet', '--force', 'origin', '--all');
    return stranger({ bench });
  };
  const STRICT = { '.cxw/policy.yaml': demanding.text };

  test.each([['last', [WORK, LOOSEN]], ['first', [LOOSEN, WORK]]])('a range does not switch off the policy that judges it, by its %s commit', async (_, steps) => {
    const { bench, base } = await line(STRICT, ...steps);
    expect(errors(await (await pushed(bench)).verify({ what: `${base}..HEAD` }))).toEqual(['unticketed-commit', 'unticketed-commit']);
  });

  test('a range is judged by the strictest policy of where it is named from and where it begins', async () => {
    const { bench, base } = await line(STRICT);
    const loose = await commit(bench, LOOSEN);
    const strictAgain = await commit(bench, ['.cxw/policy.yaml', demanding.text]);
    const branch = async (name: string, from: string, ...steps: Step[]): Promise<void> => {
      await bench.git('checkout', '--quiet', '-b', name, from);
      for (const step of steps) await commit(bench, step);
    };
    await branch('of-loose', loose, WORK);
    await branch('of-strict', base, WORK, LOOSEN);
    const clone = await pushed(bench);
    const errorsIn = async (from: string, to: string): Promise<string[]> => {
      await clone.git('checkout', '--quiet', '--detach', `origin/${to}`);
      return errors(await clone.verify({ what: `${from}..HEAD` }));
    };
    expect(await errorsIn(strictAgain, 'of-loose'), 'begun where it was loose').toEqual(['unticketed-commit']);
    expect(await errorsIn(loose, 'of-strict'), 'named from where it is loose').toEqual(['unticketed-commit', 'unticketed-commit']);
    expect(await errorsIn(loose, 'of-loose'), 'loose at both').toEqual([]);
  });

  test('a merge is judged by the policy before it, where it brings in a looser one', async () => {
    const { bench } = await line(STRICT);
    await bench.git('checkout', '--quiet', '-b', 'side');
    await commit(bench, WORK);
    await commit(bench, LOOSEN);
    await bench.git('checkout', '--quiet', 'main');
    await bench.git('merge', '--quiet', '--no-ff', '--no-edit', 'side');
    expect(errors(await (await pushed(bench)).verify({ what: 'HEAD^..HEAD' }))).toEqual(['unticketed-commit', 'unticketed-commit']);
  });

  test('what a commit changes beside its ticket is refused by the policy before it, when it loosens that', async () => {
    const { bench, base } = await line(STRICT);
    const delivered = await deliverInto(bench, { policy: lenient });
    await bench.git('checkout', '--quiet', '-B', 'main', base);
    await commit(bench, WORK);
    await bench.git('cherry-pick', delivered.commit);
    await bench.write(...LOOSEN);
    await bench.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    const clone = await pushed(bench);
    for (const what of ['HEAD', TICKET, 'HEAD^..HEAD']) expect(errors(await clone.verify({ what })), what).toEqual(['unproved-paths']);
  });

  test('is not guessed at where a partial clone left it at its remote', async () => {
    const { bench, base } = await line(STRICT, WORK, LOOSEN);
    await bench.git('-C', bench.remote, 'config', 'uploadpack.allowFilter', 'true');
    await bench.git('push', '--quiet');
    const clone = await stranger({ bench }, '--filter=blob:none');
    await expect(clone.verify({ what: `${base}..HEAD` })).rejects.toMatchObject({ exit: 6, problem: { code: 'objects-not-fetched' } });
  });

  test.each([
    ['is none', {}],
    ['cannot be read', { '.cxw/policy.yaml': 'delivery: [\n' }],
    ['is of a format to come', { '.cxw/policy.yaml': demanding.text.replace('"schema_version": 1', '"schema_version": 99') }],
    ['is no file', { '.cxw/policy.yaml/x': 'x\n' }],
  ])('demands nothing where at the base there %s', async (_, files: Record<string, string>) => {
    const { bench, base } = await line(files);
    await rm(join(bench.root, '.cxw'), { recursive: true, force: true });
    await commit(bench, LOOSEN);
    expect(await (await pushed(bench)).verify({ what: `${base}..HEAD` })).toMatchObject({ ending: 'done', problems: [{ code: 'unticketed-commit', severity: 'note' }] });
  });
});

describe('a range without a commit', () => {
  const demands: [string, Partial<VerifyRequest>][] = [['--rerun', { rerun: true }], ['--delivered', { delivered: true }], [`--expect ${sha256('x')}`, { expect: sha256('x') }]];

  test.each(demands)('shows nothing of %s, and says what to type', async (typed, request) => {
    const delivered = await deliveredTicket();
    const clone = await stranger(delivered);
    const none = await clone.verify({ what: '..', ...request });
    expect(none).toMatchObject({ ending: 'refused', next: ['git log --oneline --max-count=10 HEAD', `cxw verify COMMIT..HEAD ${typed}`] });
    expect(none.problems.map(({ message }) => message)).toEqual([`HEAD..HEAD names no commit, as both its ends are ${delivered.commit.slice(0, 12)}: nothing was checked.`]);
    const swapped = await clone.verify({ what: 'HEAD..HEAD~1', ...request });
    expect(swapped).toMatchObject({ ending: 'refused', next: [`cxw verify 'HEAD~1..HEAD' ${typed}`] });
    expect(swapped.problems.map(({ message }) => message)).toEqual(['HEAD..HEAD~1 names no commit, as all that is in HEAD~1 is in HEAD too: nothing was checked.']);
  });

  test('a range without a commit, of which nothing is demanded, is an ordinary day, and told', async () => {
    const clone = await stranger(await deliveredTicket());
    for (const what of ['..', 'HEAD..HEAD~1']) expect(await clone.verify({ what }), what).toMatchObject({ ending: 'done', data: { tickets: [], unticketed: [] }, problems: [{ code: 'range-empty', severity: 'note' }] });
  });

  test('a range of nothing but merges that change nothing is told as that, whatever is demanded', async () => {
    const { bench } = await deliveredTicket();
    await bench.git('reset', '--quiet', '--hard', await bench.git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-p', 'HEAD~1', '-m', 'Merge'));
    await bench.git('push', '--quiet');
    const clone = await stranger({ bench });
    for (const request of [{}, { rerun: true, delivered: true }]) {
      const outcome = await clone.verify({ what: 'HEAD^..HEAD', ...request });
      expect(outcome).toMatchObject({ ending: 'done', problems: [{ code: 'range-empty', severity: 'note' }] });
      expect(outcome.problems[0]!.message).toContain('names no commit but merges, which change nothing by themselves');
    }
    expect(errors(await clone.verify({ what: 'HEAD^..HEAD', expect: sha256('x') }))).toEqual(['nothing-to-verify']);
  });
});
