import type { RecordKind } from '../../../src/domain/records.js';

/** Documents that are as they should be, rich in what documents may hold: what mutants descend from. */
const HEAD = `# yaml-language-server: $schema=../.cxw/schema/ticket.schema.json
schema_version: 3
id: TKT-2026-11-21-fix-typo
title: Fix the typo # a comment
`;
const END = `acceptance:
  - { id: AC-1, text: The word is right., proofs: [P1] }
  - id: AC-2
    given: a reader
    when: the page opens
    then: |
      the word is
      right
    proofs: [P1]
proof:
  - { id: P1, run: [npm, test], timeout: 60, expect: { tests_min: 1 }, must_fail_on_base: false }
  - id: P2
    shell: "npm run lint | tee log"
  - { id: P3, run: npm run report, junit: reports/junit.xml }
  - { id: P4, inspect: The page reads well. }
`;

export const TICKETS: readonly string[] = [
  `${HEAD}class: quick
kind: bugfix
why_quick: >-
  One word
  in one file.
scope:
  files: ["README.md", '"caf\\303\\251.md"', docs/日本.md]
  forbidden: ['**/*.lock']
plan: [Correct the word.]
${END}`,
  `${HEAD}class: standard
kind: feature
triggers: [schema_data]
scope:
  allowed: ['src/**', docs/, 'a\\{b\\}/[!x-z]?.{ts,js}']
specs: { mode: full_sdd, requirements: specs/r.md, design: specs/d.md, tasks: specs/t.md, delta: specs/delta.md }
decisions:
  locked: [{ id: DEC-1, text: As it is. }]
  open: [{ id: DEC-2, text: Which one?, blocks: true }]
steering: [docs/steering.md]
context: { max_files: 20, max_lines: 2000, required: [README.md], exclude: ['dist/**'] }
experts: [{ profile: security, why: It touches the login. }]
background: { problem: Nobody can log in., current: It fails., desired: It works., prior_work: [The last try.], out_of_scope: [The logo.] }
workers: [{ role: writer, task: Mend the login. }]
visual: { views: [{ id: V1, what: The login page. }], rule: Nothing overlaps. }
stop_conditions: [The schema must change.]
handoff: [What was left.]
done: [The login works.]
${END}`,
  `${HEAD}class: orchestrator
kind: feature
scope: { allowed: ['**'] }
specs: { mode: no_spec, reason: Each child carries its own reasons. }
children: [TKT-2026-11-21-one, TKT-2026-11-21-two]
stages: [{ id: build, children: [TKT-2026-11-21-one], exit_gate: It is delivered. }]
max_iterations: 3
final_verifier: Kim
${END}`,
];

export const POLICIES: readonly string[] = [
  'schema_version: 1\ndelivery:\n  mode: commit\n',
  `schema_version: 1
delivery: { mode: commit-push, remote: origin, branches: [main, 'release/*'], hooks: refuse-if-dirty, timeout: 30, upstream_pairs: [{ local: topic, upstream: main }] }
proofs:
  timeout: 60
  env: [CI, NODE_OPTIONS]
  prepare: [[npm, ci], [npm, run, build]]
  tests: ['**/*.test.*']
limits: { repair_rounds: 2, brief_lines: 100 }
modules:
  - { name: core, paths: ['src/**'] }
triggers:
  dependencies: [package.json]
docs: ['**/*.md']
forbidden: ['.env', '**/secrets/**']
experts: { security: ['src/auth/**'] }
roles: { writer: codex, reviewer: claude }
ask_again_when: [The scope grows.]
authorized: ['notes/**']
stack: { package_manager: npm, test: npm test, lint: npm run lint, build: npm run build }
`,
];

export const RECORDS: Record<RecordKind, readonly string[]> = {
  plan: [`read_order: [README.md]
tasks:
  - { id: T1, text: Correct the word., paths: [README.md, '"a\\tb"'] }
constraints: [Nothing else.]
success: [The word is right.]
coverage: [{ criterion: AC-1, proofs: [P1] }]
commit_note: Correct the word
`],
  changes: ['summary: Corrected.\nchange_set: sha256:0f0f\nchanged: [README.md]\nleft_alone: [the tests]\nskipped_checks: [{ check: lint, reason: There is none. }]\nrisks: [none]\n'],
  'self-review': ['change_set: sha256:0f0f\nverdict: pass\nsummary: Fine.\nrisks: [none]\n'],
  review: [
    `change_set: sha256:0f0f
verdict: fail
summary: |
  Not yet.
findings:
  - id: F1
    severity: blocking
    path: src/a.ts
    expected: one
    actual: two
    criterion: AC-1
    evidence: The page says two.
    repair: Make it one.
clears: [F2]
inspected: [P2]
`,
    '{ "change_set": "abc", "verdict": "pass", "summary": "Fine 😀 \\"so\\": {it} #is" }',
  ],
  expert: [`change_set: sha256:0f0f
profile: security
trigger: the change touches src/auth/a.ts
findings:
  - { severity: major, path: src/auth/a.ts, expected: one, actual: two, evidence: The page says two., repair: Make it one. }
required_proof: A test that fails without the check.
bounded_next_action: Add the check to login alone.
`],
  handoff: ['summary: Half done.\nleft: [the rest]\nfacts: [It greets.]\nfailed: [a regular expression]\nrisks: [none]\nnext: Do the rest.\n'],
  blocker: ['objective: Greet.\nfailed: npm test\nexcerpt: ENOTFOUND\nattempts: [again]\nboundary: no network\nsmallest_action: Ask for the network.\n'],
  'blocker-decision': ['class: user_decision_required\nconfidence: high\nauthorization: user_required\naction: Ask.\nboundaries: [nothing else]\nproof: npm test\nrollback: None is needed.\nquestion: May it use the network?\n'],
  curation: ['change_set: sha256:0f0f\nmemory: [agent/memory.md]\nsummary: Learnt.\nnext: Go on.\ndurable_facts: [It greets.]\nrisks: [none]\nspec_drift: pass_with_risk\n', 'memory: none\n'],
};
