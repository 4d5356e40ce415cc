import { describe, expect, test } from 'vitest';
import { closingRecords } from '../../src/domain/closing.js';
import { recordsFolder, sealedLedgerPath } from '../../src/domain/closing/places.js';
import { codeCell, inline, quoted, record, table } from '../../src/domain/closing/markdown.js';
import { factSchema } from '../../src/domain/facts.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { fold } from '../../src/domain/run.js';
import { aLife, chained, lifeOf, TICKET, type Body, type Life } from '../support/sealed.js';

const LOGS = new Map([['P1.txt', new TextEncoder().encode('hello\n')]]);

function close(bodies: readonly Body[], memory: Life['memory'] = []): Map<string, string> {
  const { facts } = chained(bodies);
  facts.forEach((fact) => factSchema.parse(fact));
  const records = closingRecords(fold(TICKET, facts), facts, { logs: LOGS, memory });
  return new Map(records.map(({ path, content }) => [path.slice(recordsFolder(TICKET).length + 1), new TextDecoder().decode(content)]));
}

/** Everything until the curation was recorded, as it is when the records are written. */
const curated = (life = aLife()): Body[] => lifeOf(life).slice(0, -1);

describe('closing records', () => {
  test('are these files, all below the records folder of the ticket', () => {
    expect([...close(curated()).keys()]).toEqual([
      '.gitattributes', 'policy.yaml', 'plan.md', 'changes.md', 'review-1.md', 'result.md', 'handoff.md', 'proof-P1-7.txt']);
    expect(sealedLedgerPath(TICKET)).toBe(`tickets/records/${TICKET}/ledger.jsonl`);
  });

  test('are the same bytes before and after they are listed', () => {
    expect(close(lifeOf(aLife()))).toEqual(close(curated()));
  });

  test('keep the policy as it was locked and the log as it was kept', () => {
    const life = aLife();
    const files = close(curated(life));
    expect(files.get('policy.yaml')).toBe(life.policy.text);
    expect(files.get('proof-P1-7.txt')).toBe('hello\n');
    expect(files.get('.gitattributes')).toBe('* -text -filter -ident -working-tree-encoding\n');
  });

  test('tell the result: states, proofs, reviews, rounds', () => {
    const result = close(curated()).get('result.md')!;
    expect(result).toContain('| 1 | source_lock_validated | 2026-11-21T08:00:00.000Z | writer:Ada |');
    expect(result).toContain('| 11 | context_curated | lists these records | – |');
    expect(result).toMatch(/\| P1 \| \*\*unmeasured\*\* \| `grep hello greeting.txt` \| 0 \| 12 \| not countable \|/);
    expect(result).toContain('**pass** by reviewer:Kim (self-declared)');
    expect(result).toContain('0 used of 3 allowed.');
    expect(result).not.toContain('WAIVED');
  });

  test('say the exact words when memory needs nothing, and name the files when it does', () => {
    const entry = { path: 'agent/lessons.md' as RepoPath, oldMode: '100644', newMode: '100644', oldId: 'a'.repeat(40), newId: 'b'.repeat(40) };
    expect(close(curated()).get('handoff.md')).toContain('\nagent memory checked: no update needed\n');
    const updated = close(curated(aLife({ memory: [entry] })), [entry]).get('handoff.md')!;
    expect(updated).toContain('- `agent/lessons.md` updated');
    expect(updated).not.toContain('agent memory checked');
  });

  test('derive the changes of a quick ticket from the difference and the self review', () => {
    const changes = close(curated()).get('changes.md')!;
    expect(changes).toContain('> It greets.');
    expect(changes).toContain(`| \`greeting.txt\` | added | 100644 | ${'c'.repeat(40)} |`);
    expect(changes).toContain('derived from the difference');
  });

  test('show a waiver loudly', () => {
    const bodies = curated();
    bodies.push({ kind: 'waived', by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' }, what: 'independent_review_complete', reason: 'Nobody else is here.' });
    expect(close(bodies).get('result.md')).toContain(
      '## WAIVED: this evidence is missing\n\n- **independent\\_review\\_complete** waived by human:Ada at 2026-11-21T08:00:14.000Z: Nobody else is here.');
  });

  test('hold every review, with all eight fields of a finding', () => {
    const bodies = curated();
    const review = bodies.findIndex((body) => body.kind === 'recorded' && body.record === 'review');
    const failing = structuredClone(bodies[review]) as Extract<Body, { kind: 'recorded'; record: 'review' }>;
    failing.document.verdict = 'fail';
    failing.document.findings = [{ id: 'F1', severity: 'major', path: 'greeting.txt' as RepoPath, expected: 'hello', actual: 'hullo', criterion: 'AC-1', evidence: 'line 1', repair: 'spell it' }];
    bodies.splice(review, 0, failing);
    const files = close(bodies);
    expect(files.get('review-1.md')).toContain('| F1 | major | `greeting.txt` | hello | hullo | AC-1 | line 1 | spell it |');
    expect(files.get('review-2.md')).toContain('| verdict | **pass** |');
  });

  test('tell the plan of a quick ticket from the ticket', () => {
    const plan = close(curated()).get('plan.md')!;
    expect(plan).toContain('- Write the greeting.');
    expect(plan).toContain('| AC-1 | The greeting is there. | P1 |');
    expect(plan).toContain('| P1 | `grep hello greeting.txt` |');
  });

  test('refuse to close what was never locked', () => {
    expect(() => closingRecords(fold(TICKET, []), [], { logs: LOGS, memory: [] })).toThrow('never locked');
  });
});

describe('foreign text in a record', () => {
  test.each([
    ['# Forged', '\\# Forged'],
    ['<script>x</script>', '\\<script\\>x\\</script\\>'],
    ['a | b', 'a \\| b'],
    ['[click](http://x)', '\\[click\\](http://x)'],
    ['1. one', '1\\. one'],
    ['---', '\\---'],
    ['    indented', 'indented'],
    ['one\n# two', 'one ↵ \\# two'],
    ['safe\u202eevil', 'safe⟨U+202E⟩evil'],
    ['bell\u0007', 'bell⟨U+0007⟩'],
    ['&lt;', '\\&lt;'],
  ])('%j stays text', (given, shown) => {
    expect(inline(given)).toBe(shown);
  });

  test('cannot leave its quotation', () => {
    expect(quoted('fine\n\n# Forged\n```\ncode')).toBe('> fine\n>\n> \\# Forged\n> \\`\\`\\`\n> code');
  });

  test('cannot end its code span or its cell', () => {
    expect(codeCell('a`b')).toBe('``a`b``');
    expect(codeCell('a|b')).toBe('`a\\|b`');
    expect(codeCell('a\\|b')).toBe('`a\\⟨U+007C⟩b`');
    expect(codeCell('`')).toBe('`` ` ``');
    expect(table(['x'], [[codeCell('one\ntwo')]])).toBe('| x |\n| --- |\n| `one ↵ two` |');
  });

  test('is cut at a line when there is too much of it', () => {
    const bytes = record(...Array.from({ length: 40 }, () => quoted('ä'.repeat(10_000))));
    expect(bytes.length).toBeLessThanOrEqual(262_144);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toMatch(/\(Cut here: the rest is in ledger\.jsonl\.\)\n$/);
  });
});
