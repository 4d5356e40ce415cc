import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differencesOf, indexRows, withDecisions } from '../../../src/domain/adr/index.js';
import { planNew, planStatus, statusRefusals, wordRefusals, type Ground } from '../../../src/domain/adr/plan.js';
import { decisionProblems } from '../../../src/domain/adr/problems.js';
import { readDecision, selectByTags, type Decision } from '../../../src/domain/adr/record.js';
import { localLinks } from '../../../src/domain/documents/links.js';
import { ownPath } from '../../../src/domain/paths.js';
import fc from '../../support/property.js';

const shipped = (name: string): string => readFileSync(resolve(import.meta.dirname, '../../../templates/docs/decisions', name), 'utf8');
const template = shipped('_template.md');
const index = shipped('index.md');
const EMPTY: Ground = { decisions: [], numbers: [], index, template };

const words = { title: 'Keep facts in files', status: 'Draft' as const, date: '2026-11-21', tags: ['persistence'] };
const record = (number: string, fields: string, body = '## Problem\n\np\n\n## Decision\n\nd\n\n## Consequences\n\nc\n'): Decision => {
  const { decision, problems } = readDecision(ownPath(`docs/decisions/${number}-a.md`), `# ADR-${number}: A\n\n- Date: 2026-11-21\n- Tags: api\n${fields}\n\n${body}`);
  expect(problems).toEqual([]);
  return decision!;
};
const problemsOf = (decisions: Decision[], text = withDecisions(index, decisions)) =>
  decisionProblems({ readings: decisions.map((decision) => ({ number: decision.number, decision, problems: [] })), index: text, template });
const codes = (problems: { code: string }[]): string[] => problems.map(({ code }) => code);

/** What a repository holds after a plan. */
const after = (ground: Ground, plan: ReturnType<typeof planStatus>): Ground => {
  const changed = plan.files.flatMap(({ path, text }) => /\/\d/.test(path) ? [readDecision(path, text).decision!] : []);
  const decisions = [...ground.decisions.filter(({ path }) => !changed.some((one) => one.path === path)), ...changed];
  return { ...ground, decisions, numbers: decisions.map(({ number }) => number), index: plan.files.find(({ path }) => path.endsWith('/index.md'))?.text ?? ground.index };
};
const planned = (verdict: ReturnType<typeof planNew>) => {
  if (!verdict.ok) throw new Error(verdict.refusals.map(({ message }) => message).join());
  return verdict.value;
};

describe('a new record', () => {
  test('has the next number, its words, and its line in the index', () => {
    const plan = planned(planNew({ ...EMPTY, numbers: [1, 4] }, words));
    expect(plan.decision).toMatchObject({ number: 5, path: 'docs/decisions/0005-keep-facts-in-files.md', title: 'Keep facts in files', status: 'Draft', tags: ['persistence'] });
    expect(plan.files.map(({ path, action }) => [path, action])).toEqual([['docs/decisions/0005-keep-facts-in-files.md', 'create'], ['docs/decisions/index.md', 'update']]);
    expect(plan.files[1]!.text).toContain('| [0005](0005-keep-facts-in-files.md) | Keep facts in files | Draft | persistence |\n\nTags are lower case');
  });

  test('whatever its title, it is read back as it was said, or refused; and nothing is wrong with the folder', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map((title) => title.trim()), (title) => {
      if (wordRefusals({ title, tags: [] }).length > 0) return;
      const ground = after(EMPTY, planned(planNew(EMPTY, { ...words, title })));
      expect(ground.decisions[0]!.title).toBe(title);
      expect(problemsOf([...ground.decisions], ground.index)).toEqual([]);
    }));
  });

  test.each(['', ' ', 'a\nb', 'x'.repeat(121), 'a\u202eb', 'ends with #'])('cannot be called %j', (title) =>
    expect(codes(wordRefusals({ title, tags: [] }))).toEqual(['adr-value-invalid']));

  test('from a template that hides its fields is refused', () => {
    const verdict = planNew({ ...EMPTY, template: '## S\n\n# T\n' }, words);
    expect(verdict.ok ? [] : codes(verdict.refusals)).toEqual(['adr-template-unusable']);
  });
});

