import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAssets } from '../../src/world/assets.js';
import { filled } from '../../src/domain/specs/template.js';
import { linksIn } from '../../src/domain/documents/markdown.js';
import { ownPath } from '../../src/domain/paths.js';
import { readSheet } from '../../src/domain/specs/sheet.js';
import { shelfProblems } from '../../src/domain/specs/spec.js';
import { specced } from '../support/specced.js';
import { workshop, type Workshop } from '../support/workshop.js';

const TODAY = new Date().toISOString().slice(0, 10);
const FILES = ['requirements', 'design', 'tasks'].map((kind) => `docs/specs/login/${kind}.md`);

async function room(files: Record<string, string> = {}): Promise<Workshop> {
  const bench = await workshop({ 'README.md': '# Workshop\n', ...files });
  await bench.cxw('init', '--prove', 'node --test');
  return bench;
}
const codes = (answer: { problems: { code: string }[] }): string[] => answer.problems.map(({ code }) => code);

test('the templates of a spec are valid once they are filled', async () => {
  const templates = (await openAssets().templates([])).filter(({ path }) => path.includes('docs/specs/_templates/'));
  const words = { feature: 'Log in', name: 'login', date: TODAY, ticket: 'unknown', spec: 'login' };
  const sheet = <K extends 'requirements' | 'design' | 'tasks'>(kind: K) => readSheet(kind, ownPath(`docs/specs/login/${kind}.md`), filled(templates.find(({ path }) => path.endsWith(`/${kind}.md`))!.content.toString(), words));
  const spec = { name: 'login', folder: ownPath('docs/specs/login'), requirements: sheet('requirements'), design: sheet('design'), tasks: sheet('tasks') };
  expect(shelfProblems({ specs: [spec], changes: [], unread: [] }).map(({ problem }) => problem.message)).toEqual([]);
  expect(spec.requirements.tables.requirements.map(({ id }) => id)).toEqual(['REQ-001']);
});

describe('spec new', () => {
  test('lays down three valid documents, and never twice', async () => {
    const bench = await room();
    const { exit, answer } = await bench.json('spec', 'new', 'login', '--title', 'Log | in <b>');
    expect(exit).toBe(0);
    expect(answer).toMatchObject({ schema: 'cxw/spec-new@1', data: { name: 'login', files: FILES }, next: ['cxw validate docs/specs/login'] });
    expect(await bench.read(FILES[0]!)).toContain(`# Requirements: Log / in ‹b›\n\n- Spec ID: REQSET-${TODAY}-login\n- Status: proposed`);
    expect((await bench.json('validate')).answer).toMatchObject({ ok: true, data: { checked: { specs: 1 }, warnings: 0 } });
    await bench.write(FILES[0]!, 'mine\n');
    const again = await bench.json('spec', 'new', 'login');
    expect([again.exit, codes(again.answer)]).toEqual([4, ['spec-exists']]);
    expect(await bench.read(FILES[0]!)).toBe('mine\n');
  });

  test('cut short, it is completed by the next run', async () => {
    const bench = await room();
    await bench.cxw('spec', 'new', 'login');
    await bench.remove(FILES[2]!);
    expect((await bench.json('spec', 'new', 'login')).exit).toBe(0);
    expect((await bench.json('validate')).answer).toMatchObject({ data: { errors: 0, warnings: 0 } });
  });

  test("takes the repository's own templates, and the ticket that carries it out", async () => {
    const bench = await room();
    const { answer } = await bench.json('ticket', 'new', '--quick', 'Log in', '--file', 'README.md');
    await bench.write('docs/specs/_templates/design.md', '# <feature> by <ticket>\n');
    expect((await bench.json('spec', 'new', 'login', '--ticket', 'log-in')).exit).toBe(0);
    expect(await bench.read(FILES[1]!)).toBe(`# Login by ${answer.data.id}\n`);
    expect(codes((await bench.json('spec', 'new', 'logout', '--ticket', 'nothing')).answer)).toEqual(['ticket-unknown']);
  });

  test.each(['', 'Log in', '../up', 'changes', 'archive', '_x', 'a/b', 'größe', 'x'.repeat(81)])('refuses the name %j', async (name) => {
    const bench = await room();
    expect(codes((await bench.json('spec', 'new', name)).answer)).toEqual(['spec-name-unusable']);
  });

  test('never writes through a link', async () => {
    const bench = await room({ 'elsewhere/kept.md': 'kept\n' });
    await bench.link('docs/specs/login', '../../elsewhere');
    expect((await bench.json('spec', 'new', 'login')).exit).not.toBe(0);
    expect(await bench.git('status', '--short', 'elsewhere')).toBe('');
  });
});

