import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { allCodes } from '../../src/domain/codes/index.js';
import { complain, refuse, remark } from '../../src/domain/problem.js';
import { sarifOf } from '../../src/output/sarif.js';
import { workshop } from '../support/workshop.js';

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 }, markdown: { type: 'string' } }, additionalProperties: false };
const position = { type: 'integer', minimum: 1 };

/** What the published schema of SARIF 2.1.0 says of the parts that we write; anything else in them is a mistake. */
const isSarif = new Ajv({ strict: true, allErrors: true, formats: { 'uri-reference': /^[A-Za-z0-9\-._~/%]+$/ } }).compile({
  type: 'object', required: ['version', 'runs'], additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    version: { enum: ['2.1.0'] },
    runs: { type: 'array', minItems: 1, items: {
      type: 'object', required: ['tool', 'results'], additionalProperties: false,
      properties: {
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        tool: { type: 'object', required: ['driver'], additionalProperties: false, properties: { driver: {
          type: 'object', required: ['name'], additionalProperties: false,
          properties: {
            name: { type: 'string' }, semanticVersion: { type: 'string' },
            rules: { type: 'array', uniqueItems: true, items: {
              type: 'object', required: ['id'], additionalProperties: false,
              properties: { id: { type: 'string' }, shortDescription: text, fullDescription: text, help: text },
            } },
          },
        } } },
        results: { type: 'array', items: {
          type: 'object', required: ['message', 'ruleId', 'level'], additionalProperties: false,
          properties: {
            ruleId: { type: 'string' }, ruleIndex: { type: 'integer', minimum: 0 }, level: { enum: ['none', 'note', 'warning', 'error'] }, message: text,
            locations: { type: 'array', items: { type: 'object', additionalProperties: false, properties: { physicalLocation: {
              type: 'object', required: ['artifactLocation'], additionalProperties: false,
              properties: {
                artifactLocation: { type: 'object', additionalProperties: false, properties: { uri: { type: 'string', format: 'uri-reference' }, uriBaseId: { type: 'string' } } },
                region: { type: 'object', required: ['startLine'], additionalProperties: false, properties: { startLine: position, startColumn: position, endLine: position, endColumn: position } },
              },
            } } } },
          },
        } },
      },
    } },
  },
});

function read(document: string): any {
  const parsed: unknown = JSON.parse(document);
  expect(isSarif(parsed), JSON.stringify(isSarif.errors)).toBe(true);
  return parsed;
}

describe('SARIF', () => {
  test('holds every problem with its rule, its place and what to run', () => {
    const [run] = read(sarifOf([
      complain('yaml-tag', { tag: '!x' }, { file: 'tickets/a.yaml', line: 4, column: 3, endLine: 4, endColumn: 9, source: 'private' }),
      complain('proof-without-criterion', { proof: 'P9' }, { file: 'b.yaml' }, 'warning'),
      remark('line-endings-only', { ticket: 'T', path: 'a' as never }),
      complain('yaml-tag', { tag: '!y' }, { file: 'tickets/a.yaml', line: 7 }),
    ], '1.2.3')).runs;
    expect(run.tool.driver.rules.map(({ id }: any) => id)).toEqual(['line-endings-only', 'proof-without-criterion', 'yaml-tag']);
    expect(run.results.map(({ ruleId, ruleIndex, level }: any) => [ruleId, ruleIndex, level])).toEqual([
      ['yaml-tag', 2, 'error'], ['proof-without-criterion', 1, 'warning'], ['line-endings-only', 0, 'note'], ['yaml-tag', 2, 'error'],
    ]);
    expect(run.results[0].locations).toEqual([{ physicalLocation: {
      artifactLocation: { uri: 'tickets/a.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 4, startColumn: 3, endLine: 4, endColumn: 9 },
    } }]);
    expect(run.results[1].locations[0].physicalLocation.region).toBeUndefined();
    expect(run.results[2].locations).toEqual([]);
    expect(JSON.stringify(run)).not.toContain('private');
  });

  test('explains every code that there is', () => {
    const every = allCodes().map((code) => ({ ...refuse('no-policy', {}), code }));
    const { rules } = read(sarifOf(every, '1.2.3')).runs[0].tool.driver;
    expect(rules.filter((rule: any) => rule.help === undefined)).toEqual([]);
    expect(rules).toHaveLength(every.length);
  });

  test('refers to files byte for byte, and lets nothing out that a terminal obeys', () => {
    const document = sarifOf([
      complain('yaml-tag', { tag: '!\u001b[31m\u202e' }, { file: '"tickets/\\303\\274 \\377%.yaml"', line: 1 }),
    ], '1.2.3');
    expect(read(document).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('tickets/%C3%BC%20%FF%25.yaml');
    expect(document).not.toMatch(/[\u001b\u202e]/);
  });

  test('is an empty list where nothing is wrong', () => expect(read(sarifOf([], '1.2.3')).runs[0].results).toEqual([]));

  test('is what validate prints, with its own exit code', async () => {
    const bench = await workshop();
    await bench.cxw('init', '--prove', 'git --version');
    const clean = await bench.cxw('validate', '--format', 'sarif');
    expect(clean.exit).toBe(0);
    expect(read(clean.stdout).runs[0].results.filter(({ level }: any) => level === 'error')).toEqual([]);
    await bench.write('.cxw/policy.yaml', 'schema_version: 1\ndelivery: { mode: none }\ncolour: red\n');
    const broken = await bench.cxw('validate', '--format', 'sarif');
    expect(broken.exit).toBe(3);
    expect(read(broken.stdout).runs[0].results[0]).toMatchObject({ ruleId: 'unknown-key', locations: [{ physicalLocation: { artifactLocation: { uri: '.cxw/policy.yaml' }, region: { startLine: 3, startColumn: 1 } } }] });
    expect((await bench.cxw('validate', '--format', 'sarif', '--json')).exit).toBe(2);
  });
});
