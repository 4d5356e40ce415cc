import { describe, expect, test } from 'vitest';
import { ownPath } from '../../../src/domain/paths.js';
import { clauseHints } from '../../../src/domain/specs/clauses.js';
import { firstCycle } from '../../../src/domain/specs/cycle.js';
import { readSheet } from '../../../src/domain/specs/sheet.js';
import { shelfProblems, type Spec } from '../../../src/domain/specs/spec.js';

const HEAD = '- Status: proposed\n\n';
const table = (section: string, columns: string, ...rows: string[]): string => `## ${section}\n\n${columns}\n${columns.replace(/[^|]+/g, '---')}\n${rows.join('\n')}\n\n`;
const wants = (...rows: string[]): string => table('Requirements', '| id | status | requirement | how it is proved |', ...rows);
const decides = (...rows: string[]): string => table('Decisions', '| id | status | decision | why | requirements |', ...rows);
const does = (...rows: string[]): string => table('Tasks', '| id | status | depends on | role | files | requirements | proof |', ...rows);
const proves = (...rows: string[]): string => table('Proofs', '| id | covers | command |', ...rows);
const asks = (...rows: string[]): string => table('Open questions', '| question | handling | owner | blocks |', ...rows);
const SOUND = '| REQ-001 | proposed | When asked, it shall answer. | |';

function spec(name: string, { requirements = wants(SOUND), design = decides(), tasks = does() }: { requirements?: string; design?: string; tasks?: string }): Spec {
  const file = (kind: string) => ownPath(`docs/specs/${name}/${kind}.md`);
  const whole = (text: string): string => (text.startsWith('-') ? text : HEAD + text);
  return {
    name, folder: ownPath(`docs/specs/${name}`),
    requirements: readSheet('requirements', file('requirements'), whole(requirements)),
    design: readSheet('design', file('design'), whole(design)),
    tasks: readSheet('tasks', file('tasks'), whole(tasks)),
  };
}
const told = (...specs: Spec[]) => shelfProblems({ specs, changes: [], unread: [] }).map(({ path, problem: { code, place } }) =>
  [code, path.split('/').slice(-2).join('/'), place?.line, place?.column]);
const inOne = (parts: Parameters<typeof spec>[1]) => told(spec('a', parts)).map(([code, path, ...place]) => [code, String(path).slice(2), ...place]);