describe('validate', () => {
  const spec = async (bench: Workshop): Promise<void> => { await bench.cxw('spec', 'new', 'login'); };

  test('places what is wrong in any spec, also in one with CRLF, and takes documents by their path', async () => {
    const bench = await room();
    await spec(bench);
    const text = (await bench.read(FILES[0]!)).replace('| REQ-001 | proposed |', '| REQ-001 | acepted |').replaceAll('\n', '\r\n');
    await bench.write(FILES[0]!, text);
    const { exit, answer } = await bench.json('validate', 'docs/specs/login/requirements.md');
    expect(exit).toBe(3);
    const line = text.split('\r\n').findIndex((one) => one.startsWith('| REQ-001')) + 1;
    expect(answer.problems).toMatchObject([{ code: 'spec-status-unknown', file: FILES[0], line, column: 13 }]);
    expect((await bench.json('validate', 'docs/specs/login/tasks.md')).answer).toMatchObject({ ok: true, data: { checked: { specs: 1, tickets: 0 } } });
    expect((await bench.cxw('validate', '--format', 'github')).stdout).toContain(`file=${FILES[0]},line=${line}`);
  });

  test('says what is missing or cannot be read, and goes on', async () => {
    const bench = await room();
    await spec(bench);
    await bench.remove(FILES[0]!);
    await bench.link(FILES[0]!, '../../../README.md');
    await bench.remove(FILES[1]!);
    await bench.write(FILES[2]!, Buffer.from([0x23, 0xff, 0x0a]));
    await bench.write('docs/specs/größe/requirements.md', '<<<<<<< a\n');
    await bench.write('docs/specs/notes/readme.md', 'no spec\n');
    const { answer } = await bench.json('validate');
    expect(answer.problems.map((problem: any) => [problem.code, problem.file]).sort()).toEqual([
      ['document-not-utf8', FILES[2]], ['path-through-link', FILES[0]],
      ['spec-file-missing', 'docs/specs/größe/design.md'], ['spec-file-missing', 'docs/specs/größe/tasks.md'], ['spec-file-missing', FILES[1]],
      ['yaml-conflict-marker', 'docs/specs/größe/requirements.md'],
    ]);
  });

  test('a folder of specs that is a link is named, and what is behind it left alone', async () => {
    const bench = await room({ 'real/a/requirements.md': 'x\n' });
    await bench.remove('docs/specs');
    await bench.link('docs/specs', '../real');
    expect((await bench.json('validate')).answer).toMatchObject({ ok: false, data: { checked: { specs: 0 } }, problems: [{ code: 'path-through-link', file: 'docs/specs' }] });
    expect(codes((await bench.json('spec', 'list')).answer)).toEqual(['path-through-link']);
    expect((await bench.json('spec', 'drift')).answer).toMatchObject({ data: { verdict: 'fail' } });
    expect(codes((await bench.json('spec', 'new', 'login')).answer)).toEqual(['path-through-link']);
  });
});

test('spec list counts, and says what is broken', async () => {
  const bench = await room();
  expect((await bench.json('spec', 'list')).answer).toMatchObject({ data: { specs: [], changes: [] }, next: ['cxw spec new NAME'] });
  await bench.cxw('spec', 'new', 'login');
  await bench.cxw('spec', 'new', 'b');
  await bench.write('docs/specs/b/requirements.md', '# B\n');
  const { answer } = await bench.json('spec', 'list');
  expect(answer.data.specs).toEqual([
    { name: 'b', path: 'docs/specs/b', title: 'B', design: 'proposed', tasks: 'proposed', counts: { requirements: 0, accepted: 0, decisions: 1, tasks: 1, questions: 0 }, broken: 5 },
    { name: 'login', path: 'docs/specs/login', title: 'Login', requirements: 'proposed', design: 'proposed', tasks: 'proposed', counts: { requirements: 1, accepted: 0, decisions: 1, tasks: 1, questions: 0 } },
  ]);
  expect(answer.next).toEqual(['cxw validate docs/specs']);
});

test('where docs is a link, everything that reads or writes there names it, and goes on', async () => {
  const bench = await room({ 'tickets/TKT-2026-11-21-x.yaml': 'schema_version: 3\n', 'real/specs/a/requirements.md': 'x\n', 'real/decisions/0001-a.md': 'x\n', 'real/progress/index.md': 'x\n' });
  await bench.remove('docs');
  await bench.link('docs', 'real');
  const { exit, answer } = await bench.json('validate');
  const links = answer.problems.filter(({ code }: { code: string }) => code === 'path-through-link');
  expect([exit, links.map(({ file }: { file: string }) => file)]).toEqual([3, ['docs']]);
  expect(codes(answer)).toContain('missing-key');
  for (const words of [['spec', 'list'], ['spec', 'trace'], ['adr', 'list']]) {
    const listed = await bench.json(...words);
    expect([listed.exit, codes(listed.answer)]).toEqual([0, ['path-through-link']]);
  }
  for (const words of [['spec', 'drift'], ['adr', 'new', 'Foo'], ['progress', 'update']]) {
    const refused = await bench.json(...words);
    expect([words, codes(refused.answer)]).toEqual([words, ['path-through-link']]);
  }
});

test('a title of a spec is no link, and is read as it was said', async () => {
  const template = (await openAssets().templates([])).find(({ path }) => path.endsWith('_templates/requirements.md'))!.content.toString();
  const text = filled(template, { feature: '[x](y) a_b', name: 'x', date: '2026-01-01', ticket: 'unknown' });
  expect(linksIn(text).map(({ target }) => target)).not.toContain('y');
  expect(readSheet('requirements', ownPath('docs/specs/x/requirements.md'), text).title).toBe('[x](y) a_b');
});

test('a spec is named as seen from the folder where one stands, by every command that takes one', async () => {
  const told = await specced();
  const from = { cwd: join(told.root, 'docs/specs') };
  const quick = await told.cxwWith(from, 'ticket', 'new', '--quick', 'Other', '--id', 'TKT-2026-11-21-other', '--file', '../../greet.js', '--prove', 'node --test');
  expect(quick.exit, quick.stdout).toBe(0);
  const escalated = await told.cxwWith(from, 'ticket', 'escalate', 'TKT-2026-11-21-other', '--spec', '../specs/greeting/', '--dry-run');
  expect([escalated.exit, escalated.stdout]).toEqual([0, expect.stringContaining('requirements: docs/specs/greeting/requirements.md')]);
  const larger = await told.cxwWith(from, 'ticket', 'new', 'Larger', '--allow', 'greet.js', '--prove', 'node --test', '--spec', join(told.root, 'docs/specs/greeting'), '--steering', '../../README.md', '--dry-run');
  expect([larger.exit, larger.stdout]).toEqual([0, expect.stringMatching(/docs\/specs\/greeting\/design\.md[^]*README\.md/)]);
});
