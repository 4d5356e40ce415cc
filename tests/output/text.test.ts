import { describe, expect, test } from 'vitest';
import { done, no } from '../../src/domain/outcome.js';
import { complain, refuse } from '../../src/domain/problem.js';
import type { State } from '../../src/domain/road.js';
import { answerOf } from '../../src/output/answer.js';
import { openPaint } from '../../src/output/paint.js';
import { textOf } from '../../src/output/text/index.js';

const plain = { paint: await openPaint({ colour: false, unicode: true }), unicode: true, width: 80, agent: false };
const shown = (outcome: Parameters<typeof answerOf>[0]) => textOf(answerOf(outcome), plain);

describe('an answer as text', () => {
  test.each<[State, string | undefined, string]>([
    ['context_curated', undefined, 'not begun'], ['explicit_paths_staged', undefined, 'begun, not committed'], ['committed', 'c'.repeat(40), 'committed, not pushed'],
  ])('at %s a delivery is told as what it is', async (state, commit, words) => {
    const delivery = { mode: 'commit-push', branch: 'refs/heads/main', commit, pushed: false, confirmed: false };
    expect(await shown(done('status', { ticket: 'T', state, delivery, completed: [], stale: [] }, []))).toContain(`commit-push to main, ${words}`);
  });

  test('says what happened, then every reason with its commands, then what comes next', async () => {
    const outcome = no('refused', 'advance', { ticket: 'TKT-2026-11-21-fix', state: 'writer_assigned', entered: [] }, [
      refuse('no-policy', {}),
      refuse('no-ticket', {}),
    ]);
    expect(await shown(outcome)).toBe([
      'TKT-2026-11-21-fix stays: writer_assigned (5 of 17).',
      '',
      '✗ There is no .cxw/policy.yaml: cxw is not set up in this repository.  no-policy',
      '    → cxw init',
      '✗ No ticket is under way here, and tickets/ holds none that is open.  no-ticket',
      '    → cxw ticket new --quick TITLE --file PATH',
      '',
      'Next   cxw init',
      '       cxw ticket new --quick TITLE --file PATH',
      '',
    ].join('\n'));
  });

  test('shows a command once when it is the only reason', async () => {
    expect(await shown(no('refused', 'status', {}, [refuse('no-policy', {})]))).toBe(
      '✗ There is no .cxw/policy.yaml: cxw is not set up in this repository.  no-policy\n\nNext   cxw init\n');
  });

  test.each([
    ['uninstall', { dryRun: false, purged: false, files: [{ path: 'a', action: 'remove' }] }],
    ['adr index', { path: 'docs/decisions/index.md', dryRun: false }],
    ['progress update', { dryRun: false, files: [], completed: [], archived: [] }],
    ['ticket escalate', { ticket: 'T', path: 'tickets/T.yaml', dryRun: false, diff: '+class: standard' }],
  ])('claims nothing beside a refusal: %s', async (command, data) => {
    expect(await shown(done(command, data, []))).toContain('✓');
    expect(await shown(no('refused', command, data, [refuse('no-policy', {})]))).not.toContain('✓');
  });

  test.each([false, true])('claims no removal where there was nothing to remove (dry run: %s)', async (dryRun) => {
    const kept = { path: 'a', action: 'keep' };
    expect(await shown(done('uninstall', { dryRun, purged: !dryRun, files: [kept] }, []))).toBe('  keep  a\nThere is nothing to remove.\n');
  });

  test('shows the ways of its only reason in their order and in one place, however many there are', async () => {
    const to = { ticket: 'TKT-2026-11-21-fix', branch: 'refs/heads/main', remote: 'origin', ref: 'refs/heads/main' };
    const back = refuse('remote-went-back', { ...to, tip: 'a'.repeat(40), parent: 'b'.repeat(40), commits: [] });
    const outcome = no('refused', 'deliver', {}, [back]);
    expect(outcome.next).toEqual(back.commands.slice(0, 2));
    const text = await shown(outcome);
    expect(text.slice(text.indexOf('Next'))).toBe(`Next   ${back.commands.join('\n       ')}\n`);
    expect(text).not.toContain('→');
  });

  test('shows the ways of its only reason whole, where the answer ends with others', async () => {
    const gone = refuse('ticket-ended', { ticket: 'TKT-2026-11-21-fix', how: 'done' });
    const text = await shown(no('refused', 'advance', {}, [gone], gone.commands.slice(1)));
    expect(text).toContain(`    → ${gone.commands[0]}\n    → ${gone.commands[1]}\n\nNext   ${gone.commands[1]}\n`);
  });

  test('shows nothing of a ticket that was not found', async () => {
    expect(await shown(no('refused', 'status', { completed: [], stale: [] }, [refuse('ticket-unknown', { given: 'nosuch', near: [] })]))).toMatch(/^✗ .*nosuch/);
  });

  test('shows where a problem of a document is', async () => {
    const problem = complain('no-policy', {}, { file: 'tickets/a.yaml', line: 4, column: 8 });
    expect(await shown(no('invalid', 'validate', {}, [problem]))).toContain('tickets/a.yaml:4:8');
  });

  test('marks the place in its line', async () => {
    const problem = complain('no-policy', {}, { file: 'tickets/a.yaml', line: 2, column: 8, endColumn: 12, source: 'id: x\nclass: quik\n', label: 'did you mean quick?' });
    expect(await shown(no('invalid', 'validate', {}, [problem]))).toContain('    2 │ class: quik\n      │        ^^^^ did you mean quick?\n');
  });

  test('escapes what comes from outside', async () => {
    const outcome = done('unblock', { ticket: 'T\u001b[2J', state: 'writer_assigned' }, ['cxw status \u202e']);
    const text = await shown(outcome);
    expect(text).toContain('T\\u{1b}[2J goes on');
    expect(text).toContain('cxw status \\u{202e}');
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });

  test('is never blank, even for a command without words of its own', async () => {
    const outcome = done('novelty', { ticket: 'TKT-1', openFindings: ['F1', 'F2'], parts: [{ path: 'a', added: true }] });
    expect(await shown(outcome)).toBe('ticket         TKT-1\nopen findings  F1, F2\nparts\n  path a, added yes\n');
  });
});
