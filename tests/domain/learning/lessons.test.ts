import { linksIn } from '../../../src/domain/documents/markdown.js';
import { describe, expect, test } from 'vitest';
import { isKnown, lessonLine, memoryProblems, withLesson } from '../../../src/domain/learning/lessons.js';
import { worthOf } from '../../../src/domain/learning/worth.js';
import { ownPath } from '../../../src/domain/paths.js';
import { routed } from '../../../src/domain/review/points.js';
import { holdsSecret } from '../../../src/domain/secrets.js';
import type { Ticket } from '../../../src/domain/ticket.js';
import { policyDocument, ticketDocument } from '../../support/sealed.js';

const PATTERNS = ownPath('agent/PATTERNS.md');

describe('a lesson', () => {
  const line = lessonLine('Read the index first (it is short): always.', '2026-11-21', 'TKT-2026-11-21-x');

  test('comes at the end, with date and source, in the line ends of its page; and is known from then on', () => {
    const page = withLesson('# Patterns\r\n\r\nWords.\r\n', line);
    expect(page).toBe(`# Patterns\r\n\r\nWords.\r\n\r\n${line}\r\n`);
    expect(withLesson(page, line)).toBe(`${page}${line}\r\n`);
    expect([isKnown(page, 'Read the index first (it is short): always.'), isKnown(page, 'Read the index')]).toEqual([true, false]);
    expect(memoryProblems(PATTERNS, page)).toEqual([]);
  });

  test.each([
    ['- Read the index first.', ['memory-undated']],
    ['- 2026-11-21: no source', ['memory-undated']],
    ['- 2026-11-21 (): empty source', ['memory-undated']],
    ['Words between entries.', []],
    ['- 2026-11-21 (Ada): use ghp_abcdefghijklmnopqrstuvwxyz0123456789', ['memory-secret']],
  ])('%s', (text, expected) => {
    const problems = memoryProblems(PATTERNS, `# Patterns\n\n${text}\n`);
    expect(problems.map(({ code }) => code)).toEqual(expected);
    expect(problems.every(({ place }) => place?.line === 3)).toBe(true);
    if (expected[0] === 'memory-secret') expect(JSON.stringify(problems)).not.toContain('ghp_');
  });

  test('other memory needs no date, and may hold no secret either', () => {
    expect(memoryProblems(ownPath('agent/TODO.md'), '- Translate.\n- password: hunter2hunter2\n').map(({ code }) => code)).toEqual(['memory-secret']);
  });
});

test.each([
  ['the token is kept in the vault', false],
  ['token: ask Kim', false],
  ['API_KEY=$API_KEY', false],
  ['set password = <yours1234>', false],
  ['password: "s3cr3t-enough"', true],
  ['https://ada:hunter2@example.org/x.git', true],
  ['ssh://git@example.org/x.git', false],
  ['-----BEGIN RSA PRIVATE KEY-----', true],
])('%s: secret %s', (line, expected) => expect(holdsSecret(line)).toBe(expected));

describe('whether the loop pays', () => {
  const policy = policyDocument().content;
  const files = (count: number) => Array.from({ length: count }, (_, at) => ownPath(`src/${at}.ts`));
  const of = (given: Partial<Parameters<typeof worthOf>[0]>) => worthOf({ ticket: ticketDocument().content, policy, files: files(2), failedBefore: [], ...given });

  test('five files, several designs, tests that matter, a kind that failed: each is a reason', () => {
    expect(of({ files: files(5) })).toEqual({ worth: true, reasons: ['it touches 5 files'], against: [] });
    const undecided: Ticket = {
      ...ticketDocument().content, class: 'standard', scope: { allowed: ['src/**'] }, plan: [], specs: { mode: 'no_spec', reason: 'It changes words only.' },
      decisions: { open: [{ id: 'DEC-1', text: 'File or database?' }] },
    };
    expect(of({ ticket: undecided }).reasons).toEqual(['DEC-1 can be decided in more than one way']);
    expect(of({ ticket: ticketDocument({ proof: [{ id: 'P1', run: 'true', must_fail_on_base: true }] }).content }).reasons).toEqual(['tests matter: P1 must show what the work changed']);
    expect(of({ files: [ownPath('a.ts'), ownPath('tests/a.test.ts')] }).worth).toBe(true);
    expect(of({ failedBefore: ['TKT-2026-01-01-x'] }).reasons).toEqual(['work of the kind small-feature went wrong before: TKT-2026-01-01-x']);
  });

  test('nothing of that, or one file, or research: it does not', () => {
    expect(of({})).toEqual({ worth: false, reasons: [], against: [] });
    expect(of({ files: [ownPath('tests/a.test.ts')] })).toMatchObject({ worth: false, against: ['it is a change of one file'] });
    expect(of({ ticket: ticketDocument({ kind: 'documentation' }).content, files: files(5) }).worth).toBe(false);
  });
});

describe('a point of a reader', () => {
  test.each([
    ['This belongs in another layer, and the name is wrong', 'architecture', 'open question'],
    ['It crashes on an empty list', 'logic', 'repair with a test'],
    ['Rename x to total', 'style', 'repair'],
    ['Hm', 'logic', 'repair with a test'],
  ])('%s: %s', (text, named, route) => expect(routed({ text })).toMatchObject({ class: named, route }));
  test('what was given counts', () => expect(routed({ text: 'It crashes', class: 'style' })).toMatchObject({ class: 'style', because: 'given', route: 'repair' }));
});

test('a lesson is no link and no HTML; its code stays code, and it is known again', () => {
  const text = 'See [x](y), <b> and `a[0](b)`; `open <i>';
  const page = withLesson('# Patterns\n', lessonLine(text, '2026-01-02', '[a]: b'));
  expect(page).toContain('(\\[a\\]: b): See \\[x\\](y), \\<b> and `a[0](b)`; `open \\<i>\n');
  expect(linksIn(page)).toEqual([]);
  expect([isKnown(page, text), isKnown('- 2026-01-02 (me): raw [x](y)\n', 'raw [x](y)'), isKnown(page, 'See')]).toEqual([true, true, false]);
});
