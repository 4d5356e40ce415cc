import { describe, expect, test } from 'vitest';
import { attested, planned } from '../support/larger.js';
import { GREETER, tell, type Story } from '../support/story.js';
import { workshop } from '../support/workshop.js';

const PROVE = ['--prove', 'node --test greet.test.js'];

/** A set-up repository in which the greeting is right, and a parent without children. */
const parented = (...words: string[]): Promise<Story> => parentedIn([], ...words);

async function parentedIn(setUp: readonly string[], ...words: string[]): Promise<Story> {
  const told = tell(await workshop(GREETER));
  await told.ok('init', ...setUp);
  await told.fix();
  await told.git('add', '--all');
  await told.git('commit', '--quiet', '--message', 'Set up cxw');
  await told.git('push', '--quiet');
  told.ticket = (await told.ok('ticket', 'new', '--orchestrator', 'Greet the world', '--allow', '*.js', '--why', 'Its children describe what they change.', ...PROVE, ...words)).data.id;
  return told;
}

const child = async (told: Story, title: string, file: string, ...words: string[]): Promise<string> =>
  (await told.ok('ticket', 'new', '--quick', title, '--file', file, '--parent', told.ticket, ...PROVE, ...words)).data.id;

const edit = async (told: Story, id: string, change: (text: string) => string): Promise<void> => {
  await told.write(`tickets/${id}.yaml`, change(await told.read(`tickets/${id}.yaml`)));
};

async function deliver(told: Story, id: string, file: string): Promise<void> {
  await told.ok('advance', id, '--until-blocked');
  await told.write(file, `export const of = '${id}';\n`);
  const { changeSet } = (await told.ok('status', id)).data;
  await told.ok('record', 'self-review', id, '--verdict', 'pass', '--change-set', changeSet, '--summary', `Wrote ${file}.`);
  await told.ok('record', 'review', id, '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read it.');
  await told.ok('record', 'curation', id, '--memory', 'none');
  expect((await told.ok('deliver', id)).data.state).toBe('done');
}

test('a chain of three children delivers in order and closes its parent', async () => {
  const told = await parented('--final-verifier', 'kim');
  const first = await child(told, 'Say hello', 'hello.js');
  const second = await child(told, 'Say goodbye', 'goodbye.js', '--after', 'say-hello');
  const third = await child(told, 'Say nothing', 'nothing.js', '--after', second);
  await told.ok('validate');
  expect(await told.read(`tickets/${told.ticket}.yaml`)).toContain(`children: [${first}, ${second}, ${third}]`);

  const early = await told.refused('dependency-not-done', 'advance', second);
  expect(early.next[0]).toBe(`cxw status ${first}`);
  await told.refused('children-open', 'advance', told.ticket, '--until-blocked');
  expect((await told.ok('status', told.ticket)).next[0]).toBe(`cxw advance ${first} --until-blocked`);

  await deliver(told, first, 'hello.js');
  await deliver(told, second, 'goodbye.js');
  const brief = (await told.ok('advance', third), await told.ok('brief', 'writer', third)).data.text;
  expect(brief).toContain('Carried over from the chain');
  expect(brief).toContain('Wrote hello.js.');
  await deliver(told, third, 'nothing.js');

  const { data } = await told.ok('status', told.ticket);
  expect(data.chain).toMatchObject({ done: 3, children: 3, stages: [{ children: [{ ticket: first, how: 'done' }, { how: 'done' }, { how: 'done', after: [second] }] }] });
  await planned(told, told.ticket);
  await told.ok('advance', told.ticket, '--until-blocked');
  await attested(told, told.ticket);
  expect((await told.ok('deliver', told.ticket)).data.state).toBe('done');
  await told.ok('verify', told.ticket, '--rerun');
  expect(await told.git('diff-tree', '-r', '--no-commit-id', '--name-only', 'HEAD')).not.toContain('.js\n');
});

