import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { ownPath, type RepoPath } from '../../src/domain/paths.js';
import { policySchema } from '../../src/domain/policy.js';
import type { Problem } from '../../src/domain/problem.js';
import type { RecordKind } from '../../src/domain/recordKinds.js';
import { ticketProblems } from '../../src/domain/ticketRules.js';
import { openDocuments, type Reading } from '../../src/world/documents.js';

const ID = 'TKT-2026-11-21-fix-typo';
const TICKET = ownPath(`tickets/${ID}.yaml`);
const policy = policySchema.parse({ schema_version: 1, delivery: { mode: 'none' } });

const documentsOf = (files: Record<string, string | Uint8Array>) => openDocuments({
  kind: async (path: RepoPath) => (path in files ? 'file' : 'absent'),
  read: async (path) => (files[path] === undefined ? undefined : Buffer.from(files[path] as Uint8Array)),
  list: async (folder) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
});
const ticketFrom = async (text: string | Uint8Array) => (await documentsOf({ [TICKET]: text }).ticketAt(TICKET))!;

/** Everything that `validate` would say of a ticket. */
async function problemsOf(text: string | Uint8Array): Promise<Problem[]> {
  const reading = await ticketFrom(text);
  return reading.ok ? ticketProblems(reading.value, policy, reading.where) : reading.problems;
}
const spots = (problems: readonly Problem[]) => problems.map(({ code, place }) => [code, place?.line, place?.column]);

const QUICK = `# yaml-language-server: $schema=../.cxw/schema/ticket.schema.json
schema_version: 3
id: ${ID}
title: Fix the typo # a comment
class: quick
kind: bugfix
why_quick: >-
  One word
  in one file.
scope:
  files: ["README.md", '"caf\\303\\251.md"', docs/日本.md]
  forbidden: ['**/*.lock']
plan: [Correct the word.]
acceptance:
  - { id: AC-1, text: The word is right., proofs: [P1] }
proof:
  - { id: P1, run: [npm, test], timeout: 60, expect: { tests_min: 1 }, must_fail_on_base: false }
`;
const STANDARD = `schema_version: 3
id: ${ID}
title: Fix the typo
class: standard
kind: feature
triggers: [schema_data]
scope:
  allowed: ['src/**', docs/]
specs: { mode: full_sdd, requirements: specs/r.md, design: specs/d.md, tasks: specs/t.md }
decisions:
  locked: [{ id: DEC-1, text: As it is. }]
  open: [{ id: DEC-2, text: Which one?, blocks: true }]
steering: [docs/steering.md]
context: { max_files: 20, max_lines: 2000, required: [README.md], exclude: ['dist/**'] }
experts: [{ profile: security, why: It touches the login. }]
stop_conditions: [The schema must change.]
acceptance:
  - { id: AC-1, given: a reader, when: the page opens, then: the word is right, proofs: [P1, P2] }
proof:
  - { id: P1, run: npm test }
  - { id: P2, shell: "npm run lint | tee log" }
`;
const ORCHESTRATOR = `schema_version: 3
id: ${ID}
title: Fix all typos
class: orchestrator
kind: feature
scope: { allowed: ['**'] }
specs: { mode: no_spec, reason: Each child carries its own reasons. }
children: [TKT-2026-11-21-one, TKT-2026-11-21-two]
stages: [{ id: build, children: [TKT-2026-11-21-one], exit_gate: It is delivered. }]
max_iterations: 3
final_verifier: Kim
acceptance: [{ id: AC-1, text: All words are right., proofs: [P1] }]
proof: [{ id: P1, run: npm test }]
`;

