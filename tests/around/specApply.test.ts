import { describe, expect, test } from 'vitest';
import { ownPath } from '../../src/domain/paths.js';
import { filled } from '../../src/domain/specs/template.js';
import { readSheet } from '../../src/domain/specs/sheet.js';
import { shelfProblems } from '../../src/domain/specs/spec.js';
import { openAssets } from '../../src/world/assets.js';
import { attested, planned } from '../support/larger.js';
import { greetingTicket, GREETING, SPECCED, specced } from '../support/specced.js';
import { workshop, type Workshop } from '../support/workshop.js';

const TODAY = new Date().toISOString().slice(0, 10);
const SPEC = 'docs/specs/greeting/requirements.md';
const DELTA = 'docs/specs/changes/louder/delta.md';
const ARCHIVED = `docs/specs/archive/${TODAY}-louder`;
const HELLO = 'When a name is given, the greeter shall say "Hello".';
const SILENT = 'When no name is given, the greeter shall say nothing.';

const HEADS = {
  ADDED: '| id | status | requirement | text | how it is proved |', MODIFIED: '| id | status | requirement | it says now | it will say | how it is proved |',
  REMOVED: '| id | status | requirement | it says now | why |', RENAMED: '| id | status | requirement | new id | why |',
};
/** A delta with these rows; accepted, unless it is said otherwise. */
function delta(rows: Partial<Record<keyof typeof HEADS, string[]>>, { status = 'accepted', spec = 'greeting' } = {}): string {
  const tables = Object.entries(rows).map(([section, lines]) => `## ${section}\n\n${HEADS[section as keyof typeof HEADS]}\n${HEADS[section as keyof typeof HEADS].replace(/[^|]+/g, '---')}\n${lines.join('\n')}\n`);
  return `# Delta: Louder\n\n- Status: ${status}\n- Spec: ${spec}\n\n${tables.join('\n')}`;
}
async function room(files: Record<string, string>): Promise<Workshop> {
  return workshop({ '.cxw/policy.yaml': 'schema_version: 1\ndelivery: { mode: none }\n', ...GREETING, ...files });
}
async function applied(bench: Workshop, ...args: string[]): Promise<{ exit: number; codes: string[]; answer: any }> {
  const { exit, answer } = await bench.json('spec', 'apply', 'louder', ...args);
  return { exit, answer, codes: answer.problems.map(({ code }: { code: string }) => code) };
}
const ADD = String.raw`| ADD-001 | accepted | REQ-003 | When asked to, the greeter shall shout a \| b. | P1 |`;

