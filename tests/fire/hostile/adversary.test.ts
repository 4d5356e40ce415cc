import { execFileSync } from 'node:child_process';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sameName } from '../../../src/domain/actors.js';
import { FIXED, GREETER, story, type Story } from '../../support/story.js';
import { CXW } from '../../support/workshop.js';

const AGENT = { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'one-session' };

async function as(told: Story, env: Record<string, string>, ...args: string[]): Promise<any> {
  return JSON.parse((await told.cxwWith({ env }, ...args, '--json')).stdout);
}
const codesOf = (answer: any): string[] => answer.problems.map((problem: any) => problem.code);

describe('an agent that moves the goal posts', () => {
  test('cannot lock the ticket that it edited, whatever it calls itself; a person can', async () => {
    const told = await story();
    await as(told, AGENT, 'advance', '--until-blocked');
    await told.fix();
    const path = `tickets/${told.ticket}.yaml`;
    await told.write(path, (await told.read(path)).replace(/run: .*/, 'run: node greet.js'));

    for (const name of [[], ['--as', 'human:Bob'], ['--as', 'planner:Bob']]) {
      const answer = await as(told, AGENT, 'rework', '--refresh', ...name);
      expect([answer.exit, codesOf(answer)]).toEqual([4, ['refresh-by-writer']]);
    }
    const elsewhere = await as(told, { ...AGENT, CLAUDE_CODE_SESSION_ID: 'another-session' }, 'rework', '--refresh', '--as', 'orchestrator:lead');
    expect(elsewhere.data.changed).toEqual([expect.stringMatching(/^ticket proof: .*node --test.* became .*node greet\.js/)]);
  });

  test('is known by the change that it called finished, though a person began the ticket', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await as(told, AGENT, 'advance', '--until-blocked', '--as', 'writer:claude');

    const changeSet = await told.digest();
    const review = ['--verdict', 'pass', '--change-set', changeSet, '--summary', 'Fine.'];
    const reviewing = async (name: string): Promise<string[]> => codesOf(await as(told, AGENT, 'record', 'review', '--as', `reviewer:${name}`, ...review));
    expect([await reviewing('kim'), await reviewing('claude')]).toEqual([['reviewer-same-session'], ['reviewer-is-writer']]);
    expect(codesOf(await as(told, AGENT, 'rework', '--refresh', '--as', 'planner:Bob'))).toEqual(['refresh-by-writer']);
    await told.ok('record', 'review', '--as', 'reviewer:kim', ...review);
  });
});

describe('facts that arrive while a proof runs', () => {
  const attesting = (told: Story, then = 0): string => {
    const cxw = resolve(import.meta.dirname, '../../../dist/cxw.cjs');
    return `import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(`${told.folder}/runs`)}, 'x');
const cxw = (...args) => execFileSync(process.execPath, [${JSON.stringify(cxw)}, ...args], { encoding: 'utf8' });
const changeSet = JSON.parse(cxw('status', '--json')).data.changeSet;
cxw('record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read it.');
process.exit(${then});
`;
  };

  test.each([0, 1])('an attestation costs no second run of the proof (exit %i)', async (exit) => {
    const told = await story({ files: { ...GREETER, 'prove.mjs': '' }, ticket: ['--file', 'greet.js', '--prove', 'node prove.mjs'] });
    await told.write('prove.mjs', attesting(told, exit));
    await told.git('commit', '--quiet', '--message', 'The proof', '--', 'prove.mjs');
    await told.git('push', '--quiet');
    await told.ok('advance', '--until-blocked');
    await told.fix();
    const answer = await told.ok('advance', '--until-blocked');
    expect(answer.data.state).toBe(exit === 0 ? 'focused_tests_passed' : 'implementation_complete');
    expect(await told.read('../runs')).toBe('x');
    expect((await told.ok('log')).data.entries.filter((entry: any) => /^(Ran P1|Reviewed the work)/.test(entry.says))).toHaveLength(2);
  }, 60_000);
});

