import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { classify } from '../../src/domain/classify.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { policySchema } from '../../src/domain/policy.js';
import { TRIGGERS, type Trigger } from '../../src/domain/triggers.js';

interface Case {
  case: string;
  files: RepoPath[];
  declared?: Trigger[];
  proof: string;
  class: string;
  trigger?: Trigger;
}

const policy = policySchema.parse({ schema_version: 1, delivery: { mode: 'none' } });
const cases = parse(readFileSync(resolve(import.meta.dirname, '../fixtures/quick-classification.yaml'), 'utf8')) as Case[];

test.each(cases)('$case is $class', ({ files, declared = [], proof, class: expected, trigger }) => {
  const { class: found, findings } = classify(files, declared, policy, [{ id: 'P1', run: proof }]);
  expect(found).toBe(expected);
  expect(findings.map((finding) => finding.trigger)).toEqual(trigger === undefined ? [] : [trigger]);
});

test('there is a case for each trigger', () => {
  expect(new Set(cases.flatMap(({ trigger }) => trigger ?? []))).toEqual(new Set(TRIGGERS));
});
