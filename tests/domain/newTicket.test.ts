import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { compileGlob, globFault } from '../../src/domain/globs.js';
import { literalGlob } from '../../src/domain/globText.js';
import { lineDiff } from '../../src/domain/lineDiff.js';
import { commandFor, newTicket, type TicketWords } from '../../src/domain/newTicket.js';
import { parsePath, pathFromBytes, showPath } from '../../src/domain/paths.js';
import { policySchema } from '../../src/domain/policy.js';
import { ticketSchema } from '../../src/domain/ticket.js';
import { ticketText } from '../../src/domain/ticketText.js';
import { yamlScalar } from '../../src/domain/yamlText.js';

const policy = policySchema.parse({ schema_version: 1, delivery: { mode: 'commit' } });
const knowing = policySchema.parse({ ...policy, stack: { test: 'npm test' } });
const words = (said: Partial<TicketWords>): TicketWords =>
  ({ quick: true, title: 'Fix typo', files: ['src/a.ts'], allow: [], accept: [], prove: [], plan: [], ...said });

const ID = 'TKT-2026-11-21-fix-typo';
function written(said: Partial<TicketWords>, by = knowing) {
  const verdict = newTicket(words(said), by);
  if (!verdict.ok) throw new Error(verdict.refusals.map(({ message }) => message).join(' '));
  const { text, wants } = ticketText(ID, verdict.value);
  return { text, wants, ticket: ticketSchema.parse(parse(text)) };
}
const faults = (said: Partial<TicketWords>, by = knowing): [string, unknown][] => {
  const verdict = newTicket(words(said), by);
  return verdict.ok ? [] : verdict.refusals.map(({ code, facts }) => [code, facts['why'] ?? facts['fault']]);
};

describe('a new ticket', () => {
  test('is short, valid and says which lines want words', () => {
    const { text, wants, ticket } = written({});
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
    expect(text.startsWith('# yaml-language-server: $schema=../.cxw/schema/ticket.schema.json\n')).toBe(true);
    expect(wants.map((line) => text.split('\n')[line - 1])).toEqual(['  - Fix typo', '    text: "It is done as the title says: Fix typo"']);
    expect(ticket).toMatchObject({ id: ID, class: 'quick', kind: 'small-feature', scope: { files: ['src/a.ts'] }, proof: [{ id: 'P1', run: 'npm test' }] });
  });

  test('says what was given, and then wants nothing', () => {
    const { wants, ticket } = written({
      title: '  Fix\n the: "typo"  ', accept: ['When x, y shall z.', 'And more'], plan: ['First', 'Then: # this'], prove: ['npm test -- a', 'npm run lint'], kind: 'bugfix', why: 'Small.',
    });
    expect(wants).toEqual([]);
    expect(ticket).toMatchObject({
      title: 'Fix the: "typo"', kind: 'bugfix', why_quick: 'Small.', plan: ['First', 'Then: # this'],
      acceptance: [{ id: 'AC-1', text: 'When x, y shall z.', proofs: ['P1', 'P2'] }, { id: 'AC-2', proofs: ['P1', 'P2'] }],
      proof: [{ run: 'npm test -- a' }, { id: 'P2', run: 'npm run lint' }],
    });
  });

  test.each([
    ['npm test && npm run lint', 'shell'], ['CI=1 npm test', 'shell'], ['cat x | grep y', 'shell'], ['echo $HOME', 'shell'],
    ["grep 'a|b' file", 'run'], ['npm test -- src/*.ts', 'run'], ['sh -c "a && b"', 'run'],
  ])('%s is given to a %s', (command, how) => {
    expect(written({ prove: [command] }).ticket.proof[0]).toEqual({ id: 'P1', [how]: command });
  });

  test('of documentation alone may be proved by a reviewer, if nothing else is known', () => {
    expect(written({ files: ['README.md', 'docs/a.txt'] }, policy).ticket).toMatchObject({ kind: 'documentation', proof: [{ inspect: expect.stringContaining('Read the change') }] });
    expect(written({ files: ['README.md'] }, knowing).ticket.proof).toEqual([{ id: 'P1', run: 'npm test' }]);
  });

  test('of code needs a proof', () => {
    const verdict = newTicket(words({ files: ['src/a b.ts', 'README.md'] }), policy);
    expect(verdict.ok ? [] : verdict.refusals.map(({ code, commands }) => [code, commands])).toEqual([
      ['ticket-without-proof', ["cxw ticket new --quick 'Fix typo' --file 'src/a b.ts' --file README.md --prove COMMAND"]],
    ]);
  });

  test('of a larger class has patterns, and wants a reason for having no spec', () => {
    const { ticket, wants, text } = written({ quick: false, files: ['app/[id].ts'], allow: ['src/**', 'test/**'] });
    expect(ticket).toMatchObject({ class: 'standard', kind: 'feature', scope: { allowed: ['app/\\[id\\].ts', 'src/**', 'test/**'] }, specs: { mode: 'no_spec' } });
    expect(wants.map((line) => text.split('\n')[line - 1]!.trim().split(':')[0])).toEqual(['reason', 'text']);
    expect(written({ quick: false, allow: ['src/**'], files: [], accept: ['x'], why: 'A rename across modules.' }).wants).toEqual([]);
  });

  test('everything that is wrong is said at once', () => {
    expect(faults({ title: 'a\u0007b', files: ['../x', '/y', '.git/config'], kind: 'bugfx', id: 'tkt', prove: [' '], plan: ['x'.repeat(4001)] })).toEqual([
      ['path-unusable', 'leaves-repository'], ['path-unusable', 'absolute'], ['path-unusable', 'git-directory'],
      ['ticket-value-invalid', 'it holds a character that cannot be seen'],
      ['ticket-value-invalid', 'it is longer than 4000 characters'],
      ['ticket-value-invalid', 'it is empty'],
      ['ticket-value-invalid', 'perhaps bugfix was meant'],
      ['ticket-value-invalid', 'it must look like TKT-2026-11-21-fix-typo'],
    ]);
  });

  test.each([
    [{ title: 'x'.repeat(121) }, 'ticket-value-invalid'],
    [{ title: 'a\u202eb' }, 'ticket-value-invalid'],
    [{ files: [] }, 'ticket-scope-missing'],
    [{ quick: false, files: [], allow: [] }, 'ticket-scope-missing'],
    [{ quick: false, files: [], allow: ['src/**'], expert: ['nope: they know it'] }, 'ticket-value-invalid'],
    [{ allow: ['src/**'] }, 'ticket-value-invalid'],
    [{ quick: false, allow: ['/src'] }, 'ticket-value-invalid'],
    [{ prove: ["npm test 'a"] }, 'ticket-value-invalid'],
  ])('%j is refused', (said, code) => {
    expect(faults(said).map(([found]) => found)).toEqual([code]);
  });

  test('the way on from a quick ticket keeps what was said', () => {
    const said = words({ files: ['a b', 'app/[id].ts'], prove: ["x 'y'"], accept: ['Q?'], kind: 'bugfix', why: 'Small.' });
    expect(commandFor(said, [])).toBe("cxw ticket new 'Fix typo' --accept 'Q?' --prove 'x '\\''y'\\''' --kind bugfix");
  });
});

