import { describe, expect, test } from 'vitest';
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
import { deliveredTicket } from '../support/delivered.js';
import { worldOf } from '../support/inside.js';
import { TICKET, ticketDocument } from '../support/sealed.js';
import type { Workshop } from '../support/workshop.js';

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
    expect(codes(await advance(world, { ticket: TICKET, ...WALK }))).toEqual(['ledger-removed']);
    expect((await abandon(world, { ticket: TICKET, reason: 'Its facts are lost.', noChange: false })).ending).toBe('done');
  });
});
