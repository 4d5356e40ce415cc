import { describe, expect, test } from 'vitest';
import { countsOf } from '../../bench/counts.mjs';
import { sealedLedgerPath } from '../../src/domain/closing/places.js';
import type { Outcome } from '../../src/domain/outcome.js';
import { abandon } from '../../src/verbs/abandon.js';
import { advance } from '../../src/verbs/advance.js';
import { block } from '../../src/verbs/block.js';
import { brief } from '../../src/verbs/brief.js';
import { abortTicket, deliverTicket } from '../../src/verbs/deliverTicket.js';
import { log } from '../../src/verbs/log.js';
import { record } from '../../src/verbs/record.js';
import { rework } from '../../src/verbs/rework.js';
import { status } from '../../src/verbs/status.js';
import { ticketEscalate } from '../../src/verbs/ticketEscalate.js';
import { ticketList } from '../../src/verbs/ticketList.js';
import { ticketShow } from '../../src/verbs/ticketShow.js';
import { waive } from '../../src/verbs/waive.js';
import type { World } from '../../src/world/index.js';
import { deliveredTicket, deliverInto, type Variant } from '../support/delivered.js';
import { worldOf } from '../support/inside.js';
import { policyDocument, TICKET, ticketDocument } from '../support/sealed.js';
import { CXW, run, workshop, type Workshop } from '../support/workshop.js';

// Made with plain git, it has no facts in this worktree: so it stands in every clone, and after a pull.
const delivered = async (): Promise<Workshop> => (await deliveredTicket()).bench;

const OTHER = 'TKT-2026-11-22-another';
const writeAnother = async (bench: Workshop): Promise<void> => bench.write(`tickets/${OTHER}.yaml`, ticketDocument({ id: OTHER }).text);

const codes = ({ problems }: Outcome): string[] => problems.map(({ code }) => code);

const WALK = { untilBlocked: true, dryRun: false, adopt: false, mine: [] };
const MOVES: Record<string, (world: World, ticket?: string) => Promise<Outcome>> = {
  advance: (world, ticket) => advance(world, { ticket, ...WALK }),
  deliver: (world, ticket) => deliverTicket(world, { ticket, dryRun: false }),
  abort: (world, ticket) => abortTicket(world, { ticket }),
  abandon: (world, ticket) => abandon(world, { ticket, reason: 'Enough.', noChange: false }),
  rework: (world, ticket) => rework(world, { ticket, refresh: false }),
  'rework --refresh': (world, ticket) => rework(world, { ticket, refresh: true }),
  block: (world, ticket) => block(world, { ticket, reason: 'No.', release: 'Yes.' }),
  waive: (world, ticket) => waive(world, { ticket, what: 'self_review_complete', reason: 'No need.' }),
  record: (world, ticket) => record(world, { kind: 'curation', ticket, fields: { memory: ['none'] } }),
  brief: (world, ticket) => brief(world, ['writer', ticket]),
  escalate: (world, ticket) => ticketEscalate(world, { ticket, dryRun: false }),
};

