import { describe, expect, test } from 'vitest';
import { standsOf } from '../../src/verbs/family/relatives.js';
import { everyWork } from '../../src/verbs/specs/works.js';
import { deliveredTicket, deliverInto, type DeliveredTicket } from '../support/delivered.js';
import { ready, serverHook } from '../support/delivering.js';
import { codesOf, deliverIt } from '../support/given.js';
import { worldOf } from '../support/inside.js';
import { policyDocument, sha256, TICKET } from '../support/sealed.js';
import { workshop } from '../support/workshop.js';

const worksOf = async ({ bench }: DeliveredTicket) => (await everyWork(await worldOf(bench))).map(({ state, commit }) => ({ state, commit }));

describe('what specs are told of a ticket that was made elsewhere', () => {
  test('is what HEAD and the remote have of it, as everywhere', async () => {
    const delivered = await deliveredTicket();
    const { bench, base, commit } = delivered;
    expect(await worksOf(delivered)).toEqual([{ state: 'delivered', commit }]);
    await bench.git('update-ref', 'refs/remotes/origin/main', base);
    expect(await worksOf(delivered)).toEqual([{ state: 'committed', commit }]);
    await bench.git('update-ref', 'refs/heads/main', base);
    expect(await worksOf(delivered)).toEqual([{ state: 'not begun', commit: undefined }]);
  });

  test('names the commit that brings its evidence, and not one with its words', async () => {
    const policy = policyDocument();
    const bench = await workshop({ 'README.md': '# Workshop\n', '.cxw/policy.yaml': policy.text });
    await bench.git('commit', '--quiet', '--allow-empty', '--message', `x\n\nCxw-Ticket: ${TICKET}\nCxw-Evidence: ${sha256('made up')}`);
    const delivered = await deliverInto(bench, { policy });
    expect(await worksOf(delivered)).toEqual([{ state: 'delivered', commit: delivered.commit }]);
    await bench.git('commit', '--quiet', '--amend', '--message', 'Words of a squash');
    expect(await worksOf(delivered)).toMatchObject([{ commit: await bench.git('rev-parse', 'HEAD') }]);
  });
});

test('a relative whose delivery is under way here is not done by its own commit', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  expect(codesOf(await deliverIt(world))).toEqual(['push-rejected']);
  expect((await standsOf(world, [TICKET])).get(TICKET)).toMatchObject({ how: 'open', state: 'committed' });
});