describe('a chain', () => {
  test('opens a stage when the one before is done or put off, and its parent forbids for all', async () => {
    const told = await parented();
    await edit(told, told.ticket, (text) => text.replace('scope:\n', "scope:\n  forbidden: ['secret.js']\n")
      .replace('children: []\n', 'children: []   # in their order\nstages:\n  - id: foundation\n    children:\n      - TKT-2026-11-21-nobody  # a first one\n    exit_gate: It greets.\n  - id: behaviour\n    children: [TKT-2026-11-21-nobody-else]\n    exit_gate: All of it.\n')
      .replace('children: []', 'children: [TKT-2026-11-21-nobody, TKT-2026-11-21-nobody-else]'));
    const first = await child(told, 'Say hello', 'hello.js', '--stage', 'foundation');
    const second = await child(told, 'Say secrets', 'secret.js', '--stage', 'behaviour');
    await edit(told, told.ticket, (text) => text.replace('      - TKT-2026-11-21-nobody  # a first one\n', '').replaceAll('TKT-2026-11-21-nobody-else, ', '').replaceAll('TKT-2026-11-21-nobody, ', ''));
    await told.ok('validate');

    await told.refused('stage-not-open', 'advance', second);
    await told.ok('advance', first);
    await told.ok('block', first, '--reason', 'Nobody knows how to greet.', '--release', 'Somebody says how.');
    const tree = (await told.cxw('status', told.ticket)).stdout;
    expect(tree).toMatch(/foundation {2}It greets\.\n.*deferred: Nobody knows how to greet\./);
    expect((await told.refused('forbidden-in-scope', 'advance', second)).problems[0].message).toContain('secret.js');
  });

  test('that goes in a circle, disagrees or names strangers is refused with the line', async () => {
    const told = await parented();
    const first = await child(told, 'Say hello', 'hello.js');
    const second = await child(told, 'Say goodbye', 'goodbye.js', '--after', first);
    await edit(told, first, (text) => text.replace('scope:', `after: [${second}, TKT-2026-11-21-stranger]\nscope:`));
    await edit(told, told.ticket, (text) => text.replace(`${first}, `, ''));
    const { problems } = (await told.json('validate')).answer;
    expect(problems.map(({ code, file, line, column }: any) => [code, file, line, column])).toEqual([
      ['after-circle', `tickets/${second}.yaml`, 11, 9],
      ['after-circle', `tickets/${first}.yaml`, 8, 9],
      ['kin-unknown', `tickets/${first}.yaml`, 8, 37],
      ['kin-disagree', `tickets/${first}.yaml`, 11, 9],
    ]);
    await told.refused('after-circle', 'advance', second);
  });

  test('without children does not close, and another verifier does not close it', async () => {
    const told = await parented('--final-verifier', 'lee');
    await told.refused('children-none', 'advance', '--until-blocked');
    const only = await child(told, 'Say hello', 'hello.js');
    await told.ok('advance', only);
    await told.ok('abandon', only, '--no-change', '--reason', 'It says so already.');
    await told.ok('rework', told.ticket, '--refresh', '--as', 'human:boss');
    await planned(told, told.ticket);
    await told.ok('advance', told.ticket, '--until-blocked');
    await attested(told, told.ticket);
    const { next } = await told.refused('final-verifier-missing', 'deliver', told.ticket);
    expect(next[0]).toContain('--as reviewer:lee');
  });

  test('holds every child within what its parent may change, by name, when it is made and when it begins', async () => {
    const told = await parented();
    const before = await told.git('status', '--short');
    const { problems } = await told.refused('child-outside-parent', 'ticket', 'new', 'Say hello', '--allow', 'hello.js', '--allow', 'src/**', '--why', 'It says what nobody described before.', '--parent', told.ticket, ...PROVE);
    expect(problems[0].message).toBe(`The new ticket may change src/**, and ${told.ticket} allows its children *.js alone.`);
    expect(await told.git('status', '--short')).toBe(before);
    const first = await child(told, 'Say hello', 'hello.js');
    await edit(told, first, (text) => text.replace('files: [hello.js]', 'files: [hello.js, hello.md]'));
    const { answer } = await told.json('validate');
    expect(answer.problems.map(({ code, file, line, column }: any) => [code, file, line, column])).toEqual([['child-outside-parent', `tickets/${first}.yaml`, 9, 21]]);
    await told.refused('child-outside-parent', 'advance', first);
    await edit(told, told.ticket, (text) => text.replace("allowed: ['*.js']", "allowed: ['*.js', '*.md']").replace('allowed: ["*.js"]', 'allowed: ["*.js", "*.md"]'));
    await told.ok('advance', first);
  });

  test('where nothing is delivered, hands its work up to the parent, as long as it is as the child left it', async () => {
    const told = await parentedIn(['--delivery', 'none']);
    const first = await child(told, 'Say hello', 'hello.js');
    const second = await child(told, 'Say goodbye', 'goodbye.js', '--after', first);
    await deliver(told, first, 'hello.js');
    await deliver(told, second, 'goodbye.js');
    await told.write('hello.js', 'export const of = "nobody";\n');
    const { problems } = await told.refused('scope-dirty', 'advance', told.ticket, '--until-blocked');
    expect(problems[0].message).toContain('hello.js');
    expect(problems[0].message).not.toContain('goodbye.js');
    await told.write('hello.js', `export const of = '${first}';\n`);
    await planned(told, told.ticket);
    await told.ok('advance', told.ticket, '--until-blocked');
    await attested(told, told.ticket);
    expect((await told.ok('deliver', told.ticket)).data.state).toBe('done');
  });

  test('has one parent: an orchestrator is nobody’s child', async () => {
    const told = await parented();
    const other = (await told.ok('ticket', 'new', '--orchestrator', 'Greet the moon', '--allow', '*.js', '--why', 'Its children describe what they change.', ...PROVE)).data.id;
    await edit(told, told.ticket, (text) => text.replace('children: []', `children: [${other}]`));
    expect((await told.refused('child-orchestrator', 'validate')).problems).toMatchObject([{ file: `tickets/${told.ticket}.yaml` }]);
    await told.refused('child-orchestrator', 'advance', told.ticket);
  });

  test.each([
    [['--parent', 'nobody'], 'ticket-unknown'],
    [['--parent', 'greet-the-world', '--stage', 'third'], 'stage-unknown'],
    [['--stage', 'third'], 'ticket-value-invalid'],
    [['--final-verifier', 'kim'], 'ticket-value-invalid'],
    [['--orchestrator', '--parent', 'greet-the-world'], 'ticket-value-invalid'],
  ])('takes no child with %j: %s', async (words, code) => {
    const told = await parented();
    const before = await told.git('status', '--short');
    await told.refused(code, 'ticket', 'new', 'Say hello', '--allow', 'hello.js', ...PROVE, ...words);
    expect(await told.git('status', '--short')).toBe(before);
  });

  test.each([[[]], [['--id', 'TKT-2026-11-22-hello']]])('completes a child whose making was cut short before its parent named it, with the same words: %j', async (wished) => {
    const told = await parented();
    const words = ['ticket', 'new', '--quick', 'Say hello', '--file', 'hello.js', '--parent', told.ticket, ...wished, ...PROVE];
    const childless = await told.read(`tickets/${told.ticket}.yaml`);
    // Each in a process of its own: an id belongs to whoever took it, as long as that one is alive.
    const { answer: { data: { id } } } = await told.json(...words);
    const named = await told.read(`tickets/${told.ticket}.yaml`);
    await told.write(`tickets/${told.ticket}.yaml`, childless);
    expect((await told.json(...words, '--dry-run')).answer.data).toMatchObject({ id, parent: { diff: expect.stringContaining(id) } });
    expect((await told.json(...words)).answer.data).toMatchObject({ id, path: `tickets/${id}.yaml`, parent: { path: `tickets/${told.ticket}.yaml` } });
    expect(await told.read(`tickets/${told.ticket}.yaml`)).toBe(named);
    expect((await told.ok('validate')).problems).toEqual([]);
    // One that is named is done, and one of other words is another.
    if (wished.length > 0) expect((await told.json(...words)).answer.code).toBe('ticket-id-taken');
    else expect((await told.json(...words)).answer.data.id).toBe(`${id}-2`);
    await told.write(`tickets/${told.ticket}.yaml`, childless);
    expect((await told.json('ticket', 'new', '--quick', 'Say hello', '--file', 'other.js', '--parent', told.ticket, ...PROVE)).answer.data.id).not.toBe(id);
  });

  test('shows a child and the changed parent first, and writes nothing', async () => {
    const told = await parented();
    const { data } = await told.ok('ticket', 'new', '--quick', 'Say hello', '--file', 'hello.js', '--parent', told.ticket, ...PROVE, '--dry-run');
    expect(data.parent.diff).toContain('+children: [TKT-');
    expect(data.text).toContain(`parent: ${told.ticket}`);
    expect(await told.read(`tickets/${told.ticket}.yaml`)).toContain('children: []');
  });
});