describe('an agent that speaks through a proof', () => {
  const SPEAKER = { files: { ...GREETER, 'prove.mjs': '' }, ticket: ['--file', 'greet.js', '--prove', 'node prove.mjs'] };
  /** A proof that says to cxw whatever has been laid down for it, and passes. */
  const speaking = ({ folder }: Story): string => `import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const [order, said] = ['order', 'said'].map((name) => ${JSON.stringify(folder)} + '/' + name);
if (existsSync(order)) {
  const words = JSON.parse(readFileSync(order, 'utf8'));
  writeFileSync(said, spawnSync(process.execPath, [${JSON.stringify(CXW)}, ...words, '--json'], { encoding: 'utf8' }).stdout);
}
`;
  async function begun(): Promise<Story> {
    const told = await story(SPEAKER);
    await told.write('prove.mjs', speaking(told));
    await told.git('commit', '--quiet', '--message', 'The proof', '--', 'prove.mjs');
    await told.git('push', '--quiet');
    return told;
  }
  const order = (told: Story, ...words: string[]): Promise<void> => told.write('../order', JSON.stringify(words));
  const said = async (told: Story): Promise<any> => JSON.parse(await told.read('../said'));

  test('does not review its own work there: it is known by its session', async () => {
    const told = await begun();
    await as(told, AGENT, 'advance', '--until-blocked');
    await told.fix();
    await order(told, 'record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', await told.digest(), '--summary', 'Read it.');
    expect((await as(told, AGENT, 'advance', '--until-blocked')).data.state).toBe('focused_tests_passed');
    expect(await said(told)).toMatchObject({ exit: 4, problems: [{ code: 'reviewer-same-session' }] });
    expect((await told.ok('log')).data.entries.filter((entry: any) => /^Reviewed the work/.test(entry.says))).toEqual([]);
  }, 60_000);

  test('does not end a ticket with objections in the proof that verify runs again; a person does', async () => {
    const told = await begun();
    await told.ready();
    await told.ok('deliver');
    const { data } = await told.ok('ticket', 'new', '--quick', 'Once more', '--file', 'greet.js', '--prove', 'node --test');
    await told.ok('advance', data.id, '--until-blocked');
    await told.write('greet.js', `${FIXED}// more\n`);
    await told.selfReview();
    await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'Wrong.', '--finding', 'F1 blocking greet.js: wrong');

    await order(told, '-C', told.root, 'abandon', data.id, '--reason', 'Begin anew.');
    expect(await as(told, AGENT, 'verify', told.ticket, '--rerun')).toMatchObject({ ok: true });
    expect(await said(told)).toMatchObject({ exit: 4, code: 'objections-for-a-person' });
    await told.ok('verify', told.ticket, '--rerun');
    expect(await said(told)).toMatchObject({ ok: true, data: { how: 'abandoned' } });
  }, 60_000);
});

describe('proofs that prove nothing', () => {
  test.each<[string, string, string]>([
    ['a script that does nothing', 'true', 'npm test'],
    ['a script that only talks', 'echo 5 passed', 'npm run test --silent'],
    ['a script that is not there', 'node --test', 'npm run tests --if-present'],
    ['an empty program', 'node --test', 'node -e 0'],
  ])('%s is refused, and a real one is taken after a refresh', async (_name, script, proof) => {
    const manifest = `${JSON.stringify({ name: 'greeter', type: 'module', scripts: { test: script } })}\n`;
    const told = await story({ files: { ...GREETER, 'package.json': manifest }, ticket: ['--file', 'greet.js', '--prove', proof] });
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.refused('proof-vacuous', 'advance', '--until-blocked');

    const path = `tickets/${told.ticket}.yaml`;
    await told.write(path, (await told.read(path)).replace(/run: .*/, 'run: node --test'));
    await told.ok('rework', '--refresh', '--as', 'human:Ada');
    expect((await told.ok('advance', '--until-blocked')).data.state).toBe('focused_tests_passed');
  });
});