describe('spec apply', () => {
  test('adds, modifies, removes and renames, and touches no other byte; then it archives', async () => {
    const bench = await room({
      [DELTA]: delta({
        ADDED: [ADD, '| ADD-002 | accepted | REQ-004 | When asked to, the greeter shall whisper. | |'],
        MODIFIED: [`| MOD-001 | accepted | REQ-001 | ${HELLO} | When a name is given, the greeter shall say "Hi". | |`],
        RENAMED: ['| REN-001 | accepted | REQ-002 | REQ-020 | Room. |'],
        REMOVED: ['| REM-001 | superseded | REQ-001 | x | y |'],
      }),
      'docs/specs/changes/louder/notes/why.txt': 'Because.\n',
    });
    const before = await bench.read(SPEC);
    const plan = await applied(bench, '--dry-run');
    expect([plan.exit, plan.codes, plan.answer.data.archive, plan.answer.next]).toEqual([0, [], ARCHIVED, ['cxw spec apply louder']]);
    expect(await bench.git('status', '--short')).toBe('');

    expect((await applied(bench)).exit).toBe(0);
    expect(await bench.read(SPEC)).toBe(before.replace('say "Hello"', 'say "Hi"').replace('| REQ-002 |', '| REQ-020 |').replace('shall say nothing. | |\n',
      String.raw`shall say nothing. | |
| REQ-003 | accepted | When asked to, the greeter shall shout a \| b. | P1 |
| REQ-004 | accepted | When asked to, the greeter shall whisper. |  |
`));
    expect(await bench.read('docs/specs/greeting/tasks.md')).toBe(GREETING['docs/specs/greeting/tasks.md']!.replace('REQ-002', 'REQ-020'));
    expect(await bench.read(`${ARCHIVED}/notes/why.txt`)).toBe('Because.\n');
    expect(await bench.git('ls-files', '--deleted')).toBe(`${DELTA}\ndocs/specs/changes/louder/notes/why.txt`);
    expect((await bench.json('validate')).answer.data).toMatchObject({ errors: 0 });
    expect((await applied(bench)).codes).toEqual(['change-unknown']);
  });

  test.each(['\n', '\r\n'])('takes out the last row, and adds one where it was (%j)', async (end) => {
    const bench = await room({ [DELTA]: delta({ ADDED: [ADD], REMOVED: [`| REM-001 | accepted | REQ-002 | ${SILENT} | Nobody needs it. |`] }) });
    await bench.write('docs/specs/greeting/tasks.md', (await bench.read('docs/specs/greeting/tasks.md')).replace('REQ-002', 'all'));
    await bench.write(SPEC, (await bench.read(SPEC)).trimEnd().replaceAll('\n', end));
    expect((await applied(bench)).codes).toEqual([]);
    expect((await bench.read(SPEC)).split(end).slice(9)).toEqual([`| REQ-001 | accepted | ${HELLO} | P1 |`, String.raw`| REQ-003 | accepted | When asked to, the greeter shall shout a \| b. | P1 |`, '']);
  });

  test.each<[string, string, string]>([
    ['delta-not-accepted', 'as a whole', delta({ ADDED: [ADD] }, { status: 'proposed' })],
    ['delta-not-accepted', 'in a row', delta({ ADDED: [ADD.replace('accepted', 'proposed')] })],
    ['delta-empty', 'without rows', delta({})],
    ['change-spec-missing', 'to a spec that is not there', delta({ ADDED: [ADD] }, { spec: 'gone' })],
    ['delta-stale', 'to a text that is not there', delta({ MODIFIED: ['| MOD-001 | accepted | REQ-001 | It shall say "Hey". | It shall say "Hi". | |'] })],
    ['delta-stale', 'to a requirement that is not there', delta({ MODIFIED: ['| MOD-001 | accepted | REQ-009 | a | b | |'] })],
    ['delta-stale', 'that removes another text', delta({ REMOVED: ['| REM-001 | accepted | REQ-002 | other | why |'] })],
    ['delta-stale', 'that adds what is there', delta({ ADDED: [ADD.replace('REQ-003', 'REQ-001')] })],
    ['delta-stale', 'that renames to what is there', delta({ RENAMED: ['| REN-001 | accepted | REQ-001 | REQ-002 | why |'] })],
    ['delta-conflict', 'that contradicts itself', delta({ MODIFIED: [`| MOD-001 | accepted | REQ-001 | ${HELLO} | a | |`], REMOVED: [`| REM-001 | accepted | REQ-001 | ${HELLO} | b |`] })],
    ['delta-breaks-spec', 'that removes what a task names', delta({ REMOVED: [`| REM-001 | accepted | REQ-002 | ${SILENT} | b |`] })],
    ['delta-breaks-spec', 'with a proof that is not there', delta({ ADDED: [ADD.replace('P1', 'P7')] })],
  ])('refuses, %s, a change %s, and writes nothing', async (code, _, text) => {
    const bench = await room({ [DELTA]: text });
    expect(await applied(bench)).toMatchObject({ exit: 4, codes: [code] });
    expect(await bench.git('status', '--short')).toBe('');
  });

  test('refuses one that is invalid, or leads through a link', async () => {
    const bench = await room({ [DELTA]: delta({ ADDED: ['| ADD-001 | accepted | REQ-003 | x |'] }) });
    expect(await applied(bench)).toMatchObject({ exit: 3, codes: ['spec-row-uneven'] });
    await bench.write(DELTA, delta({ ADDED: [ADD] }));
    await bench.link('docs/specs/changes/louder/link.md', '../../greeting/design.md');
    expect(await applied(bench)).toMatchObject({ exit: 4, codes: ['path-through-link'] });
  });

  test('changes several specs at once, all of them or none; every row says of which it speaks', async () => {
    const other = 'docs/specs/parting/requirements.md';
    const rows = {
      ADDED: [ADD.replace('REQ-003', 'greeting#REQ-003'), '| ADD-002 | accepted | parting#REQ-003 | When asked to, the greeter shall wave. | |'],
      MODIFIED: [`| MOD-001 | accepted | parting#REQ-001 | ${HELLO} | When a name is given, the greeter shall say "Bye". | |`],
      RENAMED: ['| REN-001 | accepted | parting#REQ-002 | parting#REQ-020 | Room. |'],
    };
    const bench = await room({ [DELTA]: delta(rows, { spec: 'greeting, parting' }), [other]: GREETING[SPEC]!.replace('# Requirements: Greeting', '# Requirements: Parting').replace('| P1 |', '| look at it |') });
    expect((await bench.json('validate', 'docs/specs/changes')).exit).toBe(0);

    await bench.write(other, (await bench.read(other)).replace('"Hello"', '"Goodbye"'));
    const before = await bench.read(SPEC);
    expect(await applied(bench)).toMatchObject({ exit: 4, codes: ['delta-stale'] });
    expect(await bench.read(SPEC)).toBe(before);
    await bench.write(other, (await bench.read(other)).replace('"Goodbye"', '"Hello"'));

    const { answer } = await applied(bench);
    expect(answer.data).toMatchObject({ specs: ['greeting', 'parting'], files: [{ path: SPEC }, { path: other }] });
    expect(await bench.read(SPEC)).toBe(before.replace('shall say nothing. | |\n', `shall say nothing. | |\n${ADD.replace('ADD-001 | accepted | REQ-003', 'REQ-003 | accepted').replace('| ADD', '|')}\n`));
    expect(await bench.read(other)).toContain('| REQ-001 | accepted | When a name is given, the greeter shall say "Bye". | look at it |\n| REQ-020 | proposed |');
    expect(await bench.read(other)).toContain('| REQ-003 | accepted | When asked to, the greeter shall wave. |  |\n');

    await bench.write(DELTA, delta({ ADDED: [ADD, ADD.replaceAll('001', '002').replace('REQ-003', 'elsewhere#REQ-003')] }, { spec: 'greeting, parting' }));
    expect(await applied(bench)).toMatchObject({ exit: 3, codes: ['delta-spec-unclear', 'delta-spec-unclear'] });
    await bench.write(DELTA, delta({ ADDED: [ADD] }, { spec: 'greeting, gone' }));
    expect((await applied(bench)).answer.problems[0].message).toContain('names gone, and there is no such spec');
  });

  test.each([['docs/specs/**', []], ['docs/specs/greeting/**', ['apply-outside-scope']]])('while a ticket is under way writes only what its scope covers: %s', async (allowed, codes) => {
    const told = await specced({ [DELTA]: delta({ ADDED: [ADD] }), [`tickets/${SPECCED}.yaml`]: greetingTicket({ allowed: `[greet.js, '${allowed}']` }) });
    await planned(told, SPECCED);
    await told.ok('advance', '--until-blocked');
    await told.fix();
    const before = await told.git('status', '--short');
    const { answer, ...found } = await applied(told);
    expect(found.codes).toEqual(codes);
    if (codes.length > 0) {
      expect(answer.problems[0].message).toContain(`${SPECCED} owns the changes in this worktree`);
      expect(await told.git('status', '--short')).toBe(before);
      return;
    }
    await attested(told, SPECCED);
    await told.ok('deliver');
    expect(await told.git('show', '--name-only', '--format=', 'HEAD')).toContain(`${ARCHIVED}/delta.md`);
    expect(await told.git('status', '--short')).toBe('');
  });

  test('of two changes to one requirement neither is applied, and validate warns of both', async () => {
    const text = delta({ MODIFIED: [`| MOD-001 | accepted | REQ-001 | ${HELLO} | When a name is given, it shall say "Hi". | |`] });
    const bench = await room({ [DELTA]: text, 'docs/specs/changes/softer/delta.md': text.replace('accepted', 'proposed') });
    expect((await applied(bench)).codes).toEqual(['delta-conflict']);
    const { answer } = await bench.json('validate');
    expect(answer).toMatchObject({ ok: true, problems: [{ code: 'delta-conflict', file: DELTA, severity: 'warning' }, { code: 'delta-conflict', severity: 'warning' }] });
    await bench.write('docs/specs/changes/softer/delta.md', text.replace('accepted', 'superseded'));
    expect((await applied(bench)).codes).toEqual([]);
  });

  test('cut short anywhere, it is completed by the next run', async () => {
    const text = delta({ ADDED: [ADD], MODIFIED: [`| MOD-001 | accepted | REQ-001 | ${HELLO} | When a name is given, it shall say "Hi". | |`], RENAMED: ['| REN-001 | accepted | REQ-002 | REQ-020 | Room. |'] });
    const bench = await room({ [DELTA]: text });
    expect((await applied(bench)).exit).toBe(0);
    const [after, tasks] = [await bench.read(SPEC), await bench.read('docs/specs/greeting/tasks.md')];
    for (const [spec, task] of [[GREETING[SPEC]!, GREETING['docs/specs/greeting/tasks.md']!], [after, GREETING['docs/specs/greeting/tasks.md']!], [after, tasks]] as const) {
      await bench.write(DELTA, text);
      await bench.write(SPEC, spec);
      await bench.write('docs/specs/greeting/tasks.md', task);
      expect((await applied(bench)).codes).toEqual([]);
      expect([await bench.read(SPEC), await bench.read('docs/specs/greeting/tasks.md')]).toEqual([after, tasks]);
      expect(await bench.git('ls-files', '--deleted')).toBe(DELTA);
    }
  });
});