describe('a ticket', () => {
  test.each([['quick', QUICK], ['standard', STANDARD], ['orchestrator', ORCHESTRATOR], ['quick', QUICK.replaceAll('\n', '\r\n')]])('of class %s is read', async (kind, text) => {
    const reading = await ticketFrom(text);
    expect(reading).toMatchObject({ ok: true, value: { id: ID, class: kind }, text, path: TICKET, warnings: [] });
  });

  test('is read with its paths as the names that they mean', async () => {
    const reading = await ticketFrom(QUICK);
    expect(reading).toMatchObject({ value: { scope: { files: ['README.md', 'café.md', 'docs/日本.md'] }, why_quick: 'One word in one file.' } });
  });

  test('may be JSON, indented by tabs', async () => {
    const { value } = await ticketFrom(QUICK) as { value: object };
    expect(await ticketFrom(JSON.stringify({ ...value }, undefined, '\t'))).toMatchObject({ ok: true, value });
  });

  test('has the digest of its bytes', async () => {
    const reading = await ticketFrom(QUICK) as { digest: string };
    expect(reading.digest).toBe(`sha256:${(await import('node:crypto')).createHash('sha256').update(QUICK).digest('hex')}`);
  });

  test('that is too large is not even parsed', async () => {
    const text = `${QUICK}#${' '.repeat(262_144 - Buffer.byteLength(QUICK) - 1)}`;
    expect((await ticketFrom(text)).ok).toBe(true);
    expect(spots(await problemsOf(`${text} `))).toEqual([['document-too-large', undefined, undefined]]);
  });

  test('says that a proof proves nothing, and goes on', async () => {
    const reading = await ticketFrom(`${QUICK}  - { id: P2, run: npm run lint }\n`);
    expect(reading).toMatchObject({ ok: true, warnings: [{ code: 'proof-without-criterion', severity: 'warning', place: { line: 18, column: 11 } }] });
  });

  test('is absent when its file is, and when its name could be no ticket', async () => {
    const documents = documentsOf({ 'tickets/x.yaml': QUICK });
    expect(await documents.ticket(ID)).toBe(undefined);
    expect(await documents.ticket('x')).toBe(undefined);
    expect(await documents.ticket('../tickets/x')).toBe(undefined);
  });
});

describe('a broken ticket', () => {
  const folder = resolve(import.meta.dirname, '../fixtures/broken-tickets');
  const table = JSON.parse(readFileSync(join(folder, 'table.json'), 'utf8')) as Record<string, [code: string, line: number, column: number][]>;

  test.each(Object.entries(table))('%s', async (name, expected) => {
    expect(spots(await problemsOf(readFileSync(join(folder, `${name}.yaml`))))).toEqual(expected);
  });

  test('is told about all at once, in the order of its lines', async () => {
    const problems = await problemsOf(QUICK.replace('kind: bugfix', 'kind: bugfx').replace('title:', 'titel:').replace('P1, run', 'p1, run').replace('timeout: 60', 'timeout: sixty'));
    expect(spots(problems)).toEqual([
      ['missing-key', 2, 1], ['unknown-key', 4, 1], ['wrong-value', 6, 7], ['wrong-format', 17, 11], ['wrong-type', 17, 42],
    ]);
  });

  test('is told in our words, with what may have been meant', async () => {
    const said = async (from: string, to: string) => (await problemsOf(QUICK.replace(from, to))).map(({ message, place }) => [message, place?.label]);
    expect(await said('kind: bugfix', 'kind: bugfx')).toEqual([['kind is bugfx; did you mean bugfix?', 'perhaps bugfix']]);
    expect(await said('title: Fix the typo', 'title: 1.10')).toEqual([['title should be text, and is the number 1.10; as text it is written "1.10".', 'not text, because it is not quoted']]);
    expect(await said('tests_min', 'test_min')).toContainEqual(['test_min is not a key of proof[0].expect; did you mean tests_min?', 'perhaps tests_min']);
    expect(await said("'**/*.lock'", "'{a'")).toEqual([[expect.stringMatching(/^scope\.forbidden\[0\] is the pattern \{a, and its braces do not close/), 'not a pattern']]);
  });

  test('marks exactly what is wrong', async () => {
    const [problem] = await problemsOf(QUICK.replace('docs/日本.md', '日/../x'));
    expect(problem!.place).toMatchObject({ file: TICKET, line: 11, column: 44, endLine: 11, endColumn: 50 });
    expect(problem!.place!.source).toContain('日/../x');
  });

  test('never changes what every object inherits', async () => {
    await problemsOf(`${QUICK}__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n`);
    expect(({} as { polluted?: boolean }).polluted).toBe(undefined);
  });

  test('of nothing but brackets ends neither the process nor the patience', async () => {
    for (const hostile of ['['.repeat(262_000), '- '.repeat(131_000), '{a: '.repeat(65_000), '? '.repeat(131_000), `a: ${'[{x: '.repeat(50_000)}`]) {
      const begun = performance.now();
      expect((await problemsOf(hostile))[0]!.code).toBe('document-too-deep');
      expect(performance.now() - begun).toBeLessThan(5_000);
    }
  });
});

test.each([
  ['closing brackets', ']'.repeat(20_000)],
  ['lines that are none', 'x: ]\n'.repeat(5_000)],
])('of nothing but %s is told in few words, and at once', async (_, text) => {
  const before = process.cpuUsage();
  const problems = await problemsOf(`a: [b${text}`);
  expect(problems.length).toBeLessThanOrEqual(20);
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});

const unknownKeys = (count: number, between: string): string => Array.from({ length: count }, (_, at) => `k${at}: 1`).join(between);

test('of very many problems the first twenty are told, in the order of their places, and how many more there are', async () => {
  const problems = await problemsOf(`${QUICK}${unknownKeys(30, '\n')}\n`);
  expect(problems.map(({ code }) => code)).toEqual([...Array.from({ length: 20 }, () => 'unknown-key'), 'more-problems']);
  expect(problems.map(({ place }) => place!.line)).toEqual(Array.from({ length: 21 }, (_, at) => QUICK.split('\n').length + at));
  expect(problems.at(-1)).toMatchObject({ message: '10 more problems of this document are not told.', commands: ['cxw schema ticket'], place: { label: 'and from here on' } });
  expect((await problemsOf(`${QUICK}${unknownKeys(20, '\n')}\n`)).map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 'unknown-key'));
});