describe('a ticket that another clone has delivered', () => {
  test.each(Object.keys(MOVES))('is not moved by %s, and has no facts after it', async (name) => {
    const world = await worldOf(await delivered());
    const answer = await MOVES[name]!(world, TICKET);
    expect(codes(answer)).toEqual(['ticket-ended']);
    expect(answer.next).toEqual([`cxw verify ${TICKET}`, 'cxw ticket new --quick TITLE --file PATH']);
    expect(await world.ledger.has(TICKET)).toBe(false);
  });

  test('is told as delivered wherever it is asked for', async () => {
    const world = await worldOf(await delivered());
    expect(await status(world, { ticket: TICKET, all: false })).toMatchObject({ data: { ended: 'delivered' }, next: [`cxw verify ${TICKET}`] });
    expect(await status(world, { all: false })).toMatchObject({ data: { tickets: [{ ticket: TICKET, state: 'delivered' }] }, next: ['cxw ticket new --quick TITLE --file PATH'] });
    expect(await ticketList(world)).toMatchObject({ data: { tickets: [{ id: TICKET, end: 'delivered' }] }, next: ['cxw ticket new --quick TITLE --file PATH'] });
    expect(await ticketShow(world, { ticket: TICKET })).toMatchObject({ data: { end: 'delivered' }, next: [`cxw verify ${TICKET}`] });
    expect(await log(world, { ticket: TICKET })).toMatchObject({ data: { source: 'sealed' }, next: [`cxw verify ${TICKET}`] });
  });

  test('is not meant where no ticket is named: nothing is open, and of two the other one is', async () => {
    const bench = await delivered();
    const world = await worldOf(bench);
    expect(codes(await advance(world, WALK))).toEqual(['no-ticket']);
    await writeAnother(bench);
    expect(await status(world, { all: false })).toMatchObject({ data: { ticket: OTHER } });
    expect((await status(world, { all: true })).next).toEqual([`cxw advance ${OTHER} --until-blocked`]);
  });
});

/** A ticket that was begun here, and that another clone delivered meanwhile: its commit came with a pull. */
async function begunHere(variant: Partial<Variant> = {}): Promise<{ bench: Workshop; world: World; commit: string }> {
  const policy = policyDocument();
  const bench = await workshop({ 'README.md': '# Workshop\n', '.cxw/policy.yaml': policy.text, [`tickets/${TICKET}.yaml`]: ticketDocument().text });
  const world = await worldOf(bench);
  expect((await advance(world, { ticket: TICKET, ...WALK })).data.state).toBe('writer_assigned');
  const { commit } = await deliverInto(bench, { policy, ...variant });
  return { bench, world, commit };
}

describe('a ticket that was begun here and delivered by another clone', () => {
  test('is not delivered once more when that delivery was pulled, nor after a refresh: the ways lead out', async () => {
    const { bench, world, commit } = await begunHere();
    const elsewhere = [['delivered-elsewhere'], [`cxw abandon ${TICKET} --reason TEXT`, `cxw verify ${TICKET}`]];
    const told = async (answer: Promise<Outcome>): Promise<unknown[]> => [codes(await answer), (await answer).next.filter((command) => !command.startsWith('cxw brief'))];
    expect(await told(advance(world, { ticket: TICKET, ...WALK }))).toEqual(elsewhere);
    expect(await told(deliverTicket(world, { ticket: TICKET, dryRun: false }))).toEqual(elsewhere);
    const { problems } = await status(world, { ticket: TICKET, all: false });
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(`of another run, since ${commit.slice(0, 12)}`)]);

    expect((await rework(world, { ticket: TICKET, refresh: true, as: 'human:Kim' })).ending).toBe('done');
    expect(await told(advance(world, { ticket: TICKET, ...WALK }))).toEqual(elsewhere);
    await bench.remove(sealedLedgerPath(TICKET));
    expect(await told(advance(world, { ticket: TICKET, ...WALK }))).toEqual(elsewhere);
    expect((await abandon(world, { ticket: TICKET, reason: 'Done elsewhere.', noChange: false })).ending).toBe('done');
  });

  test('is told as damaged where what came is no sealed ledger', async () => {
    const { world } = await begunHere({ sealed: () => Buffer.from('') });
    expect(codes(await advance(world, { ticket: TICKET, ...WALK }))).toEqual(['seal-damaged']);
  });
});

/** The same where the remote refused the commit, as far as git here knows. */
async function unpushed(): Promise<Workshop> {
  const bench = await delivered();
  await bench.git('--git-dir', bench.remote, 'update-ref', 'refs/heads/main', await bench.git('rev-parse', 'HEAD^'));
  await bench.git('fetch', '--quiet');
  return bench;
}

const ended = async (world: World, ticket = TICKET): Promise<string | undefined> => (await status(world, { ticket, all: false })).data.ended;
const onBoard = async (world: World): Promise<string[]> => (await status(world, { all: true })).data.tickets!.map(({ state }) => state);