describe('paths that are hard to name', () => {
  test('the hint that declares them as work of one\'s own works as it is printed', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    const names = ['README.md', '-A', '--amend', '"q"', 'a b', 'new\nline'].map((name) => Buffer.from(name));
    for (const name of [...names, Buffer.from('non\xffutf', 'latin1')]) await writeFile(Buffer.concat([Buffer.from(`${told.root}/`), name]), 'mine\n');

    const { next } = await told.refused('outside-scope', 'advance');
    const words = execFileSync('sh', ['-c', `printf '%s\\0' ${next[0].replace(/^cxw /, '')}`], { encoding: 'utf8' }).split('\0').slice(0, -1);
    const answer = await told.ok(...words);
    expect(answer.data.mine).toHaveLength(names.length + 1);
    expect(answer.data.state).toBe('implementation_complete');
  });

  test('a file that the ticket names and git ignores is refused: proofs would see it, the commit would not', async () => {
    const told = await story({ files: { ...GREETER, '.gitignore': 'made.js\n' }, ticket: ['--file', 'greet.js', 'made.js', '--prove', 'npm test'] });
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.write('made.js', 'export {};\n');
    await told.refused('ignored-path', 'advance');
    await told.remove('made.js');
    await told.ok('advance');
  });
});

describe('files that git would not show', () => {
  const SECOND = { 'second.test.js': GREETER['greet.test.js']!.replace("greet('Ada')", "greet('Bea')").replace('Hello, Ada!', 'Hello, Bea!') };

  test('a test that a sparse checkout leaves out meanwhile is missed', async () => {
    const told = await story({ files: { ...GREETER, ...SECOND }, ticket: ['--file', 'greet.js', '--prove', 'node --test'] });
    await told.ok('advance', '--until-blocked');
    await told.write('greet.js', "export const greet = () => 'Hello, Ada!';\n");
    // Git leaves alone what it has not looked at since it was copied here.
    await told.git('update-index', '-q', '--refresh');
    await told.git('sparse-checkout', 'set', '--no-cone', '/*', '!/second.test.js');
    expect((await told.refused('repository-altered', 'advance')).problems[0].message).toMatch(/: sparse-checkout\.$/);
    await told.git('sparse-checkout', 'disable');
    await told.refused('proof-failed', 'advance', '--until-blocked');
  });

  test('nor is one missed that an index bit alone leaves out, where the checkout was sparse before', async () => {
    const told = await story({ files: { ...GREETER, ...SECOND, 'far/away': 'x' } });
    await told.git('sparse-checkout', 'set', '--no-cone', '/*', '!/far');
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.git('update-index', '--skip-worktree', 'second.test.js');
    await told.remove('second.test.js');
    expect((await told.refused('repository-altered', 'advance')).problems[0].message).toMatch(/: sparse-checkout\.$/);
  });

  test('one that is named like a tracked one but for its case is seen, whatever git was told of the disk', async () => {
    const told = await story();
    await told.git('config', 'core.ignoreCase', 'true');
    await told.ok('advance', '--until-blocked');
    await told.write('Greet.js', FIXED);
    await told.write('greet.js', "export * from './Greet.js';\n");
    expect((await told.refused('outside-scope', 'advance')).problems[0].message).toContain('Greet.js');
    await told.git('config', 'core.ignoreCase', 'false');
    const { problems } = await told.refused('repository-altered', 'advance');
    expect(problems.map(({ message }: { message: string }) => message)).toContainEqual(expect.stringMatching(/: core\.ignorecase\.$/));
  });

  test('a file of the scope that got another case is delivered under it', async () => {
    const told = await story({ ticket: ['--file', 'greet.js', 'Greet.js', 'greet.test.js', '--prove', 'node --test'] });
    await told.git('config', 'core.ignoreCase', 'true');
    await told.ok('advance', '--until-blocked');
    await told.remove('greet.js');
    await told.write('Greet.js', FIXED);
    await told.write('greet.test.js', GREETER['greet.test.js']!.replace('./greet.js', './Greet.js'));
    await told.ok('advance', '--until-blocked').catch(() => undefined);
    await told.selfReview();
    await told.review();
    await told.curate();
    await told.ok('deliver');
    expect((await told.git('ls-tree', '--name-only', 'HEAD')).split('\n').filter((name) => /greet/i.test(name))).toEqual(['Greet.js', 'greet.test.js']);
  });
});

