import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workshop, type Workshop } from '../support/workshop.js';

/** A repository that cxw was set up in. */
async function bench(): Promise<Workshop> {
  const it = await workshop();
  await it.cxw('init', '--prove', 'true');
  await it.git('add', '--all');
  await it.git('commit', '--quiet', '--message', 'Set up');
  return it;
}

const codes = (answer: { problems: { code: string }[] }): string[] => answer.problems.map(({ code }) => code);
const FIRST = 'docs/decisions/0001-keep-facts-in-files.md';
const SECOND = 'docs/decisions/0002-keep-facts-in-a-database.md';
const INDEX = 'docs/decisions/index.md';

/** Words in place of the template's. */
async function write(it: Workshop, path: string): Promise<void> {
  const text = await it.read(path);
  await it.write(path, text.replace(/## Problem\n\n.*\n/, '## Problem\n\nFacts get lost.\n').replace(/## Decision\n\n.*\n/, '## Decision\n\nKeep them.\n').replace(/## Consequences\n\n.*\n/, '## Consequences\n\nMore files.\n'));
}

describe('adr', () => {
  test.each([[['new']], [['supersede', '1']]])('%j completes the record that a run which was cut short left without its line in the index', async (words) => {
    const it = await bench();
    await it.json('adr', 'new', 'Keep facts in files');
    const before = await it.read(INDEX);
    const { answer: first } = await it.json('adr', ...words, 'Keep facts in a database');
    const after = await it.read(INDEX);
    await it.write(INDEX, before);
    const again = await it.json('adr', ...words, 'Keep facts in a database');
    expect(again).toMatchObject({ exit: 0, answer: { data: { number: first.data.number, path: SECOND, files: [{ path: INDEX, action: 'update' }] } } });
    expect(await it.read(INDEX)).toBe(after);
    expect((await it.json('adr', ...words, 'Keep facts in a database')).answer.data.number).toBe(3);
  });

  test('from a title to an accepted record, superseded by another; validate finds nothing wrong on the way', async () => {
    const it = await bench();
    const made = await it.json('adr', 'new', 'Keep facts in files', '--tag', 'persistence', '--origin', 'a talk on Monday');
    expect(made).toMatchObject({ exit: 0, answer: { schema: 'cxw/adr-new@1', data: { number: 1, path: FIRST, status: 'Draft', tags: ['persistence'] }, next: ['cxw adr accept 1'] } });
    expect((await it.json('validate')).exit).toBe(0);

    const early = await it.json('adr', 'accept', '1');
    expect([early.exit, codes(early.answer)]).toEqual([4, ['adr-unwritten']]);
    expect(early.answer.next[0]).toMatch(/^cxw adr accept \d+$/);
    expect(early.answer.problems[0].line).toBeGreaterThan(1);
    await write(it, FIRST);
    expect((await it.json('adr', 'accept', 'ADR-0001')).answer.data).toMatchObject({ status: 'Accepted', files: [{ path: FIRST, action: 'update' }, { path: INDEX, action: 'update' }] });

    const next = await it.json('adr', 'supersede', '1', 'Keep facts in a database');
    expect(next.answer.data).toMatchObject({ number: 2, tags: ['persistence'], files: [{ action: 'create' }, { path: INDEX }] });
    expect(await it.read(FIRST)).toContain('- Status: Accepted ');
    expect((await it.json('adr', 'list', '--tag', 'persistence')).answer.data.decisions).toMatchObject([{ number: 1 }]);
    expect((await it.json('validate')).answer.problems).toEqual([]);
    const other = await it.json('adr', 'supersede', '1', 'Keep facts nowhere');
    await write(it, SECOND);
    expect((await it.json('adr', 'accept', '2')).answer.data.files).toMatchObject([{ path: SECOND }, { path: FIRST }, { path: INDEX }]);
    await write(it, other.answer.data.path);
    expect(codes((await it.json('adr', 'accept', '3')).answer)).toEqual(['adr-revises-settled']);
    expect(await it.read(FIRST)).toContain('- Status: Revised ');
    expect(await it.read(FIRST)).toContain('- Revised by: [ADR-0002](0002-keep-facts-in-a-database.md)\n');
    expect(await it.read(SECOND)).toContain('- Revises: [ADR-0001](0001-keep-facts-in-files.md)\n');
    expect((await it.json('validate')).answer.problems).toEqual([]);
    expect(codes((await it.json('adr', 'supersede', '1', 'Once more')).answer)).toEqual(['adr-settled']);

    const { answer } = await it.json('adr', 'list');
    expect(answer.data.decisions.map((one: { number: number; status: string; revisedBy?: number[] }) => [one.number, one.status, one.revisedBy])).toEqual([[1, 'Revised', [2]], [2, 'Accepted', undefined], [3, 'Draft', undefined]]);
    expect((await it.json('adr', 'list', '--tag', 'persistence')).answer.data.decisions).toMatchObject([{ number: 2 }]);
  });

  test('--dry-run writes nothing', async () => {
    const it = await bench();
    expect((await it.json('adr', 'new', 'Keep facts in files', '--dry-run')).answer.data).toMatchObject({ dryRun: true, path: FIRST });
    await it.cxw('adr', 'index', '--dry-run');
    expect(await it.git('status', '--porcelain')).toBe('');
  });

  test('of many at once, each has a number of its own or is told that another is at work; and none is missing', async () => {
    const it = await bench();
    const titles = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
    let waiting = titles;
    while (waiting.length > 0) {
      const ran = await Promise.all(waiting.map(async (title) => ({ title, ...await it.json('adr', 'new', title) })));
      expect(ran.every(({ exit }) => exit === 0 || exit === 7)).toBe(true);
      waiting = ran.filter(({ exit }) => exit === 7).map(({ title }) => title);
    }
    const { answer } = await it.json('adr', 'list');
    expect(answer.data.decisions.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(answer.data.decisions.map(({ title }: { title: string }) => title).sort()).toEqual([...titles].sort());
    expect((await it.json('validate')).answer.problems).toEqual([]);
  });

  test('what cannot be meant is refused with what can', async () => {
    const it = await bench();
    expect(codes((await it.json('adr', 'accept', '7')).answer)).toEqual(['adr-unknown']);
    expect((await it.json('adr', 'new', 'x', '--tag', 'Data Base')).answer).toMatchObject({ exit: 4, problems: [{ code: 'adr-value-invalid' }] });
    expect((await it.json('adr', 'new', 'x', '--status', 'Revised')).exit).toBe(2);
  });

  test('an index that cannot be read is not written over', async () => {
    const it = await bench();
    const broken = Buffer.concat([Buffer.from(await it.read(INDEX)), Buffer.from([0xff, 0x0a])]);
    await it.write(INDEX, broken);
    for (const words of [['new', 'One'], ['index']]) expect((await it.json('adr', ...words)).answer).toMatchObject({ exit: 3, problems: [{ code: 'document-not-utf8', file: INDEX }] });
    expect(await it.gitBytes('hash-object', INDEX)).toEqual(await it.gitBytes('hash-object', '--no-filters', INDEX));
    expect(await it.git('status', '--porcelain')).toBe(` M ${INDEX}`);
  });

  test('a folder that is a link is not written through', async () => {
    const it = await bench();
    await cp(join(it.root, 'docs'), join(it.folder, 'elsewhere'), { recursive: true });
    await it.remove('docs');
    await it.link('docs', '../elsewhere');
    expect((await it.json('adr', 'new', 'Through a link')).answer).toMatchObject({ exit: 3, problems: [{ code: 'path-through-link' }] });
    expect((await it.json('adr', 'list')).answer.data).toEqual({ decisions: [] });
  });
});

describe('validate', () => {
  test('finds what was done to records and index by hand, each at its place, and adr index mends what can be mended', async () => {
    const it = await bench();
    for (const title of ['One', 'Two', 'Three']) await it.cxw('adr', 'new', title, '--tag', 'api');
    await it.remove('docs/decisions/0002-two.md');
    await it.write('docs/decisions/0003-again.md', (await it.read('docs/decisions/0003-three.md')).replace('Draft', 'Drafft'));
    await it.write('docs/decisions/9-nine.md', '# Nine\n');
    await it.write(INDEX, (await it.read(INDEX)).replace('| Three |', '| Four |'));
    const { answer } = await it.json('validate', 'docs/decisions');
    expect(answer.problems.map((one: { code: string; file?: string; line?: number }) => [one.code, one.file?.split('/').at(-1), one.line])).toEqual([
      ['adr-status-unknown', '0003-again.md', 4], ['adr-name-malformed', '9-nine.md', undefined],
      ['adr-number-gap', 'index.md', undefined], ['adr-index-extra', 'index.md', 8], ['link-broken', 'index.md', 8], ['adr-index-differs', 'index.md', 9],
    ]);
    expect(answer.exit).toBe(3);
    expect((await it.json('adr', 'index')).answer.data.diff).toContain('+| [0003](0003-three.md) | Three | Draft | api |');
    await it.remove('docs/decisions/0003-again.md');
    await it.remove('docs/decisions/9-nine.md');
    expect(codes((await it.json('validate', 'docs/decisions')).answer)).toEqual(['adr-number-gap', 'adr-index-extra', 'link-broken']);
  });

  test('follows every relative link of the written side', async () => {
    const it = await bench();
    await it.write('docs/progress/greeting.md', 'See [the plan](plans.md#one), [the map](/AGENTS.md), [docs](https://example.org/x).\n');
    await it.write('agent/STATE.md', '# State\n\nRead [the plan](../docs/plan.md) and [out](../../x).\n');
    await it.write('docs/other.md', '[not looked at](gone.md)\n');
    const { answer } = await it.json('validate');
    expect(answer.problems.map((one: { code: string; file: string; line: number; column: number }) => [one.code, one.file, one.line, one.column])).toEqual([
      ['link-broken', 'agent/STATE.md', 3, 17], ['link-broken', 'agent/STATE.md', 3, 44], ['link-broken', 'docs/progress/greeting.md', 1, 16],
    ]);
    expect((await it.json('validate', 'docs/progress/greeting.md')).answer.problems).toHaveLength(1);
  });
});
