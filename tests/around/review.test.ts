import { describe, expect, test } from 'vitest';
import { deliveredTicket } from '../support/delivered.js';
import { TICKET } from '../support/sealed.js';
import { story } from '../support/story.js';
import { workshop } from '../support/workshop.js';

const PATH = `docs/review/${TICKET}.md`;
const codes = (answer: { problems: { code: string }[] }): string[] => answer.problems.map(({ code }) => code);

describe('review write', () => {
  test('writes a delivered ticket from its sealed ledger, the same bytes each time, and over nobody’s edit', async () => {
    const { bench } = await deliveredTicket();
    const shown = await bench.json('review', 'write', TICKET, '--dry-run');
    expect(await bench.git('status', '--porcelain')).toBe('');
    const written = await bench.json('review', 'write', TICKET);
    expect(written).toMatchObject({ exit: 0, answer: { schema: 'cxw/review-write@1', data: { path: PATH }, next: ['cxw progress update', `cxw validate ${PATH}`] } });
    expect(await bench.read(PATH)).toBe(shown.answer.data.text);
    expect((await bench.json('review', 'write', TICKET)).exit).toBe(0);
    expect((await bench.json('validate', PATH)).answer.problems).toEqual([]);

    await bench.write(PATH, (await bench.read(PATH)).replace('| `greeting.txt` | new | code |', '| `farewell.txt` | new | code |'));
    const { exit, answer } = await bench.json('validate');
    expect([exit, answer.problems.map((one: { code: string; message: string; line: number }) => [one.code, one.message, one.line])]).toEqual([3, [
      ['review-file-missing', `greeting.txt is not listed, and ${TICKET} changed it.`, 12], ['review-file-added', `farewell.txt is listed, and ${TICKET} did not change it.`, 16],
    ]]);
    const again = await bench.json('review', 'write', TICKET);
    expect([again.exit, codes(again.answer)]).toEqual([4, ['review-there']]);
    expect(await bench.read(PATH)).toContain('farewell');
    expect((await bench.json('review', 'write', TICKET, '--replace')).exit).toBe(0);
    expect(await bench.read(PATH)).toBe(shown.answer.data.text);
  });

  test('takes words as YAML, with every fault at its place; a new decision must be drafted first', async () => {
    const { bench } = await deliveredTicket();
    await bench.write('words.yaml', 'summary: It greets.\nnew_adr: maybe\nopen_question: [x]\n');
    const wrong = await bench.json('review', 'write', TICKET, '--from', 'words.yaml');
    expect([wrong.exit, wrong.answer.problems.map((one: { code: string; line: number }) => [one.code, one.line])]).toEqual([3, [['wrong-value', 2], ['unknown-key', 3]]]);
    await bench.write('words.yaml', 'new_adr: yes\nconformance: [{ criterion: AC-7, holds: yes }]\n');
    expect(codes((await bench.json('review', 'write', TICKET, '--from', 'words.yaml')).answer)).toEqual(['review-words-denied', 'review-adr-missing']);

    await bench.write('words.yaml', 'new_adr: yes\nopen_questions: [Which languages?]\n');
    const undecided = await bench.json('review', 'write', TICKET, '--from', 'words.yaml');
    expect(undecided.answer.next).toEqual([`cxw adr new TITLE --origin ${TICKET}`]);
    expect((await bench.json('adr', 'new', 'Greet in one language', '--origin', TICKET)).exit).toBe(0);
    expect((await bench.cxwWith({ input: await bench.read('words.yaml') }, 'review', 'write', TICKET, '--from', '-')).exit).toBe(0);
    expect(await bench.read(PATH)).toContain('New ADR required: yes');
    expect((await bench.json('validate', 'docs')).answer.problems).toEqual([]);
  });

  test('is not for a ticket without a change; and a review may be written while another ticket is under way', async () => {
    const bench = await workshop({ 'a.txt': 'before\n' });
    await bench.cxw('init', '--prove', 'true', '--delivery', 'commit');
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'Set up');
    await bench.cxw('ticket', 'new', '--quick', 'Change it', '--file', 'a.txt', '--accept', 'It shall be changed.', '--prove', 'grep -q after a.txt', '--plan', 'Change it.', '--why', 'One word.');
    expect(codes((await bench.json('review', 'write')).answer)).toEqual(['too-early']);
    await bench.cxw('advance', '--until-blocked');
    await bench.write('a.txt', 'after\n');
    await bench.write('docs/review/other.md', '# Another\n');
    await bench.write('docs/progress/index.md', '# Progress\n');
    const moved = await bench.json('advance', '--until-blocked');
    expect(moved.answer.data.state).toBe('focused_tests_passed');
    const written = await bench.json('review', 'write');
    expect(written.exit).toBe(0);
    expect(await bench.read(written.answer.data.path)).toContain('| P1 | `grep -q after a.txt` | ');
    expect((await bench.json('validate', 'docs/review')).answer.problems).toEqual([]);
  });
});

test('a repair that was to come with a test is accepted when a test was touched since', async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--file', 'greet.test.js', '--prove', 'node --test greet.test.js'] });
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.json('advance', '--until-blocked');
  await told.selfReview();
  await told.write('../points.yaml', 'points: [{ text: It crashes without a name, path: greet.js }]\n');
  const { next } = await told.ok('review', 'fix', '--points', '../points.yaml');
  expect(next[0]).toContain("--finding 'major greet.js: It crashes without a name (repair it with a test)'");
  const finding = 'major greet.js: It crashes without a name (repair it with a test)';
  await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'Not yet.', '--finding', finding);

  const repaired = async (path: string, more: string): Promise<void> => {
    await told.ok('rework');
    await told.write(path, `${await told.read(path)}${more}`);
    await told.json('advance', '--until-blocked');
    await told.selfReview();
    await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', await told.digest(), '--summary', 'Repaired.', '--clears', 'F1');
  };
  await repaired('greet.js', '// A name is always there.\n');
  const { problems } = await told.refused('repair-untested', 'advance', '--until-blocked');
  expect(problems[0]).toMatchObject({ code: 'repair-untested', fix: { command: `cxw rework ${told.ticket}` } });
  await repaired('greet.test.js', "test('greets nobody', () => equal(greet(''), 'Hello, !'));\n");
  expect((await told.ok('advance', '--until-blocked')).data.entered).toContain('repair_loop_complete_or_not_needed');
});