describe('a damaged ledger', () => {
  test('is set aside by a person, and the next ticket begins; an agent cannot shed what is remembered so', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.selfReview();
    const facts = `.git/cxw/tickets/${told.ticket}/facts`;
    await told.remove(`${facts}/000003.json`);
    const { next } = await told.refused('ledger-damaged', 'deliver');
    expect(next).toContain(`cxw abandon ${told.ticket} --reason TEXT`);

    const agents = await as(told, AGENT, 'abandon', told.ticket, '--reason', 'anew');
    expect([agents.exit, codesOf(agents)]).toEqual([4, ['person-needed']]);
    const ended = await told.ok('abandon', told.ticket, '--reason', 'The disk lost a fact.');
    expect((await readdir(`${told.root}/.git/cxw/${ended.data.setAside}/facts`)).filter((name) => name.endsWith('.json'))).toEqual(['000001.json', '000002.json', '000004.json', '000005.json', '000006.json']);

    await told.git('checkout', '--quiet', '--', 'greet.js');
    const { data } = await told.ok('ticket', 'new', '--quick', 'Once more', '--file', 'greet.js', '--prove', 'node --test');
    expect((await told.ok('advance', data.id, '--until-blocked')).data.state).toBe('writer_assigned');
  });
});

describe('a proof that puts other files in place while it runs', () => {
  test.each(['mv greet.js kept && cp right.js greet.js; node --test; r=$?; mv kept greet.js; exit $r', 'cp -p greet.js ../kept; cp right.js greet.js; node --test; r=$?; cp -p ../kept greet.js; exit $r'])('is shown to whoever looks: %s', async (script) => {
    const told = await story({ files: { ...GREETER, 'right.js': FIXED, 'prove.sh': script }, ticket: ['--file', 'greet.js', '--prove', 'sh prove.sh'] });
    await told.ok('advance', '--until-blocked');
    await told.write('greet.js', "export const greet = () => 'nothing';\n");
    const answer = await told.ok('advance', '--until-blocked');
    expect(answer.problems.find((problem: any) => problem.code === 'sensitive-path')?.message).toMatch(/^greet\.js: P1 wrote it while it ran/);
    expect((await told.cxw('brief', 'reviewer')).stdout).toMatch(/it wrote greet\.js meanwhile/);
  });

  test('one that only reads is not', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    expect(codesOf(await told.ok('advance', '--until-blocked'))).not.toContain('sensitive-path');
    expect((await told.cxw('brief', 'reviewer')).stdout).not.toMatch(/meanwhile/);
  });
});

describe('what was remembered against a ticket', () => {
  test('is not shed by removing its ledger', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.selfReview();
    await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'Wrong.', '--finding', 'F1 blocking greet.js: wrong');
    await rm(`${told.root}/.git/cxw/tickets`, { recursive: true });

    const { next } = await told.refused('ledger-damaged', 'advance', '--adopt', '--until-blocked');
    expect(next).toEqual(['cxw validate', `cxw abandon ${told.ticket} --reason TEXT`]);
    await told.refused('ledger-damaged', 'status');
    expect((await told.ok('status', '--all')).data.tickets).toMatchObject([{ state: 'unreadable', claim: true }]);
    expect((await told.ok('ticket', 'list')).data.tickets).toMatchObject([{ state: 'unreadable' }]);
    expect(await as(told, AGENT, 'abandon', told.ticket, '--reason', 'Begin anew.')).toMatchObject({ exit: 4, code: 'person-needed' });
    await told.ok('abandon', told.ticket, '--reason', 'Its ledger is gone.');
    expect((await told.ok('status', '--all')).data.tickets).toMatchObject([{ state: 'not begun', claim: false }]);
  });
});

describe('a reviewer who is the writer under another spelling', () => {
  test.each(['Аda', 'Αda', 'A-d-a', 'ada.', ' ADA ', 'Ａda'])('is seen: %s', async (name) => {
    expect(sameName({ role: 'reviewer', name }, { role: 'writer', name: 'Ada' })).toBe(true);
  });
  test.each(['Ada2', 'Bea', 'Adam'])('somebody else is not: %s', (name) => {
    expect(sameName({ role: 'reviewer', name }, { role: 'writer', name: 'Ada' })).toBe(false);
  });
});