describe('any text', () => {
  const pieces = ['\n', '  ', '- ', ': ', '[', ']', '{', '}', '"', "'", '|', '>', '#', '&a', '*a', '!!x', '%YAML', '---', '...', '? ', '\t', '\0', '\u001b', '\ufeff', '\u{1f600}', '<<: ', '10', 'null', '__proto__', ',', '\r', '\\'];
  const edit = fc.record({ at: fc.nat(2_000), cut: fc.nat(12), piece: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })) });
  const mutated = fc.tuple(fc.constantFrom(QUICK, STANDARD, ORCHESTRATOR), fc.array(edit, { minLength: 1, maxLength: 5 })).map(([text, edits]) =>
    edits.reduce<string>((now, { at, cut, piece }) => `${now.slice(0, at % now.length)}${piece}${now.slice((at % now.length) + cut)}`, text));

  /** What only a message that went wrong says; what the text itself says may be quoted. */
  const MISHAPS = ['undefined', '[object', 'NaN', 'Invalid input', 'Expected', 'at line'];

  test('is read, or refused with a place inside of it', async () => {
    await fc.assert(fc.asyncProperty(mutated, async (text) => {
      const problems = await problemsOf(text);
      const lines = text.split('\n').length;
      for (const { place, message } of problems) {
        expect(place!.line).toBeGreaterThanOrEqual(1);
        expect(place!.line).toBeLessThanOrEqual(lines);
        expect(place!.column).toBeGreaterThanOrEqual(1);
        expect(place!.column).toBeLessThanOrEqual([...(text.split('\n')[place!.line! - 1] ?? '')].length + 1);
        expect(MISHAPS.filter((mishap) => message.includes(mishap) && !text.includes(mishap))).toEqual([]);
      }
    }), { numRuns: 3_000 });
  }, 120_000);

  test('of any bytes is read or refused', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const problems = await problemsOf(bytes);
      expect(problems.length).toBeGreaterThan(0);
    }), { numRuns: 1_000 });
  }, 60_000);
});

