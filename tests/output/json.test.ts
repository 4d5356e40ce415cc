import { describe, expect, test } from 'vitest';
import { envelopeSchema } from '../../src/domain/envelope.js';
import { done, no, type Outcome } from '../../src/domain/outcome.js';
import { complain, refuse, remark } from '../../src/domain/problem.js';
import { answerOf, failureAnswer } from '../../src/output/answer.js';
import { jsonOf } from '../../src/output/json.js';

const read = (outcome: Outcome) => envelopeSchema.parse(JSON.parse(jsonOf(answerOf(outcome))));

describe('the JSON document of an answer', () => {
  test('of a success has neither a code nor a null', () => {
    const text = jsonOf(answerOf(done('ticket new', { id: 'TKT-1', missing: undefined }, ['cxw advance'])));
    expect(text).toBe('{"schema":"cxw/ticket-new@1","ok":true,"exit":0,"data":{"id":"TKT-1"},"problems":[],"next":["cxw advance"]}\n');
  });

  test.each([['invalid', 3], ['refused', 4], ['waiting', 5]] as const)('of %s says exit %i and the first code that stops', (ending, exit) => {
    const waived = remark('waiver-stands', { what: 'proof:P1', by: 'human:Ada', reason: 'later' }, 'warning');
    const answer = read(no(ending, 'deliver', {}, [waived, refuse('no-policy', {})]));
    expect(answer).toMatchObject({ ok: false, exit, code: 'no-policy', problems: [{ severity: 'warning' }, { severity: 'error', fix: { command: 'cxw init' } }] });
  });

  test('carries the place of a problem, and never the document itself', () => {
    const place = { file: 'tickets/a.yaml', line: 4, column: 8, endLine: 4, endColumn: 12, source: 'the whole text', label: 'here' };
    const answer = read(no('invalid', 'validate', {}, [complain('no-policy', {}, place)]));
    expect(answer.problems[0]).toMatchObject({ file: 'tickets/a.yaml', line: 4, column: 8, endLine: 4, endColumn: 12 });
    expect(JSON.stringify(answer)).not.toContain('the whole text');
  });

  test('is one line, whatever is in it', () => {
    const text = jsonOf(failureAnswer('cxw', 2, refuse('wrong-usage', { said: 'a\nb\u2028c\u001b', command: 'cxw' })));
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(text).not.toMatch(/[\u2028\u001b]/);
  });
});
