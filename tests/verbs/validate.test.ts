import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownPath } from '../../src/domain/paths.js';
import { validate } from '../../src/verbs/validate.js';
import { openLedger } from '../../src/world/ledger.js';
import { chained, lifeOf, aLife, sha256, TICKET } from '../support/sealed.js';
import { setting } from '../support/setting.js';
import { workshop } from '../support/workshop.js';

const POLICY = 'schema_version: 1\ndelivery: { mode: none }\n';
const ID = 'TKT-2026-11-21-fix-typo';
const RECORDS = `tickets/records/${TICKET}`;

const ticketText = (id: string, changes: Record<string, unknown> = {}): string => JSON.stringify({
  schema_version: 3, id, title: 'Fix typo', class: 'quick', kind: 'bugfix', why_quick: 'Small.', scope: { files: ['a.ts'] }, plan: ['Do it.'],
  acceptance: [{ id: 'AC-1', text: 'It holds.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'npm test' }], ...changes,
}, undefined, 2);

async function room(files: Record<string, string>) {
  const bench = await workshop({ '.cxw/policy.yaml': POLICY, ...files });
  const { places, ...parts } = await setting(bench);
  const ledger = openLedger(places, { clock: { now: () => new Date() }, command: 'cxw' });
  const world = { ...parts, ledger, digest: sha256 };
  return { bench, places, ledger, run: (paths: string[] = [], standing?: string) => validate(world, { paths, standing: standing === undefined ? undefined : ownPath(standing) }) };
}
const told = ({ problems }: { problems: { code: string; place?: { file: string; line?: number; column?: number } }[] }) =>
  problems.map(({ code, place }) => [code, place?.file, place?.line, place?.column]);

describe('validate', () => {
  test('says what it looked at, and that all is well', async () => {
    const { run } = await room({ [`tickets/${ID}.yaml`]: ticketText(ID), 'tickets/templates/quick.yaml': 'id: «to fill in»\n' });
    expect(await run()).toEqual({ command: 'validate', ending: 'done', data: { checked: { tickets: 1, policies: 1, records: 0, ledgers: 1, pages: 0, steering: 0, specs: 0, laidDown: 0 }, errors: 0, warnings: 0 }, problems: [], next: [] });
  });

  test('tells everything at once, file by file', async () => {
    const { run } = await room({
      '.cxw/policy.yaml': `${POLICY}stak: {}\n`,
      'tickets/TKT-2026-11-21-b.yaml': 'schema_version: 2\n',
      'tickets/TKT-2026-11-21-a.yaml': ticketText('TKT-2026-11-21-a', { proof: [{ id: 'P1', run: 'npm test' }, { id: 'P2', run: 'npm test' }] }),
      'tickets/notes.yaml': ticketText(ID),
    });
    const answer = await run();
    expect(told(answer)).toEqual([
      ['unknown-key', '.cxw/policy.yaml', 3, 1],
      ['proof-without-criterion', 'tickets/TKT-2026-11-21-a.yaml', 31, 13],
      ['missing-key', 'tickets/TKT-2026-11-21-b.yaml', 1, 1],
      ['ticket-id-not-file-name', 'tickets/notes.yaml', 3, 9],
    ]);
    expect(answer).toMatchObject({ ending: 'invalid', data: { checked: { tickets: 3, policies: 1 }, errors: 3, warnings: 1 }, next: ['cxw validate'] });
  });

  test('leaves the other ticket alone where a copy has its id still', async () => {
    const copy = 'TKT-2026-11-21-copy';
    const { run } = await room({ [`tickets/${ID}.yaml`]: ticketText(ID), [`tickets/${copy}.yaml`]: ticketText(ID) });
    expect((await run()).problems).toMatchObject([{ code: 'ticket-id-twice', commands: [`cxw ticket show ${ID}`], facts: { free: copy }, place: { file: `tickets/${copy}.yaml`, line: 3 } }]);
  });

  test('judges quick tickets by the policy, but not those that are sealed', async () => {
    const four = { scope: { files: ['a', 'b', 'c', 'd'] } };
    const { facts: _, lines } = chained(lifeOf(aLife()));
    const { run } = await room({ [`tickets/${ID}.yaml`]: ticketText(ID, four), [`tickets/${TICKET}.yaml`]: ticketText(TICKET, four), [`${RECORDS}/ledger.jsonl`]: Buffer.concat(lines).toString() });
    expect(told(await run())).toEqual([['too-many-files', `tickets/${ID}.yaml`, 13, 7]]);
  });

  test('looks for the specs that a ticket carries out', async () => {
    const { why_quick: _, plan: __, ...shared } = JSON.parse(ticketText(ID)) as Record<string, unknown>;
    const specs = { mode: 'full_sdd', requirements: 'specs/r.md', design: 'specs/d.md', tasks: 'specs' };
    const { run } = await room({ 'specs/r.md': 'x', [`tickets/${ID}.yaml`]: JSON.stringify({ ...shared, class: 'standard', scope: { allowed: ['src/**'] }, specs }, undefined, 2) });
    expect((await run()).problems.map(({ code, facts }) => [code, facts['path']])).toEqual([['spec-missing', 'specs/d.md'], ['spec-missing', 'specs']]);
  });

  test('wants a policy when it looks at everything', async () => {
    const { bench, run } = await room({});
    await bench.remove('.cxw/policy.yaml');
    expect(await run()).toMatchObject({ ending: 'invalid', data: { checked: { policies: 0 } }, problems: [{ code: 'no-policy' }] });
  });
});

describe('what is named alone', () => {
  const files = { 'tickets/TKT-2026-11-21-a.yaml': 'a: 1\n', 'tickets/TKT-2026-11-21-b.yaml': 'b: [\n', 'src/x.ts': '', [`${RECORDS}/drafts/plan-1.yaml`]: 'x: 1\n' };

  test('is looked at alone', async () => {
    const { run } = await room(files);
    expect((await run(['tickets/TKT-2026-11-21-b.yaml']))).toMatchObject({ problems: [{ code: 'yaml-syntax' }], data: { checked: { tickets: 1, policies: 0, records: 0, ledgers: 0, pages: 0, steering: 0, specs: 0, laidDown: 0 } } });
    expect((await run(['.cxw/policy.yaml'])).data.checked).toEqual({ tickets: 0, policies: 1, records: 0, ledgers: 0, pages: 0, steering: 0, specs: 0, laidDown: 0 });
    expect((await run(['tickets/'])).data.checked).toEqual({ tickets: 2, policies: 0, records: 1, ledgers: 0, pages: 0, steering: 0, specs: 0, laidDown: 0 });
    expect((await run([`${RECORDS}/drafts/plan-1.yaml`])).data.checked).toEqual({ tickets: 0, policies: 0, records: 1, ledgers: 0, pages: 0, steering: 0, specs: 0, laidDown: 0 });
    expect((await run(['tickets/TKT-2026-11-21-b.yaml'])).next).toEqual(['cxw validate tickets/TKT-2026-11-21-b.yaml']);
  });

  test('may be named from where the person stands', async () => {
    const { run } = await room(files);
    expect((await run(['TKT-2026-11-21-b.yaml'], 'tickets')).data.checked).toMatchObject({ tickets: 1 });
  });

  test('is everything when it is the root, as when nothing is named', async () => {
    const { run } = await room(files);
    const all = (await run()).data;
    expect((await run(['.'])).data).toEqual(all);
    expect((await run(['.', 'tickets'], 'src')).data).toEqual(all);
  });

  test('is refused when it is no document', async () => {
    const { run } = await room(files);
    const answer = await run(['src/x.ts', 'tickets/none.yaml', '../x']);
    expect(answer.ending).toBe('refused');
    expect(answer.problems.map(({ code, facts }) => [code, facts['written']]).sort()).toEqual([['not-a-document', 'src/x.ts'], ['not-a-document', 'tickets/none.yaml'], ['path-unusable', '../x']]);
  });
});

describe('records', () => {
  const note = `${RECORDS}/result.md`;
  const life = aLife({ records: [{ path: ownPath(note), digest: sha256('It is done.\n'), bytes: 12 }, { path: ownPath(`tickets/${TICKET}.yaml`), digest: sha256('x'), bytes: 1 }] });
  const { lines } = chained(lifeOf(life));
  const sealed = Buffer.concat(lines).toString();

  test('are well when they are what the sealed ledger lists', async () => {
    const { run } = await room({ [note]: 'It is done.\n', [`${RECORDS}/ledger.jsonl`]: sealed });
    expect(await run()).toMatchObject({ ending: 'done', data: { checked: { records: 1 } } });
  });

  test('are told when they were edited, removed or added', async () => {
    const { bench, run } = await room({ [note]: 'It was never done.\n', [`${RECORDS}/extra.md`]: 'x', [`${RECORDS}/ledger.jsonl`]: sealed });
    expect((await run()).problems.map(({ code, place }) => [code, place?.file])).toEqual([['record-unlisted', `${RECORDS}/extra.md`], ['record-differs', note]]);
    await bench.remove(note);
    expect((await run()).problems.map(({ message }) => message)).toContainEqual(`${note} of ${TICKET} is missing.`);
  });

  test.each<[string, (lines: Buffer[]) => Buffer[], number]>([
    ['edited', (all) => all.map((line, at) => (at === 3 ? Buffer.from(line.toString().replace('08:00:03', '08:00:04')) : line)), 5],
    ['left out', (all) => all.filter((_, at) => at !== 4), 5],
    ['no fact', (all) => [...all.slice(0, 2), Buffer.from('{}\n'), ...all.slice(3)], 3],
    ['cut', (all) => [...all.slice(0, -1), all.at(-1)!.subarray(0, -5)], lines.length],
  ])('are broken from the line on where one was %s', async (_, change, line) => {
    const { run } = await room({ [note]: 'It is done.\n', [`${RECORDS}/ledger.jsonl`]: Buffer.concat(change(lines)).toString() });
    const [first] = (await run()).problems;
    expect([first!.code, first!.place?.file, first!.place?.line]).toEqual(['chain-broken', `${RECORDS}/ledger.jsonl`, line]);
  });

  test('that wait as drafts are read as what they are', async () => {
    const { run } = await room({
      [`${RECORDS}/drafts/review-20261121T120000Z.yaml`]: 'change_set: abc\nverdict: maybe\nsummary: Read.\n',
      [`${RECORDS}/drafts/self-review-20261121T120000Z.yaml`]: 'change_set: abc\nverdict: pass\nsummary: Read.\n',
      [`${RECORDS}/drafts/notes.txt`]: 'x',
    });
    expect(told(await run())).toEqual([
      ['draft-unknown', `${RECORDS}/drafts/notes.txt`, undefined, undefined],
      ['wrong-value', `${RECORDS}/drafts/review-20261121T120000Z.yaml`, 2, 10],
    ]);
  });
});

describe('live ledgers', () => {
  const factsOf = (state: string): string => join(state, 'tickets', TICKET, 'facts');

  async function begun(): Promise<{ folder: string; run: Awaited<ReturnType<typeof room>>['run'] }> {
    const { places, ledger, run } = await room({});
    await ledger.append(TICKET, await ledger.read(TICKET), lifeOf(aLife()).slice(0, 4));
    return { folder: factsOf(places.state), run };
  }

  test('are read byte for byte', async () => {
    const { run } = await begun();
    expect(await run()).toMatchObject({ ending: 'done', data: { checked: { ledgers: 2 } } });
  });

  test('are told to be edited when one byte is', async () => {
    const { folder, run } = await begun();
    const [, second] = (await readdir(folder)).sort();
    const text = await readFile(join(folder, second!), 'utf8');
    await writeFile(join(folder, second!), text.replace('refs/heads/main', 'refs/heads/Main'));
    const answer = await run();
    expect(answer.ending).toBe('invalid');
    expect(answer.problems.map(({ code }) => code)).toContain('ledger-edited');
  });

  test('are told to be shortened when the last fact is gone', async () => {
    const { folder, run } = await begun();
    await rm(join(folder, (await readdir(folder)).sort().at(-1)!));
    expect((await run()).problems.map(({ code }) => code)).toEqual(['ledger-removed']);
  });
});