describe('the policy', () => {
  const read = async (text: string) => documentsOf({ '.cxw/policy.yaml': text }).policy();
  const POLICY = 'schema_version: 1\ndelivery:\n  mode: commit\n';

  test('is read with what is built in', async () => {
    expect(await read(POLICY)).toMatchObject({ ok: true, value: { delivery: { remote: 'origin' }, limits: { repair_rounds: 3 } } });
    expect(await documentsOf({}).policy()).toBe(undefined);
  });

  test.each<[string, string, [string, number, number]]>([
    ['a trigger that is none', 'triggers:\n  dependancies: [x]\n', ['unknown-key', 5, 3]],
    ['a branch that is never delivered', 'x', ['unknown-key', 4, 1]],
    ['writer and reviewer are one', 'roles: { writer: Ada, reviewer: Ada }\n', ['policy-contradiction', 4, 33]],
    ['allowed and forbidden', "authorized: ['.env']\n", ['policy-contradiction', 4, 14]],
    ['two modules of a name', 'modules:\n  - { name: a, paths: [a] }\n  - { name: a, paths: [b] }\n', ['policy-contradiction', 6, 13]],
    ['a wrong word', 'stack: { test: 3 }\n', ['wrong-type', 4, 16]],
  ])('is refused for %s', async (_, more, expected) => {
    const reading = await read(`${POLICY}${more === 'x' ? 'x: 1\n' : more}`) as Extract<Reading<never>, { ok: false }>;
    expect(spots(reading.problems)).toEqual([expected]);
  });

  test('is refused for a pair whose branch is not delivered', async () => {
    const reading = await read('schema_version: 1\ndelivery:\n  mode: commit\n  branches: [main]\n  upstream_pairs:\n    - { local: work, upstream: main }\n') as Extract<Reading<never>, { ok: false }>;
    expect(spots(reading.problems)).toEqual([['policy-contradiction', 6, 16]]);
  });
});

describe('a record', () => {
  const read = (kind: RecordKind, document: string) => documentsOf({}).record(kind, Buffer.from(document), 'the flags');

  test('is read from YAML, and from JSON', async () => {
    expect(await read('self-review', 'change_set: abc\nverdict: pass\nsummary: Fine.\n')).toMatchObject({ ok: true, value: { verdict: 'pass', risks: [] } });
    expect(await read('review', JSON.stringify({ change_set: 'abc', verdict: 'pass', summary: 'Fine 😀 "so": {it} #is' }))).toMatchObject({ ok: true, value: { summary: 'Fine 😀 "so": {it} #is' } });
  });

  test('is refused under the name that the person gave it', async () => {
    const reading = await read('review', '{ "verdict": "passed", "summary": "" }') as Extract<Reading<never>, { ok: false }>;
    expect(reading.problems.map(({ code, place }) => [code, place?.file, place?.line, place?.column])).toEqual([
      ['missing-key', 'the flags', 1, 3], ['wrong-value', 'the flags', 1, 14], ['text-empty', 'the flags', 1, 35],
    ]);
    expect(reading.problems[0]!.commands).toEqual(['cxw schema record-review']);
  });

  test('says what a field of two forms may be', async () => {
    const reading = await read('curation', 'memory: some\n') as Extract<Reading<never>, { ok: false }>;
    expect(reading.problems.map(({ message }) => message)).toEqual(['memory should be none or a list, and is text.']);
  });
});

test('ids are those of the files that are named like tickets', async () => {
  const documents = documentsOf({ 'tickets/TKT-2026-11-22-b.yaml': '', 'tickets/TKT-2026-11-21-a.yaml': '', 'tickets/notes.yaml': '', 'tickets/TKT-2026-11-23-c.md': '' });
  expect(await documents.ticketIds()).toEqual(['TKT-2026-11-21-a', 'TKT-2026-11-22-b']);
});

test('a document of the repository is not looked for anywhere else', async () => {
  expect(await documentsOf({}).ticketAt('tickets/none.yaml' as RepoPath)).toBe(undefined);
});