describe('what is written can be read back', () => {
  test('any text as a YAML scalar', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('true', 'null', '- a', 'a: b', 'a #b', "it's", '~', 'yes', ' a ', '1.10', 'e')), (text) => {
      const line = `key: ${yamlScalar(text)}\n`;
      expect(line.trimEnd().split('\n')).toHaveLength(1);
      const document = parseDocument(line, { version: '1.2', strict: true });
      expect([...document.errors, ...document.warnings]).toEqual([]);
      expect(document.toJS()).toEqual({ key: text });
    }), { numRuns: 300 });
  });

  test('any name of a file, in a ticket', () => {
    const name = fc.uint8Array({ minLength: 1, maxLength: 20 }).map(pathFromBytes).filter((path) => parsePath(showPath(path)).ok);
    fc.assert(fc.property(fc.oneof(name, fc.constantFrom('-A', ':(top)x', '*', '--amend', 'a b', 'a"b', 'a\nb', "it's", 'é', 'e\u0301', '#x', 'a: b')), (path) => {
      expect(written({ files: [showPath(path as ReturnType<typeof pathFromBytes>)] }).ticket).toMatchObject({ scope: { files: [path] } });
    }), { numRuns: 200 });
  });

  test('a path as a pattern matches that path', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', '*', '?', '[', ']', '{', '}', ',', '\\', '!', '\n', 'é') }), (name) => {
      const path = pathFromBytes(new TextEncoder().encode(`d/${name}`));
      expect(globFault(literalGlob(path))).toBeUndefined();
      expect(compileGlob(literalGlob(path))(path)).toBe(true);
    }), { numRuns: 300 });
    expect(compileGlob(literalGlob(pathFromBytes(new TextEncoder().encode('a/*'))))('a/b')).toBe(false);
  });

  test('the difference of two texts, with a little around it', () => {
    expect(lineDiff('a\nb\nc\nd\ne\nf\n', 'a\nb\nc\nD\ne\nf\n')).toBe(' b\n c\n-d\n+D\n e\n f');
    expect(lineDiff('a\n', 'a\n')).toBe('');
  });
});
