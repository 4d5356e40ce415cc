import { readFile, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dialectOf } from '../../src/domain/import/dialect.js';
import { isCommand } from '../../src/domain/import/parts.js';
import { tell, type Story } from '../support/story.js';
import { carryOut, enter } from '../support/scenes.js';
import { workshop } from '../support/workshop.js';

const FOLDER = resolve(import.meta.dirname, '../fixtures/old-tickets');
const old = (name: string): string => `${FOLDER}/${name}.yaml`;

async function ready(): Promise<Story> {
  const told = tell(await workshop({ 'README.md': '# Greeter\n', 'src/a.js': '', 'greet.js': '' }));
  await told.ok('init', '--prove', 'npm test');
  return told;
}

test('each of the five dialects is told from the others', async () => {
  const names = (await readdir(FOLDER)).map((file) => file.replace('.yaml', '')).sort();
  expect(names).toEqual(['flat', 'full', 'orchestrator', 'package', 'quick']);
  for (const name of names) expect(dialectOf(parse(await readFile(old(name), 'utf8')))).toBe(name);
  expect([{}, [], null, 'x', { schema_version: 2 }, { schema_version: 1, id: 'x' }, { execution_result: {} }].map(dialectOf)).toEqual(Array(7).fill(undefined));
});

test.each([
  ['npm test', true], ['./check.sh', true], ['pytest', true], ['CI=1 npm test', true], ['npm test && npm run lint', true],
  ['Run the whole suite.', false], ['all tests pass', false], ['the proof', false], ['tests', false], ['say "it', false],
])('%s is a command: %s', (text, expected) => expect(isCommand(text)).toBe(expected));

describe('an import', () => {
  test('shows first what it would write, and writes nothing', async () => {
    const told = await ready();
    const before = await told.git('status', '--short');
    const { data } = await told.ok('ticket', 'import', old('full'), '--dry-run');
    expect(data.tickets[0].text).toContain('class: standard');
    expect(await told.git('status', '--short')).toBe(before);
  });

  test('takes over a full ticket, and names every field that did not come along', async () => {
    const told = await ready();
    const [ticket] = (await told.ok('ticket', 'import', old('full'))).data.tickets;
    const { data } = await told.ok('ticket', 'show', ticket.id);
    expect(data.ticket).toMatchObject({
      id: 'TKT-2026-01-05-parser', class: 'standard', title: 'Parse: every example', kind: 'feature', intensity: 'standard_worker', triggers: ['broad_file_scope'],
      scope: { allowed: ['src/**', 'tests/**'], forbidden: ['.env', 'dist/**'] },
      background: { problem: 'Nobody can read the examples.', desired: 'They are parsed.', out_of_scope: ['the printer'] },
      decisions: { locked: [{ id: 'DEC-001', text: 'UTF-8 alone.' }], open: [{ id: 'DEC-002', blocks: true }] },
      context: { max_files: 12, max_lines: 80, required: ['README.md'] },
      workers: [{ role: 'scoped_worker', task: 'Write the parser.' }], experts: [{ profile: 'test' }],
      proof: [{ id: 'P1', run: 'npm test' }, { id: 'P2', run: 'npm run lint', regression: true }],
      visual: { views: [{ id: 'V1', what: 'the error page' }], rule: 'nothing is cut' },
      done: ['All examples are parsed.', 'Read the output by eye.'], handoff: ['What is not parsed.'],
    });
    const dropped = ticket.dropped.map(({ field }: any) => field);
    expect(dropped).toEqual(expect.arrayContaining(['ticket.status', 'ticket.branch', 'scope.in_scope', 'steering.conditional', 'context_budget.exclude', 'execution.debug_logging_plan.surfaces', 'execution.checkpoint_policy', 'execution_result.status']));
    expect(ticket.dropped.every(({ why }: any) => why.length > 10)).toBe(true);
    expect(ticket.changed).toContainEqual({ field: 'execution.expert_routing.required_profiles', why: 'astrology is no expert here' });
    expect(ticket.changed).toContainEqual({ field: 'scope.allowed_files', why: 'src became src/**' });
    await told.ok('validate', `tickets/${ticket.id}.yaml`);
  });

  test('takes over the other dialects, one beside the other', async () => {
    const told = await ready();
    const { data } = await told.ok('ticket', 'import', old('quick'), old('orchestrator'), old('flat'), old('package'), '--dry-run');
    const [quick, parent, flat, part] = data.tickets.map(({ text }: any) => parse(text));
    expect(quick).toMatchObject({ class: 'quick', why_quick: 'One letter in one file.', scope: { files: ['greet.js'] }, acceptance: [{ id: 'AC-1', given: 'a name', when: 'it is greeted', then: 'Hello is said', proofs: ['P1'] }], proof: [{ run: 'node --test' }] });
    expect(parent).toMatchObject({ class: 'orchestrator', children: [], max_iterations: 4, kind: 'feature', done: ['Every child is done.'], workers: [{ role: 'read_only_expert' }] });
    expect(parent).not.toHaveProperty('intensity');
    expect(flat).toMatchObject({ class: 'standard', plan: ['Measure it.', 'Write it down.'], stop_conditions: ['The machine is busy.'], scope: { allowed: ['docs/baseline.md'] } });
    expect(flat.id).toMatch(/^TKT-\d{4}-\d{2}-\d{2}-00-baseline-lay-the-baseline$/);
    expect(part).toMatchObject({ after: ['TKT-2026-01-07-first-part'], proof: [{ run: 'npm test' }], done: ['Run the whole suite.', 'A log of it.'] });
    expect(data.tickets[3].changed.map(({ field }: any) => field)).toContain('proof');
  });

  test('is all or nothing, and never overwrites', async () => {
    const told = await ready();
    await told.write('broken.yaml', 'schema_version: 2\nticket:\n  id: a\n  id: b\n');
    const { problems } = await told.refused('yaml-duplicate-key', 'ticket', 'import', old('quick'), 'broken.yaml');
    expect(problems[0]).toMatchObject({ file: 'broken.yaml', line: 4, column: 3 });
    expect(await told.git('status', '--short', '--', 'tickets')).not.toContain('TKT-');
    await told.ok('ticket', 'import', old('quick'));
    await told.write('tickets/TKT-2026-01-06-typo.yaml', 'mine\n');
    await told.refused('ticket-id-taken', 'ticket', 'import', old('quick'));
    expect(await told.read('tickets/TKT-2026-01-06-typo.yaml')).toBe('mine\n');
  });

  test('says where a file lacks something', async () => {
    const told = await ready();
    await told.write('other.yaml', '# Old\n\nschema_version: 7\n');
    await told.write('untitled.yaml', 'schema_version: 2\nticket:\n  ticket_class: quick_flow\n');
    const { stdout } = await carryOut(await enter(told), ['ticket', 'import', 'other.yaml', 'untitled.yaml']);
    expect(JSON.parse(stdout).problems).toMatchObject([
      { code: 'import-lacks', file: 'other.yaml', line: 3, column: 1 }, { code: 'import-lacks', file: 'untitled.yaml', line: 2, column: 1 },
    ]);
  });

  test('says what a file lacks', async () => {
    const told = await ready();
    await told.write('other.yaml', 'schema_version: 7\n');
    await told.refused('import-lacks', 'ticket', 'import', 'other.yaml');
    await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace(/^( +test:).*$/m, '$1 unknown'));
    const { next } = await told.refused('import-lacks', 'ticket', 'import', old('package'));
    expect(next[0]).toContain('--prove COMMAND');
    await told.ok('ticket', 'import', old('package'), '--prove', 'npm run check');
  });
});