describe('spec new --change', () => {
  test('makes a delta, which is valid, and names the only spec', async () => {
    const bench = await room({});
    const { exit, answer } = await bench.json('spec', 'new', '--change', 'louder', '--title', 'Louder');
    expect([exit, answer.data]).toEqual([0, { name: 'louder', files: [DELTA] }]);
    expect(await bench.read(DELTA)).toContain(`- Delta ID: DELTA-${TODAY}-louder\n- Status: proposed <!-- unknown, proposed, accepted, superseded -->\n- Spec: greeting\n`);
    expect((await bench.json('validate')).answer).toMatchObject({ ok: true, data: { errors: 0, warnings: 0 } });
    expect((await bench.json('spec', 'list')).answer.data.changes).toEqual([{ id: 'louder', path: 'docs/specs/changes/louder', title: 'Louder', status: 'proposed', spec: 'greeting', items: 0 }]);
    expect((await bench.json('spec', 'new', '--change', 'louder', '--spec', 'greeting')).answer.problems[0].code).toBe('spec-exists');
    expect((await bench.json('spec', 'new', '--change', 'softer', '--spec', 'greting')).answer.problems[0].code).toBe('spec-unknown');
    await bench.cxw('spec', 'new', 'other');
    expect((await bench.json('spec', 'new', '--change', 'softer')).answer.problems[0].code).toBe('change-spec-missing');
  });

  test('its template is valid once it is filled', async () => {
    const template = (await openAssets().templates([])).find(({ path }) => path.endsWith('docs/specs/_templates/delta.md'))!;
    const sheet = readSheet('delta', ownPath(DELTA), filled(template.content.toString(), { feature: 'Louder', name: 'louder', date: TODAY, ticket: 'unknown', spec: 'greeting' }));
    expect(shelfProblems({ specs: [], changes: [{ id: 'louder', folder: ownPath('docs/specs/changes/louder'), delta: sheet }], unread: [] })).toEqual([]);
    expect(Object.values(sheet.grids).map((grids) => grids.length)).toEqual([1, 1, 1, 1]);
  });
});