describe('a spec', () => {
  test('without a fault', () => {
    expect(inOne({
      requirements: wants(SOUND, '| REQ-002 | superseded by REQ-001 | x | P1 |'),
      design: decides('| DEC-001 | accepted | So. | Why. | REQ-001, REQ-002 |'),
      tasks: does('| TASK-001 | proposed | | writer | src/** | REQ-001 | P1 |', '| TASK-002 | proposed | TASK-001 | writer | | all | |') + proves('| P1 | REQ-001 | npm test |'),
    })).toEqual([]);
  });

  test.each<[string, Parameters<typeof spec>[1], unknown[][]]>([
    ['has no status', { requirements: `- Feature: x\n\n${wants(SOUND)}` }, [['spec-field-missing', 'requirements.md', 1, 1]]],
    ['has another status', { requirements: `- Status: acepted\n\n${wants(SOUND)}` }, [['spec-status-unknown', 'requirements.md', 1, 11]]],
    ['has a row of another status', { requirements: wants('| REQ-001 | done | When asked, it shall answer. | |') }, [['spec-status-unknown', 'requirements.md', 7, 13]]],
    ['has an id twice', { requirements: wants(SOUND, SOUND) }, [['spec-id-double', 'requirements.md', 8, 3]]],
    ['has an id of another form', { design: decides('| D1 | proposed | | | |') }, [['spec-id-malformed', 'design.md', 7, 3]]],
    ['has a row with a cell too many', { requirements: wants(SOUND, '| REQ-002 | proposed | a | b | c |') }, [['spec-row-uneven', 'requirements.md', 8, 1]]],
    ['has a row with a cell too few', { tasks: does('| TASK-001 | proposed | | writer | REQ-001 | P9 |') }, [['spec-row-uneven', 'tasks.md', 7, 1]]],
    ['has a line of dashes of another width', { requirements: `## Requirements\n\n| id | status | requirement | proof |\n|---|---|---|\n${SOUND}\n` }, [['spec-row-uneven', 'requirements.md', 6, 1]]],
    ['names a requirement that is not there', { design: decides('| DEC-001 | proposed | | | REQ-007 |') }, [['spec-reference-unknown', 'design.md', 7, 28]]],
    ['names a requirement in a form of its own', { design: decides('| DEC-001 | proposed | | | R7 |') }, [['spec-id-malformed', 'design.md', 7, 28]]],
    ['names a task that is not there', { tasks: does('| TASK-001 | proposed | TASK-009 | | | REQ-001 | |') }, [['spec-reference-unknown', 'tasks.md', 7, 25]]],
    ['names a proof that is not there', { requirements: wants('| REQ-001 | proposed | When asked, it shall answer. | P3 |') }, [['spec-reference-unknown', 'requirements.md', 7, 55]]],
    ['names a decision that is not there', { requirements: wants(SOUND) + table('Traceability', '| requirement | design section | task | ticket | evidence |', '| REQ-001 | see DEC-004 | | | |') }, [['spec-reference-unknown', 'requirements.md', 13, 13]]],
    ['lets tasks wait for each other', { tasks: does('| TASK-001 | proposed | TASK-002 | | | | |', '| TASK-002 | proposed | TASK-001 | | | | |') }, [['spec-task-cycle', 'tasks.md', 7, 25]]],
    ['has something superseded by nothing', { requirements: wants('| REQ-001 | superseded | When asked, it shall answer. | |') }, [['spec-unreplaced', 'requirements.md', 7, 13]]],
    ['has something superseded by itself', { requirements: wants('| REQ-001 | superseded by REQ-001 | x | |') }, [['spec-unreplaced', 'requirements.md', 7, 13]]],
    ['has something superseded by what is not there', { requirements: wants(SOUND, '| REQ-002 | superseded by REQ-003 | x | |') }, [['spec-reference-unknown', 'requirements.md', 8, 13]]],
    ['is accepted while a question blocks', { requirements: `- Status: accepted\n\n${wants(SOUND)}${asks('| Who? | wait | Ada | yes |')}` }, [['spec-question-open', 'requirements.md', 13, 3]]],
    ['has accepted what a question is about', { requirements: wants('| REQ-001 | accepted | When asked, it shall answer. | |') + asks('| REQ-001: who? | wait | Ada | Yes |', '| Why? | | | yes |') }, [['spec-question-open', 'requirements.md', 13, 3]]],
    ['does not say whether a question blocks', { requirements: wants(SOUND) + asks('| Who? | wait | Ada | |') }, [['spec-choice-unknown', 'requirements.md', 13, 22]]],
    ['has accepted nothing', { requirements: wants('| REQ-001 | accepted | | |') }, [['spec-text-missing', 'requirements.md', 7, 23]]],
    ['lacks a table', { requirements: '## Summary\n' }, [['spec-table-missing', 'requirements.md', 1, 1]]],
    ['lacks a column', { requirements: table('Requirements', '| id | requirement | proof |', '| REQ-001 | x | y |') }, [['spec-column-missing', 'requirements.md', 5, 1]]],
    ['has an odd id for the whole', { requirements: `- Spec ID: 7\n- Status: proposed\n\n${wants(SOUND)}` }, [['spec-id-malformed', 'requirements.md', 1, 12]]],
    ['has its clauses in an odd order', { requirements: wants('| REQ-001 | proposed | It shall answer when asked. | |') }, [['spec-clause-order', 'requirements.md', 7, 24]]],
  ])('that %s', (_, parts, problems) => expect(inOne(parts)).toEqual(problems));

  test('may name what another spec has', () => {
    const names = (id: string) => spec('b', { design: decides(`| DEC-001 | proposed | | | ${id} |`) });
    expect(told(spec('a', {}), names('a#REQ-001'))).toEqual([]);
    expect(told(spec('a', {}), names('a#REQ-002'))).toEqual([['spec-reference-unknown', 'b/design.md', 7, 28]]);
    expect(told(names('a#REQ-001'))).toEqual([['spec-reference-unknown', 'b/design.md', 7, 28]]);
  });

  test('may be superseded by another', () => {
    const old = (by: string) => spec('old', { requirements: `- Status: superseded${by}\n\n${wants(SOUND)}` });
    expect(told(old(' by a'), spec('a', {}))).toEqual([]);
    expect(told(old(''), spec('a', {}))).toEqual([['spec-unreplaced', 'old/requirements.md', 1, 11]]);
    expect(told(old(' by b'), spec('a', {}))).toEqual([['spec-reference-unknown', 'old/requirements.md', 1, 11]]);
  });
});

test.each([
  ['When a person logs in, the page shall greet them.', 0],
  ['Where mail is on, while a queue is full, when mail comes, the server shall refuse it.', 0],
  ['If the disk is full, then the tool shall say so.', 0],
  ['The tool shall exit 0.', 0],
  ['Given a user, when they log in, then they see a greeting.', 0],
  ['**When** asked, the tool **shall** answer.', 0],
  ['The tool shall show where the file is.', 0],
  ['The tool shall answer when asked.', 1],
  ['When mail comes, while a queue is full, the server shall refuse it.', 1],
  ['If the disk is full, the tool shall say so.', 1],
  ['The tool shall ask and shall answer.', 1],
  ['Given a user, then they see a greeting.', 1],
  ['When they log in, given a user, then they see it.', 1],
  ['The login works.', 1],
])('%s', (text, hints) => expect(clauseHints(text)).toHaveLength(hints));

test('a sentence of any length is looked at at once', () => {
  const before = performance.now();
  for (const unit of ['shall ', 'when ', ' ', 'if, ', '. ']) clauseHints(unit.repeat(50_000));
  expect(performance.now() - before).toBeLessThan(1_000);
});

test.each([
  [{ A: ['B'], B: [] }, undefined],
  [{ A: ['A'] }, ['A', 'A']],
  [{ A: ['B', 'C'], B: ['C'], C: ['B'] }, ['B', 'C', 'B']],
  [{ A: ['gone'] }, undefined],
])('circles in %j', (waits, found) => expect(firstCycle(new Map(Object.entries(waits)))).toEqual(found));

test('a chain of any length', () => {
  const long = new Map(Array.from({ length: 50_000 }, (_, at) => [`T${at}`, [`T${at + 1}`]] as const));
  expect(firstCycle(long)).toBe(undefined);
});