describe('superseding', () => {
  const crlf = template.replaceAll('\n', '\r\n');
  const first = after({ ...EMPTY, index: index.replaceAll('\n', '\r\n'), template: crlf }, planned(planNew({ ...EMPTY, index: index.replaceAll('\n', '\r\n'), template: crlf }, words)));
  const drafted = planned(planNew(first, { ...words, title: 'Keep facts in a database', revises: first.decisions[0]! }));
  const second = after(first, drafted);

  test('leaves the old record as it is while the new one is a draft', () => {
    expect(drafted.files.map(({ path }) => path)).toEqual(['docs/decisions/0002-keep-facts-in-a-database.md', 'docs/decisions/index.md']);
    expect(drafted.files[0]!.text).toContain('- Revises: [ADR-0001](0001-keep-facts-in-files.md)\r\n');
    expect(problemsOf([...second.decisions], second.index)).toEqual([]);
  });

  test('links both ways once the new one is accepted, keeps the old record, and says so in the index, line ends kept', () => {
    const plan = planStatus(second, second.decisions[1]!, 'Accepted');
    const [, old, list] = plan.files;
    expect(old!.text).toBe(first.decisions[0]!.text.replace('- Status: Draft', '- Status: Revised').replace('- Tags: persistence', '- Tags: persistence\r\n- Revised by: [ADR-0002](0002-keep-facts-in-a-database.md)'));
    expect(list!.text).not.toMatch(/[^\r]\n/);
    expect(codes(problemsOf([...after(second, plan).decisions], list!.text))).toEqual(['adr-unwritten']);
  });
});

describe('a status', () => {
  test('goes on, and never back', () => {
    const may = (status: string, wanted: 'Accepted' | 'Deprecated' | 'Revised'): string[] => codes(statusRefusals(EMPTY, record('0001', `- Status: ${status}`), wanted));
    expect(may('Draft', 'Accepted')).toEqual([]);
    expect(may('Accepted', 'Deprecated')).toEqual([]);
    expect(may('Accepted', 'Accepted')).toEqual(['adr-settled']);
    expect(may('Deprecated', 'Accepted')).toEqual(['adr-settled']);
    expect(may('Revised', 'Revised')).toEqual(['adr-settled']);
  });

  test('Accepted needs words of its own', () => {
    const draft = planned(planNew(EMPTY, words)).decision;
    expect(statusRefusals(EMPTY, draft, 'Accepted')).toMatchObject([{ code: 'adr-unwritten', facts: { sections: ['Problem', 'Decision', 'Consequences'] } }]);
    const written = readDecision(draft.path, draft.text.replace('What has to be decided, and what makes it hard.', '### Why\n\nIt leaks.').replace('What is done from now on, in words that can be followed.', 'Mend it.').replace('What becomes easier', 'Easier: all; what becomes easier')).decision!;
    expect(statusRefusals(EMPTY, written, 'Accepted')).toEqual([]);
    expect(planStatus({ ...EMPTY, decisions: [written] }, written, 'Accepted').files.map(({ path }) => path)).toEqual([written.path, 'docs/decisions/index.md']);
  });
});

