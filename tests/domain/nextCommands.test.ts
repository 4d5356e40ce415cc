import { expect, test } from 'vitest';
import { nextCommands } from '../../src/domain/next.js';
import { refuse } from '../../src/domain/problem.js';
import { freshRun, type Run } from '../../src/domain/run.js';

const ended = (delivery?: Run['delivery']): Run => ({ ...freshRun('T'), state: 'done', delivery, end: { how: 'done', at: '2026-11-22T08:00:00.000Z' } });

test('only what was delivered can be verified', () => {
  expect(nextCommands(ended({} as Run['delivery']))).toEqual(['cxw verify T']);
  expect(nextCommands(ended())).toEqual(['cxw ticket new --quick TITLE --file PATH']);
});

test('an id that nothing fits leads to those that there are', () => {
  expect(refuse('nothing-to-verify', { what: 'nope', shallow: false }).commands[0]).toBe('cxw ticket list');
});

test('a ticket whose file has another name is renamed by what works for an untracked one too', () => {
  expect(refuse('ticket-id-not-file-name', { id: 'T', name: 'notes.yaml' }).commands).toEqual(['mv -n tickets/notes.yaml tickets/T.yaml']);
  expect(refuse('ticket-id-not-file-name', { id: 'T', name: 'my notes.yaml' }).commands).toEqual(["mv -n tickets/'my notes.yaml' tickets/T.yaml"]);
});

test('what the remote does not have is pushed, and what nobody could see is fetched', () => {
  expect(refuse('not-delivered', { ticket: 'T', delivered: 'no', why: 'x' }).commands[0]).toBe('git push');
  expect(refuse('not-delivered', { ticket: 'T', delivered: 'unknown', why: 'x' }).commands[0]).toBe('git fetch');
});

test('a first plan is not read from a file that nobody wrote', () => {
  expect(refuse('plan-missing', { ticket: 'T' }).commands).toEqual(['cxw brief planner T', 'cxw schema record-plan', 'cxw record plan T --file FILE']);
});

test('a record has its article', () => {
  expect(refuse('wrong-role', { record: 'expert', actor: 'writer:x', allowed: ['reviewer', 'orchestrator'], ticket: 'T' }).message).toBe('An expert comes from a reviewer or an orchestrator, not from writer:x.');
});
