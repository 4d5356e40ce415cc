import fc from '../support/property.js';
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
const rewrite = (text: string) => {
  const ticket = ticketSchema.parse(parse(text)) as QuickTicket;
  return openTicketRewriter().asStandard(text, ticket, { reason: ticket.why_quick });
};

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

describe('every byte that was not meant', () => {
  /** A piece of a ticket as it is written, and as it is to be after; the same where nothing is said. */
  type Piece = readonly [before: string, after?: string];
  const specs = (...remarks: string[]): string => `${[...remarks, 'specs:', '  mode: no_spec', '  reason: One bounded objective.'].join('\n')}`;
  const noise = fc.constantFrom('', '\n', '# a remark: [not, a, list]\n', '\n\n# why_quick: no\n#\n\n', '# class: quick\n');

  const kind = fc.constantFrom<Piece>(['class: quick\n', 'class: standard\n'], ['class:   quick   # small\n', 'class:   standard   # small\n'], ['"class": "quick"\n', '"class": standard\n'], ["class: # small\n  'quick'\n", 'class: # small\n  standard\n']);
  const why = fc.constantFrom<Piece>(
    ['why_quick: One bounded objective.\n', `${specs()}\n`],
    ['why_quick: "One bounded objective." # truly\n', `${specs()} # truly\n`],
    ['why_quick:\n  One bounded\n  objective.\n', `${specs()}\n`],
    ['why_quick: |-\n  One bounded objective.\n', `${specs()}\n`],
    ['why_quick: >-\n    One bounded\n    objective.\n', `${specs()}\n`],
    ['why_quick: >- # folded\n  One bounded\n  objective.\n', `${specs('# folded')}\n`],
    ['why_quick: # first\n  # second\n  One bounded objective.\n', `${specs('# first', '# second')}\n`],
  );
  const scope = fc.constantFrom<Piece>(
    ['scope: { files: [src/a.ts] }\n', 'scope: { allowed: [src/a.ts] }\n'],
    ['scope:\n  # exactly\n  files:   # these\n  - src/a.ts   # one\n\n  # two\n  - "src/b.ts"\n', 'scope:\n  # exactly\n  allowed:   # these\n  - src/a.ts   # one\n\n  # two\n  - "src/b.ts"\n'],
    ["scope:\n  forbidden: [ src/x.ts ]\n  'files': [ 'src/[id].ts' , src/b.ts ] # all\n", 'scope:\n  forbidden: [ src/x.ts ]\n  allowed: [ "src/\\\\[id\\\\].ts" , src/b.ts ] # all\n'],
  );
  const rest: readonly Piece[] = [
    ['schema_version: 3\n'], ['id:    TKT-2026-11-21-fix-typo\n'], ["title: 'class: quick, why_quick: \u00e9\u{1f600}'\n"], ['kind: bugfix\n'], ['plan:\n- Change it.\n'],
    ['acceptance: [ { id: AC-1, text: "It holds.",  proofs: [P1] } ]\n'], ['proof:\n    - id: P1\n      run:  npm test # slow\n'],
  ];
  const pieces = fc.tuple(kind, why, scope).chain((changed) => fc.shuffledSubarray([...rest, ...changed], { minLength: rest.length + changed.length }));

  test('stays: words, remarks, order, blank lines and line ends', async () => {
    await fc.assert(fc.asyncProperty(pieces, fc.infiniteStream(noise), fc.constantFrom('\n', '\r\n'), async (written, between, eol) => {
      const [before, after] = written.reduce<[string, string]>(([old, young], [from, to = from]) => {
        const remark = between.next().value;
        return [old + from + remark, young + to + remark];
      }, ['', '']);
      const ended = (text: string): string => text.replaceAll('\n', eol);
      expect(await rewrite(ended(before))).toBe(ended(after));
    }), { numRuns: 200 });
  });
});