describe('what is wrong', () => {
  const place = (problems: { code: string; place?: { file: string; line?: number; column?: number } }[]) => problems.map(({ code, place: at }) => [code, at?.file.split('/').at(-1), at?.line, at?.column]);
  const read = (text: string) => readDecision(ownPath('docs/decisions/0001-a.md'), text).problems;

  test('with the fields of a record is told at its place', () => {
    expect(place(read('# ADR-0002: A\n\n- Date: 2026-02-30\n- Status: Acepted\n- Tags: api, Data Base\n'))).toEqual([
      ['adr-malformed', '0001-a.md', 1, 1], ['adr-status-unknown', '0001-a.md', 4, 11], ['adr-malformed', '0001-a.md', 3, 9], ['adr-malformed', '0001-a.md', 5, 9],
    ]);
    expect(codes(read(''))).toEqual(['adr-malformed', 'adr-malformed', 'adr-malformed', 'adr-malformed']);
  });

  test('with numbers: doubled, missing', () => {
    const twin = { ...record('0003', '- Status: Draft'), path: ownPath('docs/decisions/0003-b.md') };
    const problems = problemsOf([record('0001', '- Status: Draft'), record('0003', '- Status: Draft'), twin]);
    expect(codes(problems)).toEqual(['adr-number-twice', 'adr-number-gap']);
    expect(problems[0]).toMatchObject({ facts: { free: '0004' }, place: { file: 'docs/decisions/0003-b.md' }, commands: ['mv -n docs/decisions/0003-b.md docs/decisions/0004-b.md', 'cxw validate docs/decisions'] });
  });

  test('with links: one way, to nobody, revised by nobody', () => {
    expect(codes(problemsOf([record('0001', '- Status: Accepted'), record('0002', '- Status: Accepted\n- Revises: [ADR-0001](0001-a.md)')]))).toEqual(['adr-link-one-way']);
    expect(codes(problemsOf([record('0001', '- Status: Revised\n- Revised by: [ADR-0009](0009-a.md)')]))).toEqual(['adr-link-missing']);
    expect(codes(problemsOf([record('0001', '- Status: Revised')]))).toEqual(['adr-revised-alone']);
    expect(codes(problemsOf([record('0001', '- Status: Accepted\n- Revised by: [ADR-0002](0002-a.md)'), record('0002', '- Status: Draft\n- Revises: [ADR-0001](0001-a.md)')]))).toEqual(['adr-malformed']);
  });

  test('with the index: nothing there, a line too few, too many, or other than its record; and the index is mended without losing a line', () => {
    const all = [record('0001', '- Status: Accepted'), record('0002', '- Status: Draft')];
    const right = withDecisions(index, all);
    expect(codes(problemsOf(all, 'No table here.\n'))).toEqual(['adr-index-missing']);
    const wrong = right.replace('| Draft |', '| Accepted |').replace(/^\| \[0001\].*\n/m, '| [0009](0009-gone.md) | Gone | Accepted | api |\n');
    const problems = problemsOf(all, wrong);
    expect(place(problems)).toEqual([['adr-not-indexed', 'index.md', undefined, undefined], ['adr-index-extra', 'index.md', 7, 1], ['adr-index-differs', 'index.md', 8, 1]]);
    const mended = withDecisions(wrong, all);
    expect(codes(problemsOf(all, mended))).toEqual(['adr-index-extra']);
    expect(mended).toContain('| [0009](0009-gone.md) | Gone | Accepted | api |');
    expect(withDecisions(right, all)).toBe(right);
    expect(indexRows(right).map((row, at) => differencesOf(row, all[at]!))).toEqual([[], []]);
  });
});

test('tags choose accepted records, and those for everything always', () => {
  const tagged = (number: string, status: string, tags: string): Decision => ({ ...record(number, `- Status: ${status}`), tags: tags.split(' ') });
  const all = [tagged('0003', 'Accepted', 'auth'), tagged('0001', 'Accepted', 'all-layers'), tagged('0002', 'Draft', 'auth'), tagged('0004', 'Accepted', 'api')];
  expect(selectByTags(all, ['auth']).map(({ number }) => number)).toEqual([1, 3]);
  expect(selectByTags(all, []).map(({ number }) => number)).toEqual([1]);
});

test.each(['[x](y)', 'a](b', 'a <!-- b', 'Use <T> in *lists* | `maps`', 'A_b & c', 'Back \\* slash'])('a title is no Markdown: %s', (title) => {
  const plan = planNew({ decisions: [], numbers: [], index: shipped('index.md'), template }, { title, status: 'Draft', date: '2026-01-01', tags: ['domain'] });
  if (!plan.ok) throw new Error(plan.refusals.map(({ message }) => message).join());
  const { decision, files } = plan.value;
  expect(decision.title).toBe(title);
  const index = files.find(({ path }) => path.endsWith('index.md'))!;
  expect(files.flatMap(({ path, text }) => localLinks(path, text).map((link) => link.path))).not.toContain('docs/decisions/y');
  expect(files.flatMap(({ path, text }) => localLinks(path, text).map((link) => link.path))).not.toContain('docs/decisions/b');
  expect(indexRows(index.text).map((row) => differencesOf(row, decision))).toEqual([[]]);
});
