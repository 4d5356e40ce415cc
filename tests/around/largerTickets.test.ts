import { describe, expect, test } from 'vitest';
import { attested, planned } from '../support/larger.js';
import { GREETER, tell, type Story } from '../support/story.js';
import { workshop } from '../support/workshop.js';

/** A set-up repository with a spec, and with a larger ticket of these words. */
async function begun(...words: string[]): Promise<Story> {
  const told = tell(await workshop(GREETER));
  await told.ok('init');
  await told.ok('spec', 'new', 'greeting');
  await told.git('add', '--all');
  await told.git('commit', '--quiet', '--message', 'Set up cxw');
  await told.git('push', '--quiet');
  if (words.length > 0) told.ticket = (await told.ok('ticket', 'new', ...words, ...(words.includes('--prove') ? [] : ['--prove', 'node --test greet.test.js']))).data.id;
  return told;
}

const edit = async (told: Story, change: (text: string) => string): Promise<void> => {
  const path = `tickets/${told.ticket}.yaml`;
  await told.write(path, change(await told.read(path)));
};

describe('a ticket with everything that the command line can say', () => {
  const FULL = ['Greet everybody', '--allow', 'greet.js', '--spec', 'docs/specs/greeting', '--intensity', 'bounded_expert_rounds', '--max-iterations', '2', '--steering', 'AGENTS.md', '--expert', 'test: the greeting is flaky', '--open-decision', 'Who is greeted first?'];

  test('is valid, stops its writer at the open decision, and goes the whole road once it is decided', async () => {
    const told = await begun(...FULL);
    await told.ok('validate');
    await planned(told, told.ticket);
    const stopped = await told.refused('decision-open', 'advance');
    expect(stopped.data.state).toBe('repository_discovered');
    await edit(told, (text) => text.replace('  open:', '  locked:').replace(', blocks: true', ''));
    await told.ok('rework', '--refresh', '--as', 'human:boss');
    expect((await told.ok('advance', '--until-blocked')).data.state).toBe('writer_assigned');
    await told.fix();
    await attested(told, told.ticket);
    await told.write('../expert.json', JSON.stringify({
      change_set: await told.digest(), profile: 'test', trigger: 'The greeting is flaky.', findings: [], required_proof: 'None beyond P1.', bounded_next_action: 'None.',
    }));
    await told.ok('record', 'expert', told.ticket, '--as', 'reviewer:sam', '--file', '../expert.json');
    expect((await told.ok('deliver')).data.state).toBe('done');
    await told.ok('verify', told.ticket);
  });

  test.each([
    ['spec-missing', ['--spec', 'docs/specs/nothing']],
    ['spec-missing', ['--spec', 'docs/specs/greeting', '--steering', 'nothing.md']],
    ['ticket-wants-spec', ['--allow', 'package.json']],
    ['ticket-value-invalid', ['--intensity', 'research_only']],
    ['ticket-value-invalid', ['--intensity', 'expert_supported']],
    ['ticket-value-invalid', ['--expert', 'test']],
    ['ticket-value-invalid', ['--quick', '--intensity', 'standard_worker']],
  ])('is refused as %s with %j', async (code, words) => {
    const told = await begun();
    await told.refused(code, 'ticket', 'new', 'Greet', ...(words.includes('--quick') ? ['--file', 'greet.js'] : ['--allow', 'greet.js']), ...words);
    expect(await told.git('status', '--short')).toBe('');
  });
});

test('a ticket without a spec is stopped when its real change shows what a spec must say', async () => {
  const told = await begun('Greet everybody', '--allow', '**', '--why', 'The failing test says what is wanted.');
  await planned(told, told.ticket);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.write('package.json', GREETER['package.json']!.replace('}', ', "dependencies": {}}'));
  await told.ok('record', 'changes', '--summary', 'Two things.');
  const { problems } = await told.refused('spec-needed', 'advance');
  expect(problems.find(({ code }: any) => code === 'spec-needed').message).toContain('package.json');
});

test('research may change documentation alone, and is delivered as a report', async () => {
  const told = await begun('Find out who is greeted', '--allow', 'docs/**', '--intensity', 'research_only', '--why', 'It only looks, and writes what it saw.', '--prove', 'grep -q Ada docs/greeting.md');
  await planned(told, told.ticket);
  await told.ok('advance', '--until-blocked');
  await told.refused('no-change', 'advance');
  await told.write('docs/greeting.md', '# Who is greeted\n\nAda is, and her name is right.\n');
  await attested(told, told.ticket);
  expect((await told.ok('deliver')).data.state).toBe('done');
  await told.ok('verify', told.ticket);
});

test('research that changes product is refused by name', async () => {
  const told = await begun('Find out who is greeted', '--allow', 'docs/**', '--intensity', 'research_only', '--why', 'It only looks, and writes what it saw.');
  await edit(told, (text) => text.replace('docs/**', '**'));
  expect((await told.json('validate')).answer.problems[0]).toMatchObject({ code: 'product-not-allowed', line: 8 });
  const { problems } = await told.refused('product-not-allowed', 'advance');
  expect(problems[0].message).toContain('**');
});

test('a view that nobody looked at stops the review, and a handoff without a next action the curation', async () => {
  const told = await begun('Greet everybody', '--allow', 'greet.js', '--why', 'The failing test says what is wanted.');
  await edit(told, (text) => `${text}visual: { views: [{ id: V1, what: The greeting on a phone }] }\nhandoff: [What is left to greet]\n`);
  await planned(told, told.ticket);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await attested(told, told.ticket);
  const { next } = await told.refused('inspection-missing', 'advance', '--until-blocked');
  expect(next.join('\n')).toContain('--inspected V1');
  await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', await told.digest(), '--summary', 'Looked at it.', '--inspected', 'V1');
  await told.refused('handoff-missing', 'advance', '--until-blocked');
  await told.write('../curation.yaml', 'memory: none\nspec_drift: pass\nnext: Greet Grace as well.\n');
  await told.ok('record', 'curation', '--file', '../curation.yaml');
  expect((await told.ok('deliver')).data.state).toBe('done');
});