describe('a ticket whose commit the remote is not known to have', () => {
  const WAYS = [`cxw verify ${TICKET} --delivered`, 'git push origin main'];

  test.each(Object.keys(MOVES))('is not moved by %s: another delivery would go over its records', async (name) => {
    const world = await worldOf(await unpushed());
    const answer = await MOVES[name]!(world, TICKET);
    expect([codes(answer), answer.next]).toEqual([['ticket-committed'], WAYS]);
    expect(await world.ledger.has(TICKET)).toBe(false);
  });

  test('is told as committed wherever it is asked for, and as delivered once it is pushed as the answer says', async () => {
    const bench = await unpushed();
    const world = await worldOf(bench);
    expect(await status(world, { ticket: TICKET, all: false })).toMatchObject({ ending: 'done', data: { ended: 'committed' }, next: WAYS, problems: [{ code: 'ticket-committed', severity: 'note' }] });
    expect(await status(world, { all: false })).toMatchObject({ data: { tickets: [{ ticket: TICKET, state: 'committed' }] }, next: [`cxw status ${TICKET}`] });
    expect(await ticketList(world)).toMatchObject({ data: { tickets: [{ id: TICKET, end: 'committed' }] }, next: [`cxw status ${TICKET}`] });
    expect(await ticketShow(world, { ticket: TICKET })).toMatchObject({ data: { end: 'committed' }, next: WAYS });
    await bench.git(...WAYS[1]!.split(' ').slice(1));
    expect([await ended(world), await onBoard(world)]).toEqual(['delivered', ['delivered']]);
  });

  test('in another worktree on a branch of its own is pushed with that branch', async () => {
    const bench = await unpushed();
    const next = `${bench.folder}/next`;
    await bench.git('worktree', 'add', '--quiet', next, '-b', 'next');
    const { stdout } = await run(process.execPath, [CXW, 'status', TICKET, '--json'], { cwd: next, env: bench.env });
    expect(JSON.parse(stdout)).toMatchObject({ data: { ended: 'committed' }, next: [WAYS[0], 'git push --set-upstream origin next'] });
  });

  test('has no push to offer where HEAD is detached, or there is no remote', async () => {
    const bench = await unpushed();
    const world = await worldOf(bench);
    await bench.git('switch', '--quiet', '--detach');
    expect((await status(world, { ticket: TICKET, all: false })).next).toEqual(WAYS.slice(0, 1));
    await bench.git('switch', '--quiet', 'main');
    await bench.git('remote', 'remove', 'origin');
    expect((await status(world, { ticket: TICKET, all: false })).next).toEqual(WAYS.slice(0, 1));
  });

  test('has come to its end where the policy pushes nothing', async () => {
    const policy = policyDocument({ delivery: { mode: 'commit' } });
    const { bench } = await deliveredTicket({ policy, committedPolicy: policy.text });
    await bench.git('update-ref', 'refs/remotes/origin/main', 'HEAD^');
    const world = await worldOf(bench);
    expect(await status(world, { ticket: TICKET, all: false })).toMatchObject({ data: { ended: 'committed' }, problems: [], next: [`cxw verify ${TICKET}`] });
    expect(codes(await advance(world, { ticket: TICKET, ...WALK }))).toEqual(['ticket-ended']);
  });

  test('is named by no list as what comes next where the policy pushes nothing, in another worktree either', async () => {
    const policy = policyDocument({ delivery: { mode: 'commit' } });
    const { bench } = await deliveredTicket({ policy, committedPolicy: policy.text });
    await bench.git('update-ref', 'refs/remotes/origin/main', 'HEAD^');
    const root = `${bench.folder}/next`;
    await bench.git('worktree', 'add', '--quiet', root, '-b', 'next');
    const world = await worldOf({ ...bench, root });
    const another = ['cxw ticket new --quick TITLE --file PATH'];
    expect(await status(world, { all: true })).toMatchObject({ data: { tickets: [{ ticket: TICKET, state: 'committed' }] }, next: another });
    expect(await ticketList(world)).toMatchObject({ data: { tickets: [{ id: TICKET, end: 'committed' }] }, next: another });
  });
});

