import { expect, test } from 'vitest';
import { runHere } from '../../support/here.js';
import { GREETING, specced } from '../../support/specced.js';
import type { Story } from '../../support/story.js';
import { faultsOf, HOSTILE, HUGE } from './hostileTexts.js';

const DECISION = 'docs/decisions/0001-keep-facts-in-files.md';
const REVIEW = 'docs/review/TKT-2026-11-21-done.md';

/** Pages that people write and `cxw` reads, and the commands that meet them. */
const PAGES: Record<string, { text: string; meeting: string[][] }> = {
  ...Object.fromEntries(Object.entries(GREETING).map(([path, text]) => [path, { text, meeting: [['validate', path], ['spec', 'list'], ['spec', 'trace'], ['spec', 'drift', 'greeting']] }])),
  'docs/specs/changes/louder/delta.md': {
    text: ['# Delta: Louder', '', '- Status: accepted', '- Spec: greeting', '', '## ADDED', '', '| id | status | requirement | text | how it is proved |', '|---|---|---|---|---|', '| ADD-001 | accepted | REQ-003 | When asked to, the greeter shall shout. | P1 |', ''].join('\n'),
    meeting: [['validate', 'docs/specs'], ['spec', 'list'], ['spec', 'apply', 'louder', '--dry-run']],
  },
  [DECISION]: {
    text: ['# ADR-0001: Keep facts in files', '', '- Status: Accepted', '- Date: 2026-11-21', '- Tags: persistence', '- Origin: a talk', '', '## Problem', '', 'Facts get lost.', '', '## Decision', '', 'Keep them.', '', '## Consequences', '', 'More files.', ''].join('\n'),
    meeting: [['validate', 'docs'], ['adr', 'list'], ['adr', 'supersede', '1', 'Keep them elsewhere', '--dry-run'], ['adr', 'index', '--dry-run']],
  },
  [REVIEW]: {
    text: ['# Review: TKT-2026-11-21-done', '', '- Status: Done', '', '## 1. Summary', '', 'It greets.', '', '## 2. Files', '', '| file | change | kind |', '|---|---|---|', '| `greet.js` | edited | code |', '', '[a link](../specs/greeting/design.md)', ''].join('\n'),
    meeting: [['validate', REVIEW], ['progress', 'update', '--dry-run'], ['review', 'write', 'TKT-2026-11-21-done', '--dry-run']],
  },
  'docs/progress/index.md': {
    text: ['# Progress', '', '## In progress', '', '| ticket | title | state |', '|---|---|---|', '| TKT-2026-11-21-greet | Greet | writer_assigned |', '', '## Completed', ''].join('\n'),
    meeting: [['validate', 'docs/progress'], ['progress', 'update', '--dry-run']],
  },
  'agent/STATE.md': { text: '# State\n\n- The greeter greets.\n', meeting: [['brief', 'writer'], ['learn', '--pattern', 'Small steps.', '--source', 'a talk'], ['validate']] },
  'docs/steering/words.md': {
    text: ['---', 'id: words', 'title: Words', 'inclusion: { mode: always, description: Words. }', 'rules: [{ key: quotes.style, value: single }]', '---', '', 'Say what you mean.', ''].join('\n'),
    meeting: [['validate'], ['brief', 'writer']],
  },
  'AGENTS.md': { text: '# Agents\n\nRead this first.\n', meeting: [['init', '--dry-run'], ['upgrade', '--dry-run'], ['brief', 'planner']] },
  'CLAUDE.md': { text: '@AGENTS.md\n', meeting: [['init', '--with', 'claude', '--dry-run']] },
};

/** The page once for each of its lines, with the text at the end of it, and once with the text in its middle. */
function* pagesWith(text: string, hostile: string): Generator<string> {
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    if (line === '' && at > 0) continue;
    yield lines.with(at, `${line}${hostile}`).join('\n');
    yield lines.with(at, line.replace(/(?<=[^|:#-] )(?=\w)|$/, hostile)).join('\n');
  }
}

async function faultsIn(told: Story, [path, { text, meeting }]: [string, { text: string; meeting: string[][] }], hostile: string): Promise<string[]> {
  const before = await told.read(path).catch(() => undefined);
  const faults: string[] = [];
  const pages = [...pagesWith(text, hostile)];
  for (const [at, page] of pages.entries()) {
    if (hostile === HUGE && at % 8 !== 0) continue;
    await told.write(path, page);
    for (const words of meeting.filter((_, nth) => nth === 0 || nth % 2 === at % 2)) faults.push(...(await faultsOf(told, words)).map((fault) => `${path}, page ${at}: ${fault}`));
  }
  await (before === undefined ? told.remove(path) : told.write(path, before));
  return faults;
}

test.each(HOSTILE)('%s anywhere in a page is refused or escaped', async (_, hostile) => {
  const told = await specced();
  const faults: string[] = [];
  for (const page of Object.entries(PAGES)) faults.push(...await faultsIn(told, page, hostile));
  expect(faults).toEqual([]);
});

test('unharmed, they are read: what is tried here is no heap of refusals', async () => {
  const told = await specced();
  for (const [path, { text }] of Object.entries(PAGES)) if (!path.startsWith('docs/review') && !path.startsWith('docs/progress')) await told.write(path, text);
  await told.ok('adr', 'index');
  const { exit, stdout } = await runHere(told, ['validate', 'docs/specs', 'docs/decisions', 'docs/steering', '--json']);
  expect(stdout.match(/"severity":"error"/g) ?? [], stdout).toEqual([]);
  expect(exit).toBe(0);
});
