import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ticketSchema, type QuickTicket } from '../../src/domain/ticket.js';
import { openTicketRewriter } from '../../src/world/ticketRewriter.js';

const TICKET = `# yaml-language-server: $schema=../.cxw/schema/ticket.schema.json
schema_version: 3
id: TKT-2026-11-21-fix-typo
class: quick   # small
title: Fix typo
kind: bugfix

why_quick: One bounded objective.
scope:
  # exactly these
  files: [src/a.ts, "src/[id].ts"]
plan:
  - Change it.
acceptance:
  - { id: AC-1, text: It holds., proofs: [P1] }
proof:
  - id: P1
    run: npm test
`;
const rewrite = (text: string) => openTicketRewriter().asStandard(text, ticketSchema.parse(parse(text)) as QuickTicket);

describe('a quick ticket as a standard one', () => {
  test('changes class, reason and scope, and nothing else', async () => {
    expect(await rewrite(TICKET)).toBe(TICKET
      .replace('class: quick ', 'class: standard ')
      .replace('why_quick: One bounded objective.', 'specs:\n  mode: no_spec\n  reason: One bounded objective.')
      .replace('files: [src/a.ts, "src/[id].ts"]', 'allowed: [src/a.ts, "src/\\\\[id\\\\].ts"]'));
  });

  test.each([
    ['a folded reason', TICKET.replace('why_quick: One bounded objective.', 'why_quick: >-\n  One bounded\n  objective: "small".')],
    ['a literal reason', TICKET.replace('why_quick: One bounded objective.', 'why_quick: |\n  One bounded\n  objective.\n')],
    ['quoted keys', TICKET.replace('class:', '"class":').replace('files:', "'files':")],
    ['CRLF', TICKET.replaceAll('\n', '\r\n')],
    ['a list over lines, with remarks', TICKET.replace('[src/a.ts, "src/[id].ts"]', '\n    - src/a.ts # first\n    - "src/[id].ts" # second')],
    ['flow style throughout', JSON.stringify(parse(TICKET))],
    ['why_quick at the end', `${TICKET.replace('why_quick: One bounded objective.\n', '')}why_quick: Small`],
  ])('reads as one, whatever the style: %s', async (_, text) => {
    const before = ticketSchema.parse(parse(text)) as QuickTicket;
    const after = ticketSchema.parse(parse(await rewrite(text)));
    expect(after).toMatchObject({
      id: before.id, class: 'standard', plan: before.plan, acceptance: before.acceptance, proof: before.proof,
      scope: { allowed: ['src/a.ts', 'src/\\[id\\].ts'] }, specs: { mode: 'no_spec', reason: before.why_quick.trim() },
    });
  });

  test('names that only git can spell become patterns', async () => {
    const text = TICKET.replace('"src/[id].ts"', String.raw`"\"a\\nb\\377\""`);
    expect(ticketSchema.parse(parse(await rewrite(text)))).toMatchObject({ scope: { allowed: ['src/a.ts', 'a?b?'] } });
  });
});