test('where another worktree committed on the branch of this one, its records are put back, and nothing is offered that commits them away', async () => {
  const policy = policyDocument();
  const bench = await workshop({ 'README.md': '# Workshop\n', '.cxw/policy.yaml': policy.text });
  const root = `${bench.folder}/beside`;
  await bench.git('worktree', 'add', '--quiet', '--force', root, 'main');
  await deliverInto(bench, { policy });
  const text = ticketDocument({ id: OTHER, scope: { files: ['second.txt'] }, proof: [{ id: 'P1', run: ['grep', 'hello', 'second.txt'] }] }).text;
  await bench.write(`../beside/tickets/${OTHER}.yaml`, text);
  const world = await worldOf({ ...bench, root });
  const refused = await advance(world, { ticket: OTHER, ...WALK });
  expect(codes(refused)).toEqual(['records-gone']);
  const [putBack] = refused.problems[0]!.commands;
  expect(refused.next).toEqual([putBack]);
  await run('sh', ['-c', putBack!], { cwd: root, env: bench.env });
  expect(await bench.git('-C', root, 'status', '--porcelain', '--', 'tickets/records', `tickets/${TICKET}.yaml`)).toBe('');
  expect(codes(await advance(await worldOf({ ...bench, root }), { ticket: OTHER, ...WALK }))).toEqual(['no-change']);
});

describe('what a remote is known to have', () => {
  test('counts of the remote that the branch follows, and of no other', async () => {
    const bench = await unpushed();
    const world = await worldOf(bench);
    await bench.git('remote', 'add', 'fork', bench.remote);
    await bench.git('update-ref', 'refs/remotes/fork/main', 'HEAD');
    expect(await ended(world)).toBe('committed');
    await bench.git('config', 'branch.main.remote', 'fork');
    expect(await ended(world)).toBe('delivered');
  });

  test('counts of origin too, where the branch follows a fork that is behind, or nothing', async () => {
    const bench = await delivered();
    const world = await worldOf(bench);
    await bench.git('remote', 'add', 'alice', bench.remote);
    await bench.git('update-ref', 'refs/remotes/alice/main', 'HEAD^');
    await bench.git('config', 'branch.main.remote', 'alice');
    expect(await ended(world)).toBe('delivered');
    await bench.git('switch', '--quiet', '--no-track', '--create', 'feature');
    expect(await ended(world)).toBe('delivered');
  });

  test('may be in another commit, below commits of ours, and on either side of a merge', async () => {
    const bench = await delivered();
    const world = await worldOf(bench);
    await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Ours');
    expect(await ended(world)).toBe('delivered');

    const theirs = await bench.git('rev-parse', 'HEAD^');
    await bench.git('switch', '--quiet', '--create', 'side', 'HEAD~2');
    await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Beside it');
    await bench.git('merge', '--quiet', '--no-edit', theirs);
    expect(await ended(world)).toBe('delivered');

    // As after a rebase or a squash on the remote: another commit, the same records.
    await bench.git('switch', '--quiet', 'main');
    const squashed = await bench.git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD~2', '-m', 'Squashed');
    await bench.git('update-ref', 'refs/remotes/origin/main', squashed);
    await bench.git('merge', '--quiet', '--no-edit', squashed);
    expect(await ended(world)).toBe('delivered');
  });

  test('is told of each ticket by itself, by as many calls of git for many as for one', async () => {
    const bench = await delivered();
    await deliverInto(bench, { ticket: ticketDocument({ id: OTHER, scope: { files: ['other.txt'] } }) });
    await bench.git('update-ref', 'refs/remotes/origin/main', 'HEAD^');
    const world = await worldOf(bench);
    expect((await status(world, { all: true })).data.tickets).toMatchObject([{ ticket: TICKET, state: 'delivered' }, { ticket: OTHER, state: 'committed' }]);
    const calls = async (): Promise<number> => countsOf(CXW, ['status', '--all'], { cwd: bench.root, env: bench.env }).gitProcesses;
    const ofTwo = await calls();
    await bench.git('rm', '--quiet', '-r', `tickets/${OTHER}.yaml`, `tickets/records/${OTHER}`);
    expect(await calls()).toBe(ofTwo);
  });

  test('is not known where a tracking ref cannot be read', async () => {
    const bench = await delivered();
    await bench.write('.git/refs/remotes/origin/broken', `${'1'.repeat(40)}\n`);
    expect(await ended(await worldOf(bench))).toBe('committed');
  });
});

