import { describe, expect, test } from 'vitest';
import { FIXED, type Story } from '../support/story.js';
import { greetingTicket, reviewed, SPECCED, specced } from '../support/specced.js';

const REQUIREMENTS = 'docs/specs/greeting/requirements.md';
const DELTA = 'docs/specs/changes/louder/delta.md';

async function drift(told: Story, ...args: string[]): Promise<{ exit: number; verdict: string; codes: string[] }> {
  const { exit, answer } = await told.json('spec', 'drift', ...args);
  return { exit, verdict: answer.data.verdict, codes: answer.data.findings.map(({ code }: { code: string }) => code) };
}
async function edit(told: Story, path: string, from: string, to: string): Promise<void> {
  const text = await told.read(path);
  expect(text).toContain(from);
  await told.write(path, text.replace(from, to));
}
async function commit(told: Story): Promise<void> {
  await told.git('add', '--all');
  await told.git('commit', '--quiet', '--message', 'Something else');
  await told.git('push', '--quiet');
}
async function delivered(files: Record<string, string> = {}): Promise<Story> {
  const told = await specced(files);
  await reviewed(told);
  await told.ok('record', 'curation', '--memory', 'none');
  await told.ok('deliver');
  return told;
}

describe('spec drift', () => {
  test('passes where every accepted requirement has a proof, also when there is no spec', async () => {
    const told = await specced();
    expect(await drift(told)).toEqual({ exit: 0, verdict: 'pass', codes: [] });
    expect(await drift(told, 'greeting')).toEqual({ exit: 0, verdict: 'pass', codes: [] });
    expect((await told.cxw('spec', 'drift')).stdout).toContain('pass: 0 findings on greeting.');
    await told.remove('docs/specs/greeting');
    expect(await drift(told)).toEqual({ exit: 0, verdict: 'pass', codes: [] });
    await told.refused('spec-unknown', 'spec', 'drift', 'greting');
  });

  test('fails where an accepted requirement has none, and places it; a ticket whose criteria name it is one', async () => {
    const told = await specced();
    await edit(told, REQUIREMENTS, '| REQ-002 | proposed |', '| REQ-002 | accepted |');
    const { exit, answer } = await told.json('spec', 'drift');
    expect([exit, answer.data.verdict]).toEqual([4, 'fail']);
    expect(answer.problems).toMatchObject([{ code: 'drift-unproved', file: REQUIREMENTS, line: 11, column: 79 }]);
    await edit(told, `tickets/${SPECCED}.yaml`, 'REQ-001: the', 'REQ-001 and REQ-002: the');
    expect(await drift(told)).toMatchObject({ exit: 0, verdict: 'pass' });
  });

  test('fails where a document is invalid, and where something is superseded by nothing', async () => {
    const told = await specced();
    await edit(told, REQUIREMENTS, '| REQ-002 | proposed |', '| REQ-002 | superseded |');
    expect(await drift(told)).toEqual({ exit: 4, verdict: 'fail', codes: ['spec-unreplaced'] });
  });

  test('fails where an accepted change was not applied', async () => {
    const told = await specced();
    await told.write(DELTA, '# Delta: Louder\n\n- Status: accepted\n- Spec: greeting\n');
    expect(await drift(told)).toEqual({ exit: 4, verdict: 'fail', codes: ['drift-delta-waiting'] });
    await edit(told, DELTA, 'accepted', 'proposed');
    expect(await drift(told)).toMatchObject({ verdict: 'pass' });
  });

  test('is a risk where an accepted change was put off, with a date and a reason', async () => {
    const told = await specced();
    await told.write(DELTA, '# Delta: Louder\n\n- Status: accepted\n- Spec: greeting\n- Deferred: 2026-11-21, until the hall is built\n');
    expect(await drift(told)).toEqual({ exit: 0, verdict: 'pass_with_risk', codes: ['drift-delta-deferred'] });
    await told.ok('validate');
    for (const unclear of ['later', '2026-11-31, until the hall is built', '2026-11-21, later', 'until the hall is built']) {
      await told.write(DELTA, `# Delta: Louder\n\n- Status: accepted\n- Spec: greeting\n- Deferred: ${unclear}\n`);
      expect(await drift(told)).toMatchObject({ exit: 4, codes: ['drift-delta-waiting'] });
      expect((await told.json('validate')).answer.problems).toMatchObject([{ code: 'delta-deferral-unclear', file: DELTA, line: 5, column: 13 }]);
    }
  });

  test('says what changed since it was proved, until the same proof is delivered again', async () => {
    const told = await delivered();
    expect(await drift(told)).toEqual({ exit: 0, verdict: 'pass', codes: [] });
    await told.write('greet.js', `// Louder.\n${FIXED}`);
    const { answer, exit } = await told.json('spec', 'drift');
    expect([exit, answer.data.verdict]).toEqual([0, 'pass_with_risk']);
    expect(answer.problems).toMatchObject([{ code: 'drift-proof-stale', severity: 'warning', file: REQUIREMENTS }]);
    expect(answer.problems[0].message).toContain(`was proved by ${SPECCED}; since then greet.js changed`);
    await told.write('greet.js', FIXED);
    expect(await drift(told)).toMatchObject({ verdict: 'pass' });

    told.ticket = (await told.ok('ticket', 'new', '--quick', 'Say it louder', '--file', 'greet.js', '--prove', 'node --test greet.test.js')).data.id;
    await told.ok('advance', told.ticket, '--until-blocked');
    await told.write('greet.js', `// Louder.\n${FIXED}`);
    await told.selfReview();
    await told.review();
    await told.curate();
    await told.ok('deliver');
    expect(await drift(told)).toEqual({ exit: 0, verdict: 'pass', codes: [] });
  });

  test('fails where the command of a proof is gone: its file, or its script', async () => {
    const told = await delivered();
    await told.remove('greet.test.js');
    expect(await drift(told)).toMatchObject({ exit: 4, codes: ['drift-command-gone'] });
    await commit(told);
    const { answer } = await told.json('spec', 'drift', 'greeting');
    expect(answer.problems[0].message).toBe(`REQ-001 of greeting was proved by ${SPECCED} with node --test greet.test.js, and greet.test.js is gone.`);

    const scripted = await delivered({ [`tickets/${SPECCED}.yaml`]: greetingTicket().replace('[node, --test, greet.test.js]', '[npm, test]') });
    await scripted.write('package.json', '{ "name": "greeter", "type": "module" }\n');
    expect(await drift(scripted)).toMatchObject({ exit: 4, codes: ['drift-command-gone'] });
  });

  test('fails where a delivered ticket changed the public surface and nothing asked for it', async () => {
    const told = await specced();
    const policy = await told.read('.cxw/policy.yaml');
    told.ticket = (await told.ok('ticket', 'new', '--quick', 'Greet at last', '--file', 'greet.js', '--prove', 'node --test greet.test.js')).data.id;
    await told.ok('advance', told.ticket, '--until-blocked');
    await told.write('greet.js', FIXED);
    await told.selfReview();
    await told.review();
    await told.curate();
    await told.ok('deliver');
    await told.write('.cxw/policy.yaml', policy.replace(/^triggers:.*$/m, 'triggers: { public_api_shared_contract: [greet.js] }'));
    expect(await drift(told)).toEqual({ exit: 4, verdict: 'fail', codes: ['drift-surface-unnamed'] });
    expect(await drift(told, 'greeting')).toMatchObject({ verdict: 'pass' });
    await told.write('.cxw/policy.yaml', 'triggers: []\n');
    expect((await told.json('spec', 'drift')).exit).toBe(3);
    await told.write('.cxw/policy.yaml', policy.replace(/^triggers:.*$/m, 'triggers: { public_api_shared_contract: [greet.js] }'));
    await told.write(REQUIREMENTS, `${await told.read(REQUIREMENTS)}\n## Trace\n\n| requirement | design | task | ticket | evidence |\n|---|---|---|---|---|\n| REQ-001 | | | ${told.ticket} | |\n`);
    expect(await drift(told)).toMatchObject({ exit: 0, verdict: 'pass' });
  });
});

