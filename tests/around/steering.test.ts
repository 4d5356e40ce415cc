import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

const packText = (id: string, inclusion: string, rules = '', body = `The text of ${id}.`): string =>
  `---\nid: ${id}\ntitle: About ${id}\ninclusion: ${inclusion}\nrules: [${rules}]\n---\n\n${body}\n`;

async function withPacks(packs: Record<string, string>): Promise<Story> {
  const told = await story();
  for (const [name, text] of Object.entries(packs)) await told.write(`docs/steering/${name}.md`, text);
  return told;
}

const spots = ({ answer }: { answer: any }): unknown[] => answer.problems.map(({ code, severity, file, line, column }: any) => [code, severity, file, line, column]);

describe('validate', () => {
  test('finds each fault of a pack at its place', async () => {
    const told = await withPacks({
      plain: 'No front matter.\n',
      open: '---\nid: open\n',
      names: packText('other', '{ mode: always }'),
      never: packText('never', '{ mode: fileMatch }'),
      twice: packText('twice', '{ mode: always }', '{ key: a, value: 1 }, { key: a, value: 2 }'),
      wrong: packText('wrong', '{ mode: allways }'),
    });
    const ran = await told.json('validate', 'docs/steering');
    expect(ran.exit).toBe(3);
    expect(spots(ran)).toEqual([
      ['steering-name', 'error', 'docs/steering/names.md', 2, 5],
      ['steering-mode', 'error', 'docs/steering/never.md', 4, 20],
      ['front-matter-missing', 'error', 'docs/steering/open.md', 1, 1],
      ['front-matter-missing', 'error', 'docs/steering/plain.md', 1, 1],
      ['steering-rule-twice', 'error', 'docs/steering/twice.md', 5, 38],
      ['wrong-value', 'error', 'docs/steering/wrong.md', 4, 20],
    ]);
    expect(ran.answer.data.checked.steering).toBe(6);
  });

  test('warns of packs that could not be followed together, where the second speaks', async () => {
    const told = await withPacks({ a: packText('a', '{ mode: always }', '{ key: indent, value: 2 }'), b: packText('b', '{ mode: manual }', '{ key: indent, value: 4 }') });
    const ran = await told.json('validate');
    expect(ran.exit).toBe(0);
    expect(spots(ran)).toEqual([['steering-conflict', 'warning', 'docs/steering/b.md', 5, 31]]);
  });

  test('follows no link out of the repository', async () => {
    const told = await withPacks({});
    const elsewhere = join(told.root, '../elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'x.md'), packText('x', '{ mode: always }'));
    await mkdir(join(told.root, 'docs/steering'));
    await symlink(join(elsewhere, 'x.md'), join(told.root, 'docs/steering/x.md'));
    expect(spots(await told.json('validate', 'docs/steering'))).toEqual([['path-through-link', 'error', 'docs/steering/x.md', undefined, undefined]]);
    await told.refused('steering-unreadable', 'advance', '--until-blocked');
    await rm(join(told.root, 'docs/steering'), { recursive: true });
    await symlink(elsewhere, join(told.root, 'docs/steering'));
    expect((await told.ok('validate')).problems).toEqual([]);
    await told.ok('advance', '--until-blocked');
  });
});

describe('a ticket', () => {
  test('is not begun while its guidance disagrees; a pack that is not loaded for it does not matter', async () => {
    const told = await withPacks({
      a: packText('a', '{ mode: always }', '{ key: indent, value: 2 }'),
      b: packText('b', '{ mode: fileMatch, fileMatch: ["*.js"] }', '{ key: indent, value: 4 }'),
      c: packText('c', '{ mode: manual }', '{ key: indent, value: 8 }'),
    });
    const { problems } = await told.refused('steering-undecided', 'advance', '--until-blocked');
    expect(problems[0].message).toBe('Packs that this ticket is worked by disagree about indent, and no locked decision names it: docs/steering/a.md says 2, docs/steering/b.md says 4.');
    await told.write('docs/steering/b.md', packText('b', '{ mode: fileMatch, fileMatch: ["*.js"] }', '{ key: indent, value: 2 }'));
    expect((await told.ok('advance', '--until-blocked')).data.state).toBe('writer_assigned');
  });

  test('that is more than quick decides itself, by a locked decision that names the rule', async () => {
    const told = await withPacks({ a: packText('a', '{ mode: always }', '{ key: indent, value: 2 }'), b: packText('b', '{ mode: always }', '{ key: indent, value: 4 }') });
    const id = 'TKT-2026-11-21-larger';
    const ticket = (locked: string): string => JSON.stringify({
      schema_version: 3, id, title: 'Larger', class: 'standard', kind: 'bugfix', scope: { allowed: ['greet.js'] }, specs: { mode: 'no_spec', reason: 'One wrong letter in one greeting.' },
      decisions: { locked: [{ id: 'DEC-1', text: locked }] },
      acceptance: [{ id: 'AC-1', text: 'It greets.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'node --test greet.test.js' }],
    });
    const plan = JSON.stringify({ tasks: [{ id: 'T1', text: 'Mend it.', paths: ['greet.js'] }], success: ['It greets.'], coverage: [{ criterion: 'AC-1', proofs: ['P1'] }], commit_note: 'Greet' });
    await told.write('../plan.yaml', plan);
    await told.ok('abandon', told.ticket, '--reason', 'Another one.');
    await told.write(`tickets/${id}.yaml`, ticket('indents are wide'));
    await told.json('advance', id, '--until-blocked');
    await told.ok('record', 'plan', id, '--as', 'planner:pat', '--file', join(told.root, '../plan.yaml'));
    await told.refused('steering-undecided', 'advance', id);
    await told.write(`tickets/${id}.yaml`, ticket('indent is 2, whatever b says'));
    await told.ok('rework', id, '--refresh', '--as', 'human:ada');
    expect((await told.ok('advance', id, '--until-blocked')).data.state).toBe('writer_assigned');
  });
});

test('a brief holds the packs of its ticket, by mode and by name, says why, and says which could not be read', async () => {
  const told = await withPacks({
    zeta: packText('zeta', '{ mode: always }', '{ key: indent, value: 2 }', 'Indent with care.'),
    alpha: packText('alpha', '{ mode: auto, description: How we greet and greetings }'),
    beta: packText('beta', '{ mode: manual }'),
    broken: 'nothing\n',
  });
  const { data } = await told.ok('brief', 'planner');
  const headings = data.text.split('\n').filter((line: string) => line.startsWith('## Guidance'));
  expect(headings).toEqual(['## Guidance: About zeta (docs/steering/zeta.md; always)', '## Guidance: About alpha (docs/steering/alpha.md; the ticket speaks of greeting)']);
  expect(data.text).toContain('Rule: indent = 2\nIndent with care.');
  expect(data.text).not.toContain('title: About');
  expect(data.leftOut).toEqual(['docs/steering/broken.md: not loaded (it is no valid guidance pack: cxw validate docs/steering)']);
});

test('the packs that ship are valid, agree with each other, and are loaded as they say', async () => {
  const told = await story({ init: ['--with', 'sdd'] });
  const { data, problems } = await told.ok('validate');
  expect(problems).toEqual([]);
  expect(data.checked.steering).toBe(5);
  const { text } = (await told.ok('brief', 'writer')).data;
  expect(text.split('\n').filter((line: string) => line.startsWith('## Guidance'))).toEqual(['## Guidance: Security (docs/steering/security.md; always)']);
});
