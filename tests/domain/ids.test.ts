import { describe, expect, test } from 'vitest';
import { candidateIds, resolveTicket, slugOf } from '../../src/domain/ids.js';
import { TICKET_ID, TICKET_ID_MAX } from '../../src/domain/ticket.js';

describe('the words of an id', () => {
  test.each([
    ['Fix the typo', 'fix-the-typo'],
    ['Keep ?next= after login', 'keep-next-after-login'],
    ['Größe in Straße ändern', 'grosse-in-strasse-andern'],
    ['Ærø smørrebrød', 'aero-smorrebrod'],
    ['ﬁx ligature', 'fix-ligature'],
    ['修复登录', 'ticket'],
    ['!!!', 'ticket'],
    ['  -- a --  ', 'a'],
    ['A title with so many words that it cannot all be in the id', 'a-title-with-so-many-words-that-it'],
    ['x'.repeat(100), 'x'.repeat(40)],
  ])('%s → %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  test('candidates carry the UTC date, and a number from the second on', () => {
    const ids = candidateIds('Fix typo', new Date('2026-11-21T23:59:59Z'));
    expect([ids.next().value, ids.next().value, ids.next().value]).toEqual([
      'TKT-2026-11-21-fix-typo', 'TKT-2026-11-21-fix-typo-2', 'TKT-2026-11-21-fix-typo-3',
    ]);
  });

  test('every candidate is an id', () => {
    const { value } = candidateIds('x '.repeat(200), new Date(0)).next();
    expect(value).toMatch(TICKET_ID);
    expect(value.length).toBeLessThan(TICKET_ID_MAX - 5);
  });
});

describe('the ticket that was meant', () => {
  const ids = ['TKT-2026-11-20-fix-typo', 'TKT-2026-11-21-fix-typo', 'TKT-2026-11-21-login-redirect', 'TKT-2026-11-21-login'];
  const meant = (written: string) => resolveTicket(written, ids);

  test.each([
    ['TKT-2026-11-21-fix-typo', 'TKT-2026-11-21-fix-typo'],
    ['tickets/TKT-2026-11-21-fix-typo.yaml', 'TKT-2026-11-21-fix-typo'],
    ['tkt-2026-11-21-FIX-typo', 'TKT-2026-11-21-fix-typo'],
    ['TKT-2026-11-20', 'TKT-2026-11-20-fix-typo'],
    ['redirect', 'TKT-2026-11-21-login-redirect'],
    ['login', 'TKT-2026-11-21-login'],
    ['login-r', 'TKT-2026-11-21-login-redirect'],
  ])('%s means %s', (written, id) => {
    expect(meant(written)).toEqual({ ok: true, value: id });
  });

  test.each(['fix', 'TKT-2026', 'typo'])('%s means more than one', (written) => {
    const verdict = meant(written);
    expect(verdict.ok).toBe(false);
    expect(verdict.ok ? [] : verdict.refusals.map((refusal) => refusal.code)).toEqual(['ticket-ambiguous']);
  });

  test.each([
    ['login-redirct', ['TKT-2026-11-21-login-redirect']],
    ['logn', ['TKT-2026-11-21-login']],
    ['TKT-2026-11-21-fix-tyop', ['TKT-2026-11-21-fix-typo', 'TKT-2026-11-20-fix-typo']],
    ['something-else-entirely', []],
    ['', []],
  ])('%j is nearly %j', (written, near) => {
    expect(meant(written)).toMatchObject({ ok: false, refusals: [{ code: 'ticket-unknown', facts: { near } }] });
  });
});
