import { describe, expect, test } from 'vitest';
import { openTicketRewriter } from '../../src/world/ticketRewriter.js';

const parent = (children: string, stages = ''): string => `schema_version: 3
id: TKT-2026-11-21-parent  # ours
class: orchestrator
title: Parent
kind: feature
scope: { allowed: ['src/**'] }
specs: { mode: no_spec, reason: Its children describe it. }
${children}
${stages}acceptance:
  - { id: AC-1, text: It holds., proofs: [P1] }
proof:
  - { id: P1, run: npm test }
`;
const [A, B, NEW] = ['TKT-2026-11-21-a', 'TKT-2026-11-21-b', 'TKT-2026-11-21-new'];
const added = (text: string, stage?: string): Promise<string> => openTicketRewriter().withChild(text, NEW, stage);

describe('one child more', () => {
  test.each([
    ['an empty list', 'children: []  # none yet', `children: [${NEW}]  # none yet`],
    ['a list on one line', `children: [ ${A} ]`, `children: [ ${A}, ${NEW} ]`],
    ['a list on several lines', `children: [\n  ${A},\n  ${B},  # last\n]`, `children: [\n  ${A},\n  ${B}, ${NEW},  # last\n]`],
    ['items', `children:\n  # in their order\n  - ${A}\n  - ${B}   # last`, `children:\n  # in their order\n  - ${A}\n  - ${B}   # last\n  - ${NEW}`],
    ['items at the margin', `children:\n- '${A}'`, `children:\n- '${A}'\n- ${NEW}`],
    ['items with wide marks', `children:\n  -   ${A}`, `children:\n  -   ${A}\n  -   ${NEW}`],
  ])('in %s', async (_, before, after) => {
    expect(await added(parent(before))).toBe(parent(after));
    expect(await added(parent(before).replaceAll('\n', '\r\n'))).toBe(parent(after).replaceAll('\n', '\r\n'));
  });

  test('goes into the stage that is named as well', async () => {
    const stages = (one: string): string => `stages:\n  - id: first\n    children: [${A}]\n    exit_gate: x\n  - id: second\n    exit_gate: y\n    children:\n      - ${B}${one}\n`;
    expect(await added(parent(`children: [${A}, ${B}]`, stages('')), 'second')).toBe(parent(`children: [${A}, ${B}, ${NEW}]`, stages(`\n      - ${NEW}`)));
  });
});