describe('what stands in the place of a sealed ledger and is none', () => {
  test.each([
    ['an empty file', (): Buffer => Buffer.alloc(0), 'it is empty'],
    ['one that somebody edited', (bytes: Buffer): Buffer => Buffer.from(bytes.toString().replace('Ada', 'Eve')), 'it does not name the line before: a line was edited, removed or moved'],
  ])('is no delivery, though the remote has it: %s', async (_, sealed, why) => {
    const { bench } = await deliveredTicket({ sealed });
    const world = await worldOf(bench);
    const file = sealedLedgerPath(TICKET);
    const ways = [`git log -- ${file}`, `git rm -- ${file}`];
    const told = await status(world, { ticket: TICKET, all: false });
    expect(told).toMatchObject({ ending: 'done', data: { ended: 'damaged' }, next: ways, problems: [{ code: 'seal-damaged' }] });
    expect(told.problems[0]!.message).toContain(why);
    expect(await status(world, { all: true })).toMatchObject({ data: { tickets: [{ state: 'damaged' }] }, next: [`cxw status ${TICKET}`] });
    const answer = await advance(world, { ticket: TICKET, ...WALK });
    expect([codes(answer), answer.next]).toEqual([['seal-damaged'], ways]);

    await bench.git(...ways[1]!.split(' ').slice(1));
    expect(await status(world, { ticket: TICKET, all: false })).toMatchObject({ data: { ended: undefined }, next: [`cxw advance ${TICKET} --until-blocked`] });
  });
});

describe('a sealed ledger is no delivery', () => {
  test('that only lies in the worktree, as an aborted delivery or a half-done merge leaves it', async () => {
    const bench = await delivered();
    const sealed = await bench.read(sealedLedgerPath(TICKET));
    await bench.git('reset', '--quiet', '--hard', 'HEAD^');
    await bench.write(`tickets/${TICKET}.yaml`, ticketDocument().text);
    await bench.write(sealedLedgerPath(TICKET), sealed);
    const world = await worldOf(bench);
    expect(await status(world, { all: false })).toMatchObject({ data: { ticket: TICKET, ended: undefined }, next: [`cxw advance ${TICKET} --until-blocked`] });
    expect(await ticketList(world)).toMatchObject({ data: { tickets: [{ id: TICKET, end: undefined }] }, next: [`cxw status ${TICKET}`] });
    expect(codes(await advance(world, { ...WALK, dryRun: true }))).not.toContain('ticket-ended');
  });

  test('where the ticket holds the writer claim: its facts are lost, and it can be given up', async () => {
    const bench = await delivered();
    const world = await worldOf(bench);
    const by = { role: 'writer', name: 'Ada' } as const;
    await world.ledger.appendClaim(await world.ledger.claims(), { kind: 'claimed', ticket: TICKET, by, origin: { seen: 'terminal' } });
    await expect(advance(world, { ticket: TICKET, ...WALK })).rejects.toMatchObject({ problem: { code: 'ledger-damaged', facts: { fault: 'removed' } } });
    expect((await abandon(world, { ticket: TICKET, reason: 'Its facts are lost.', noChange: false })).ending).toBe('done');
  });
});