describe('the curation of a ticket with specs', () => {
  test('needs no verdict, because it is worked out, remembered and handed on', async () => {
    const told = await delivered();
    expect(await told.read(`tickets/records/${SPECCED}/handoff.md`)).toMatch(/## Spec drift\n\n`pass`\n/);
    expect(await told.read(`tickets/records/${SPECCED}/ledger.jsonl`)).toContain('"drift":{"verdict":"pass","findings":[]}');
    await told.ok('verify', SPECCED, '--rerun');
  });

  test('is refused when specs have drifted, and when it says that they have drifted less than they have', async () => {
    const told = await specced({ [DELTA]: '# Delta: Louder\n\n- Status: accepted\n- Spec: greeting\n' });
    await reviewed(told);
    await told.ok('record', 'curation', '--memory', 'none', '--spec-drift', 'pass');
    const answer = await told.refused('spec-drift-claimed', 'deliver');
    expect(answer.problems.map(({ code }: { code: string }) => code)).toContain('spec-drift-failed');
    expect(await drift(told, '--ticket', SPECCED)).toEqual({ exit: 4, verdict: 'fail', codes: ['drift-delta-waiting'] });
  });

  test('may be judged more strictly by its curator', async () => {
    const told = await specced();
    await reviewed(told);
    await told.ok('record', 'curation', '--memory', 'none', '--spec-drift', 'fail');
    await told.refused('spec-drift-failed', 'deliver');
    await told.ok('record', 'curation', '--memory', 'none', '--spec-drift', 'pass_with_risk');
    await told.ok('deliver');
    expect(await told.read(`tickets/records/${SPECCED}/handoff.md`)).toMatch(/## Spec drift\n\n`pass`\n\nThe curator says `pass_with_risk`\./);
  });

  test('says of specs elsewhere that they are not read', async () => {
    const folder = 'notes';
    const told = await specced({
      'notes/a.md': 'free words\n',
      [`tickets/${SPECCED}.yaml`]: greetingTicket({ specs: `{ mode: full_sdd, requirements: ${folder}/a.md, design: ${folder}/a.md, tasks: ${folder}/a.md }` }),
    });
    expect(await drift(told, '--ticket', SPECCED)).toEqual({ exit: 0, verdict: 'pass_with_risk', codes: ['drift-spec-elsewhere'] });
  });
});
