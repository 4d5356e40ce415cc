import { FIXED, GREETER, tell, type Story } from './story.js';
import { madeOnce, workshop } from './workshop.js';

export const SPECCED = 'TKT-2026-11-21-greet';
const FOLDER = 'docs/specs/greeting';

/** A spec of two requirements, of which the first is accepted, one decision, two tasks and one proof. */
export const GREETING: Record<string, string> = {
  [`${FOLDER}/requirements.md`]: [
    '# Requirements: Greeting', '', '- Spec ID: REQSET-2026-11-21-greeting', '- Status: accepted', '', '## Requirements', '',
    '| id | status | requirement | how it is proved |', '|---|---|---|---|',
    '| REQ-001 | accepted | When a name is given, the greeter shall say "Hello". | P1 |',
    '| REQ-002 | proposed | When no name is given, the greeter shall say nothing. | |', '',
  ].join('\n'),
  [`${FOLDER}/design.md`]: [
    '# Design: Greeting', '', '- Status: accepted', '', '## Decisions', '',
    '| id | status | decision | why | requirements |', '|---|---|---|---|---|', '| DEC-001 | accepted | One function. | Small. | REQ-001 |', '',
  ].join('\n'),
  [`${FOLDER}/tasks.md`]: [
    '# Tasks: Greeting', '', '- Status: accepted', '', '## Tasks', '',
    '| id | status | depends on | role | files | requirements | proof |', '|---|---|---|---|---|---|---|',
    '| TASK-001 | accepted | | writer | greet.js | REQ-001 | P1 |', '| TASK-002 | proposed | TASK-001 | writer | greet.js | REQ-002 | |', '',
    '## Proofs', '', '| id | covers | command |', '|---|---|---|', '| P1 | REQ-001 | node --test greet.test.js |', '',
  ].join('\n'),
};

/** A ticket that carries the spec out. */
export const greetingTicket = ({ id = SPECCED, specs = `{ mode: full_sdd, requirements: ${FOLDER}/requirements.md, design: ${FOLDER}/design.md, tasks: ${FOLDER}/tasks.md }`, allowed = '[greet.js]', says = 'REQ-001: the greeter says Hello.' } = {}): string => [
  'schema_version: 3', `id: ${id}`, 'title: Greet', 'class: standard', 'kind: bugfix', `scope: { allowed: ${allowed} }`,
  `specs: ${specs}`, `acceptance: [{ id: AC-1, text: ${JSON.stringify(says)}, proofs: [P1] }]`,
  'proof: [{ id: P1, run: [node, --test, greet.test.js] }]', '',
].join('\n');

const PLAN = [
  'tasks: [{ id: T1, text: Correct the greeting., paths: [greet.js] }]', 'success: [The test passes.]',
  'coverage: [{ criterion: AC-1, proofs: [P1] }]', 'commit_note: Fix the greeting', '',
].join('\n');

/** A repository with a spec and a ticket for it, both committed, and nothing begun. Made once for the same files. */
export async function specced(files: Record<string, string> = {}): Promise<Story> {
  const told = tell(await madeOnce(`specced ${JSON.stringify(files)}`, () => setUp(files)));
  told.ticket = SPECCED;
  return told;
}

async function setUp(files: Record<string, string>): Promise<Story> {
  const told = tell(await workshop({ ...GREETER, ...GREETING, [`tickets/${SPECCED}.yaml`]: greetingTicket(), ...files }));
  await told.ok('init');
  await told.git('add', '--all');
  await told.git('commit', '--quiet', '--message', 'Set up cxw');
  await told.git('push', '--quiet');
  return told;
}

/** Takes a ticket as far as its review, with a change that greets. */
export async function reviewed(told: Story, content = FIXED): Promise<void> {
  await told.write('../plan.yaml', PLAN);
  await told.ok('advance', told.ticket);
  await told.ok('record', 'plan', told.ticket, '--file', '../plan.yaml', '--as', 'planner:pat');
  await told.ok('advance', told.ticket, '--until-blocked');
  await told.write('greet.js', content);
  await told.ok('record', 'changes', told.ticket, '--summary', 'One letter.');
  await told.ok('advance', told.ticket, '--until-blocked');
  await told.selfReview();
  await told.review();
}
