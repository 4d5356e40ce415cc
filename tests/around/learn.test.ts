import { describe, expect, test } from 'vitest';
import { deliveredTicket } from '../support/delivered.js';
import { TICKET } from '../support/sealed.js';
import { workshop, type Workshop } from '../support/workshop.js';

const codes = (answer: { problems: { code: string }[] }): string[] => answer.problems.map(({ code }) => code);

/** A repository with a ticket whose change was made and proved. */
async function underWay(): Promise<Workshop> {
  const bench = await workshop({ 'a.txt': 'before\n' });
  await bench.cxw('init', '--prove', 'true', '--delivery', 'commit');
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'Set up');
  await bench.cxw('ticket', 'new', '--quick', 'Change it', '--id', 'TKT-2026-11-21-it', '--file', 'a.txt', '--accept', 'It shall be changed.', '--prove', 'grep -q after a.txt', '--plan', 'Change it.', '--why', 'One word.');
  await bench.cxw('advance', '--until-blocked');
  await bench.write('a.txt', 'after\n');
  await bench.cxw('advance', '--until-blocked');
  return bench;
}

describe('learn', () => {
  test('keeps lessons with date and source, once each, as memory that the ticket’s curation delivers, and later briefs hold them', async () => {
    const bench = await underWay();
    const { exit, answer } = await bench.json('learn', '--pattern', 'Grep before you edit.', '--pattern', 'One word at a time.', '--quality-bar', 'Every greeting has a test.');
    expect([exit, answer.schema, answer.next]).toEqual([0, 'cxw/learn@1', ['cxw record curation TKT-2026-11-21-it --memory agent/PATTERNS.md --memory agent/QUALITY_BAR.md']]);
    expect(await bench.read('agent/PATTERNS.md')).toMatch(/^# Patterns\n\n.*\n\n- \d{4}-\d\d-\d\d \(TKT-2026-11-21-it\): Grep before you edit\.\n- \d{4}-\d\d-\d\d \(TKT-2026-11-21-it\): One word at a time\.\n$/);
    expect((await bench.json('learn', '--pattern', 'Grep before you edit.')).answer.data).toMatchObject({ written: [], known: ['Grep before you edit.'] });
    expect((await bench.json('validate', 'agent')).answer.problems).toEqual([]);
    expect((await bench.json('advance', '--until-blocked')).answer.problems.map(({ code }: { code: string }) => code)).not.toContain('outside-scope');
    expect((await bench.json('brief', 'writer')).answer.data.text).toContain('Every greeting has a test.');
  });

  test('refuses secrets and unsaid words before anything is written; names no secret; and does not touch what it cannot read', async () => {
    const bench = await underWay();
    const secret = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
    const { exit, answer } = await bench.json('learn', '--pattern', 'Fine.', '--mistake', `Used ${secret}`, '--source', 'a (talk)');
    expect([exit, codes(answer)]).toEqual([4, ['learn-value-invalid', 'learn-value-invalid']]);
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(codes((await bench.json('learn')).answer)).toEqual(['learn-nothing']);
    await bench.write('agent/MISTAKES.md', Buffer.from([0x23, 0x20, 0xff, 0x0a]));
    expect((await bench.json('learn', '--pattern', 'Fine.', '--mistake', 'Wrote latin-1.')).exit).toBe(3);
    expect(await bench.git('status', '--porcelain', '--', 'agent')).toBe('?? agent/MISTAKES.md');

    await bench.write('agent/MISTAKES.md', `# Mistakes\n\n- Undated.\n- 2026-11-21 (Ada): token = ${secret}\n`);
    const told = await bench.cxw('validate', 'agent');
    expect([told.exit, told.stdout.match(/memory-\w+/g)]).toEqual([3, ['memory-undated', 'memory-secret']]);
    expect(told.stdout).not.toContain(secret);
  });

  test('--worth weighs a ticket and writes nothing', async () => {
    const { bench } = await deliveredTicket();
    const { answer } = await bench.json('learn', TICKET, '--worth');
    expect(answer.data).toEqual({ ticket: TICKET, worth: false, reasons: [], against: ['it is a change of one file'] });
    expect(await bench.git('status', '--porcelain')).toBe('');
  });
});

describe('review fix', () => {
  const points = 'points:\n  - { text: It crashes on an empty name, path: a.txt }\n  - { text: Rename it, class: style }\n  - { text: This belongs in another layer }\n';

  test('routes each point: repairs become findings of the change, questions become drafts of decisions; the commands that it names work', async () => {
    const bench = await underWay();
    const { exit, answer } = await (async () => {
      const ran = await bench.cxwWith({ input: points }, 'review', 'fix', '--points', '-', '--json');
      return { exit: ran.exit, answer: JSON.parse(ran.stdout) };
    })();
    expect(exit).toBe(0);
    expect(answer.data.points.map((one: { class: string; route: string; path?: string }) => [one.class, one.route, one.path])).toEqual([
      ['logic', 'repair with a test', 'a.txt'], ['style', 'repair', undefined], ['architecture', 'open question', undefined],
    ]);
    expect(answer.next).toHaveLength(2);
    expect(answer.next[1]).toBe("cxw adr new 'This belongs in another layer' --origin TKT-2026-11-21-it");
    expect(answer.next[0]).toContain("--finding 'major a.txt: It crashes on an empty name (repair it with a test)' --finding 'minor Rename it'");
    expect(await bench.git('status', '--porcelain')).toBe(' M a.txt\n?? tickets/TKT-2026-11-21-it.yaml');
    const flags = [...answer.next[0].matchAll(/--finding '([^']*)'/g)].flatMap(([, words]) => ['--finding', words!]);
    const digest = /--change-set (\S+)/.exec(answer.next[0])![1]!;
    const recorded = await bench.json('record', 'review', 'TKT-2026-11-21-it', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', digest, '--summary', 'See the points.', ...flags);
    expect(recorded.answer.data).toMatchObject({ verdict: 'fail', openFindings: ['F1', 'F2'] });
  });

  test('of a delivered ticket, repairs become a ticket; a fault in the points is told at its place', async () => {
    const { bench } = await deliveredTicket();
    await bench.write('points.yaml', points);
    const { answer } = await bench.json('review', 'fix', TICKET, '--points', 'points.yaml');
    expect(answer.next[0]).toMatch(/^cxw ticket new 'Repair what the review of .* found' --kind bugfix --allow a\.txt --accept 'Repaired: It crashes on an empty name \(a test shows it\)' --accept 'Repaired: Rename it' --why /);
    await bench.write('points.yaml', 'points:\n  - { text: x, class: taste }\n');
    expect((await bench.json('review', 'fix', TICKET, '--points', 'points.yaml')).answer.problems).toMatchObject([{ code: 'wrong-value', line: 2 }]);
  });
});
