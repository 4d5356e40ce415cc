import { expect, test } from 'vitest';
import { abortTicket, deliverTicket } from '../../src/verbs/deliverTicket.js';
import { codesOf } from '../support/given.js';
import { worldOf } from '../support/inside.js';
import { story } from '../support/story.js';
import { workshop } from '../support/workshop.js';

test('without a ticket there is nothing to deliver and nothing to abort', async () => {
  const world = await worldOf(await workshop());
  expect(codesOf(await deliverTicket(world, { dryRun: false }))).toEqual(['no-ticket']);
  expect(codesOf(await abortTicket(world, {}))).toEqual(['no-ticket']);
  expect(codesOf(await deliverTicket(world, { ticket: 'TKT-2026-11-21-none', dryRun: false }))).toEqual(['ticket-unknown']);
});

test('a delivery walks as far as evidence reaches, says what is owed, delivers, and answers the same when it is asked again', async () => {
  const told = await story();
  const world = await worldOf(told);
  const dry = await deliverTicket(world, { dryRun: true });
  expect(dry).toMatchObject({ command: 'deliver', ending: 'done', data: { ticket: told.ticket, wouldEnter: 'source_lock_validated' }, next: [`cxw deliver ${told.ticket}`] });
  expect(await world.ledger.tickets()).toEqual([]);

  const owed = await deliverTicket(world, { dryRun: false });
  expect(owed).toMatchObject({ command: 'deliver', ending: 'refused', data: { state: 'writer_assigned', entered: expect.arrayContaining(['writer_assigned']) } });
  expect(codesOf(owed)).toEqual(['no-change']);
  expect(owed.next.length).toBeGreaterThan(0);

  await told.fix();
  await told.selfReview();
  await told.review();
  await told.curate();
  const rehearsed = await deliverTicket(world, { dryRun: true });
  expect(rehearsed).toMatchObject({ ending: 'done', next: [`cxw deliver ${told.ticket}`] });
  const delivered = await deliverTicket(world, { dryRun: false });
  expect(delivered).toMatchObject({ ending: 'done', data: { state: 'done', confirmed: true, commit: await told.remoteHead() } });
  const again = await deliverTicket(world, { dryRun: false });
  expect(again).toMatchObject({ ending: 'done', data: { already: true, commit: await told.remoteHead() } });
  expect(codesOf(await abortTicket(world, { ticket: told.ticket }))).toEqual(['nothing-to-abort']);
});

test('a delivery that has a way to walk tells what was altered before it walks', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.git('config', 'filter.planted.clean', `touch ${told.root}/.git/ran; cat`);
  await told.write('.git/info/attributes', '*.js filter=planted\n');
  const world = await worldOf(told);
  for (const dryRun of [true, false]) expect(codesOf(await deliverTicket(world, { dryRun }))).toEqual(['repository-altered', 'repository-altered']);
  await expect(told.read('.git/ran')).rejects.toThrow();
});

test('a ticket that was abandoned is not delivered any more', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.ok('abandon', '--reason', 'not needed any more');
  const outcome = await deliverTicket(await worldOf(told), { ticket: told.ticket, dryRun: false });
  expect(codesOf(outcome)).toEqual(['ticket-ended']);
});

test('where signing fails the answer leads on with it, and out of it', async () => {
  const told = await story();
  await told.git('config', 'commit.gpgsign', 'true');
  await told.git('config', 'gpg.program', 'false');
  await told.ready();
  const { exit, answer } = await told.json('deliver');
  expect(exit).toBe(6);
  expect(answer.next).toEqual(['git config --get-regexp gpg', `cxw deliver ${told.ticket}`, `cxw abort ${told.ticket}`, `cxw rework ${told.ticket} --refresh`]);
  await told.git('config', '--unset', 'commit.gpgsign');
  await told.ok('abort', told.ticket);
  await told.ok('rework', told.ticket, '--refresh');
  expect((await told.ok('deliver', told.ticket)).data).toMatchObject({ state: 'done', confirmed: true });
});
