import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs, { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Draft } from '../../src/domain/facts.js';
import { openLedger, type Ledger } from '../../src/world/ledger.js';

const TICKET = 'TKT-2026-11-21-greet';
const by = { role: 'human', name: 'Ada' } as const;
const origin = { seen: 'terminal' } as const;
const blocked = (reason: string): Draft => ({ kind: 'blocked', by, origin, reason, release: 'later' });

let state: string;
let ledger: Ledger;
const fact = (seq: number): string => join(state, 'tickets', TICKET, 'facts', `${String(seq).padStart(6, '0')}.json`);

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'cxw-ledger-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));
  ledger = openLedger({ state }, { clock: { now: () => new Date('2026-11-21T10:00:00Z') }, command: 'cxw block' });
});

async function remembered(...reasons: string[]): Promise<void> {
  expect(await ledger.append(TICKET, await ledger.read(TICKET), reasons.map(blocked))).toBeDefined();
}

describe('the ledger', () => {
  it('remembers facts in order, each naming the one before', async () => {
    await remembered('one', 'two');
    await remembered('three');
    const { facts } = await ledger.read(TICKET);
    expect(facts.map((one) => [one.seq, one.kind === 'blocked' && one.reason])).toEqual([[1, 'one'], [2, 'two'], [3, 'three']]);
    expect(new Set(facts.map((one) => one.prev)).size).toBe(3);
    expect(await ledger.inspect(TICKET)).toEqual([]);
    expect(await ledger.tickets()).toEqual([TICKET]);
  });

  it('keeps what it remembers to the person alone', async () => {
    await remembered('one');
    expect((await stat(fact(1))).mode & 0o777).toBe(0o600);
    expect((await stat(join(state, 'tickets', TICKET, 'facts'))).mode & 0o777).toBe(0o700);
  });

  it('lets exactly one of several have a number, and leaves no litter', async () => {
    const view = await ledger.read(TICKET);
    const tries = await Promise.all(Array.from({ length: 20 }, (_, at) => ledger.append(TICKET, view, [blocked(`try ${at}`)])));
    expect(tries.filter((won) => won !== undefined)).toHaveLength(1);
    expect(await readdir(join(state, 'tickets', TICKET, 'facts'))).toEqual(['000001.json']);
  });

  it('gives a fact back byte for byte, and finds one whose bytes are no text', async () => {
    await remembered('häßlich \uFFFD 🙂', 'two');
    expect(Buffer.concat(await ledger.lines(TICKET))).toEqual(Buffer.concat([await readFile(fact(1)), await readFile(fact(2))]));
    const bytes = await readFile(fact(2));
    bytes[bytes.indexOf('two')] = 0xff;
    await writeFile(fact(2), bytes);
    expect(await ledger.inspect(TICKET)).toEqual([{ fault: 'unreadable', seq: 2, detail: 'it is not UTF-8' }]);
  });

  it('refuses to remember what is no fact', async () => {
    const view = await ledger.read(TICKET);
    await expect(ledger.append(TICKET, view, [{ ...blocked('one'), extra: true } as unknown as Draft])).rejects.toThrow();
    expect((await ledger.read(TICKET)).facts).toEqual([]);
  });

  it('is as it was when there is nothing to remember', async () => {
    await remembered('one');
    const view = await ledger.read(TICKET);
    expect(await ledger.append(TICKET, view, [])).toEqual(view);
    expect(await ledger.read(TICKET)).toEqual(view);
  });

  it('keeps one ledger for the worktree', async () => {
    const claimed = await ledger.appendClaim(await ledger.claims(), { kind: 'claimed', ticket: TICKET, by, origin });
    expect(claimed?.facts[0]).toMatchObject({ kind: 'claimed', seq: 1 });
    expect(await ledger.inspect('worktree')).toEqual([]);
  });

  it('finds an edited fact, whether it is in the middle or the last', async () => {
    await remembered('one', 'two', 'three');
    await writeFile(fact(2), (await readFile(fact(2), 'utf8')).replace('two', 'TWO'));
    expect(await ledger.inspect(TICKET)).toEqual([{ fault: 'edited', seq: 2, detail: 'fact 3 names another predecessor' }]);
    await expect(ledger.read(TICKET)).rejects.toMatchObject({ problem: { code: 'ledger-damaged' } });
    await writeFile(fact(2), (await readFile(fact(2), 'utf8')).replace('TWO', 'two'));
    await writeFile(fact(3), (await readFile(fact(3), 'utf8')).replace('three', 'THREE'));
    expect(await ledger.inspect(TICKET)).toEqual([{ fault: 'edited', seq: 3, detail: 'the remembered head names other bytes' }]);
  });

  it('finds a removed fact, in the middle or at the end', async () => {
    await remembered('one', 'two', 'three');
    await rename(fact(3), `${fact(3)}.away`);
    expect(await ledger.inspect(TICKET)).toMatchObject([{ fault: 'removed', seq: 3 }]);
    await rename(`${fact(3)}.away`, fact(3));
    await rm(fact(2));
    expect(await ledger.inspect(TICKET)).toEqual([{ fault: 'removed', seq: 2, detail: 'later facts are there' }]);
    await rm(fact(1));
    expect(await ledger.inspect(TICKET)).toEqual([{ fault: 'removed', seq: 1, detail: 'so are all up to fact 2; later facts are there' }]);
  });

  it('finds facts that changed places, and a fact of another ledger', async () => {
    await remembered('one', 'two', 'three');
    await rename(fact(2), `${fact(2)}.away`);
    await rename(fact(3), fact(2));
    await rename(`${fact(2)}.away`, fact(3));
    expect(await ledger.inspect(TICKET)).toEqual([{ fault: 'reordered', seq: 2, detail: 'the file holds fact 3' }, { fault: 'reordered', seq: 3, detail: 'the file holds fact 2' }]);
    const other = 'TKT-2026-11-21-other';
    await ledger.append(other, await ledger.read(other), [blocked('other')]);
    await writeFile(fact(1), await readFile(join(state, 'tickets', other, 'facts', '000001.json')));
    expect((await ledger.inspect(TICKET))[0]).toEqual({ fault: 'reordered', seq: 1, detail: 'it begins another ledger' });
  });

  it('finds what is no fact, and what a newer program wrote', async () => {
    await remembered('one');
    const text = await readFile(fact(1), 'utf8');
    for (const [content, fault] of [['{', 'unreadable'], ['', 'unreadable'], ['[]\n', 'unreadable'], ['null\n', 'unreadable'], ['7\n', 'unreadable'], [text.trimEnd(), 'unreadable'], [`${text}\n`, 'unreadable'], [`${text}${text}`, 'unreadable'], [text.replace('"v":1', '"v":2'), 'newer-format']] as const) {
      await writeFile(fact(1), content);
      expect((await ledger.inspect(TICKET))[0]).toMatchObject({ fault, seq: 1 });
    }
  });

  it('goes on when the remembered head lags behind or is torn', async () => {
    await remembered('one');
    const head = join(state, 'tickets', TICKET, 'head.json');
    const old = await readFile(head);
    await remembered('two');
    await writeFile(head, old);
    expect(await ledger.inspect(TICKET)).toEqual([]);
    for (const torn of ['{"seq":', 'null', '{"seq":"9"}', '{"seq":9}']) {
      await writeFile(head, torn);
      expect(await ledger.inspect(TICKET)).toEqual([]);
    }
  });

  it('believes no last fact that nobody has checked', async () => {
    await remembered('one', 'two');
    await rm(join(state, 'tickets', TICKET, 'head.json'));
    expect((await ledger.read(TICKET)).facts).toHaveLength(2);
    await writeFile(fact(2), (await readFile(fact(2), 'utf8')).replace('"kind":"blocked"', '"kind":"entered"'));
    await expect(ledger.read(TICKET)).rejects.toMatchObject({ exit: 6, problem: { code: 'ledger-damaged', facts: { seq: 2 } } });
  });

  it('gives the exact bytes, for sealing', async () => {
    await remembered('one', 'two');
    expect(Buffer.concat(await ledger.lines(TICKET)).toString()).toBe(await readFile(fact(1), 'utf8') + await readFile(fact(2), 'utf8'));
    await rm(fact(1));
    await expect(ledger.lines(TICKET)).rejects.toMatchObject({ problem: { code: 'ledger-damaged' } });
  });

  it('finds every fault at once', async () => {
    await remembered('one', 'two', 'three', 'four', 'five', 'six', 'seven');
    await writeFile(fact(1), (await readFile(fact(1), 'utf8')).replace('one', 'ONE'));
    await writeFile(fact(3), 'nonsense\n');
    await rm(fact(4));
    await rm(fact(5));
    await rm(fact(7));
    expect((await ledger.inspect(TICKET)).map(({ fault, seq }) => [fault, seq])).toEqual([
      ['edited', 1], ['unreadable', 3], ['removed', 4], ['removed', 7],
    ]);
  });

  it.each<[string, (place: string) => unknown, string]>([
    ['a pipe', (place) => execFileSync('mkfifo', [place]), 'it is no file'], ['a folder', (place) => mkdirSync(place), 'it is no file'],
    ['a link', (place) => symlinkSync('000001.json', place), 'too many symbolic links encountered'],
  ])('takes %s in the place of a fact, or of the head, for damage and waits for nobody there', async (_, put, detail) => {
    await remembered('one', 'two');
    await rm(fact(2));
    put(fact(2));
    expect(await ledger.inspect(TICKET)).toMatchObject([{ fault: 'unreadable', seq: 2, detail }]);
    await expect(ledger.read(TICKET)).rejects.toMatchObject({ problem: { code: 'ledger-damaged' } });
    await rm(join(state, 'tickets', TICKET, 'head.json'));
    put(join(state, 'tickets', TICKET, 'head.json'));
    expect(await ledger.inspect(TICKET)).toMatchObject([{ fault: 'unreadable', seq: 2 }]);
  });

  it('says when a newer program wrote it', async () => {
    await remembered('one');
    await writeFile(fact(1), (await readFile(fact(1), 'utf8')).replace('"v":1', '"v":2'));
    await expect(ledger.read(TICKET)).rejects.toMatchObject({ exit: 6, problem: { code: 'ledger-newer' } });
  });

  it('writes what names a fact before what it says', async () => {
    await remembered('one');
    await ledger.appendClaim(await ledger.claims(), { kind: 'claimed', ticket: TICKET, by, origin });
    const keys = async (path: string): Promise<string[]> => Object.keys(JSON.parse(await readFile(path, 'utf8')) as object);
    const first = ['v', 'seq', 'prev', 'at', 'ticket', 'by', 'origin', 'kind'];
    expect(await keys(fact(1))).toEqual([...first, 'reason', 'release']);
    expect(await keys(join(state, 'worktree', 'facts', '000001.json'))).toEqual(first);
  });

  it('keeps the earlier of several facts when a later one comes too late', async () => {
    const view = await ledger.read(TICKET);
    await remembered('mine');
    await rename(fact(1), fact(2));
    expect(await ledger.append(TICKET, view, [blocked('one'), blocked('two'), blocked('three')])).toBeUndefined();
    expect(await readFile(fact(1), 'utf8')).toContain('"one"');
    expect(await readFile(fact(2), 'utf8')).toContain('"mine"');
  });

  it('does not begin a ledger in the middle when it was removed meanwhile', async () => {
    await remembered('one');
    const view = await ledger.read(TICKET);
    await rm(join(state, 'tickets'), { recursive: true });
    await expect(ledger.append(TICKET, view, [blocked('two')])).rejects.toMatchObject({ exit: 6, problem: { code: 'ledger-vanished' } });
    expect(await ledger.tickets()).toEqual([]);
  });

  it('ignores what killed writers left, and takes it away when it is old', async () => {
    await remembered('one');
    const [old, young] = ['.cxw-1-aaaa.tmp', '.cxw-2-bbbb.tmp'].map((name) => join(state, 'tickets', TICKET, 'facts', name)) as [string, string];
    await writeFile(old, '{"half');
    await writeFile(young, '{"half');
    await utimes(old, new Date('2026-11-21T08:00:00Z'), new Date('2026-11-21T08:00:00Z'));
    await utimes(young, new Date('2026-11-21T09:59:00Z'), new Date('2026-11-21T09:59:00Z'));
    expect(await ledger.inspect(TICKET)).toEqual([]);
    await remembered('two');
    expect(await readdir(join(state, 'tickets', TICKET, 'facts'))).toEqual(['.cxw-2-bbbb.tmp', '000001.json', '000002.json']);
  });

  it('does not fail what is remembered where the head cannot be', async () => {
    await mkdir(join(state, 'tickets', TICKET, 'head.json', 'mine'), { recursive: true });
    await remembered('one', 'two');
    expect((await ledger.read(TICKET)).facts).toHaveLength(2);
  });

  it('lists only tickets that have facts', async () => {
    await remembered('one');
    await mkdir(join(state, 'tickets', 'TKT-2026-11-21-private-only', 'private'), { recursive: true });
    await mkdir(join(state, 'tickets', 'no-ticket', 'facts'), { recursive: true });
    expect(await ledger.tickets()).toEqual([TICKET]);
  });

  it('knows a ticket by its facts alone', async () => {
    await remembered('one');
    await mkdir(join(state, 'tickets', 'TKT-2026-11-21-private-only', 'private'), { recursive: true });
    expect([await ledger.has(TICKET), await ledger.has('TKT-2026-11-21-private-only'), await ledger.has('../worktree')]).toEqual([true, false, false]);
    await rm(join(state, 'tickets', TICKET, 'facts'), { recursive: true });
    // A head without facts tells that they were taken away, and that is no absence.
    expect(await ledger.has(TICKET)).toBe(true);
  });

  it('is set aside whole, and the ticket begins anew', async () => {
    await remembered('one');
    const bytes = await readFile(fact(1));
    const place = await ledger.setAside(TICKET);
    expect(place).toBe(`set-aside/${TICKET}-2026-11-21T10-00-00.000Z`);
    expect(await readFile(join(state, place!, 'facts', '000001.json'))).toEqual(bytes);
    expect([await ledger.has(TICKET), await ledger.tickets()]).toEqual([false, []]);
    await remembered('anew');
    expect((await ledger.read(TICKET)).facts).toMatchObject([{ seq: 1, reason: 'anew' }]);
  });

  it('does not take a ledger that cannot be read, or added to, for an empty one', async () => {
    await remembered('one');
    const view = await ledger.read(TICKET);
    const facts = join(state, 'tickets', TICKET, 'facts');
    await rename(facts, `${facts}.away`);
    await writeFile(facts, 'no folder');
    for (const attempt of [ledger.read(TICKET), ledger.append(TICKET, view, [blocked('two')])]) {
      await expect(attempt).rejects.toMatchObject({ exit: 6, problem: { code: 'disk-failed', facts: { said: 'not a directory' } } });
    }
  });

  it.runIf(process.platform === 'linux')('names the command where nothing can be written', async () => {
    // Even the superuser makes no folder there.
    const sealed = openLedger({ state: '/sys/cxw' }, { clock: { now: () => new Date() }, command: 'cxw block' });
    const attempt = sealed.append(TICKET, await sealed.read(TICKET), [blocked('one')]);
    await expect(attempt).rejects.toMatchObject({ exit: 6, problem: { code: 'state-read-only', facts: { command: 'cxw block' } } });
  });

  it('reads a thousand facts as one chain', async () => {
    await remembered('one');
    let [line, prev] = [await readFile(fact(1), 'utf8'), ''];
    for (let seq = 2; seq <= 1000; seq++) {
      prev = `sha256:${createHash('sha256').update(line).digest('hex')}`;
      line = `${JSON.stringify({ ...JSON.parse(line) as object, seq, prev })}\n`;
      writeFileSync(fact(seq), line);
    }
    expect((await ledger.read(TICKET)).facts).toHaveLength(1000);
  });
});

describe('facts that nobody vouches for', () => {
  /** A link of the chain that is no fact, as only somebody else writes one. */
  async function misshape(seq: number, change: (link: Record<string, unknown>) => void): Promise<void> {
    const link = JSON.parse(await readFile(fact(seq), 'utf8')) as Record<string, unknown>;
    change(link);
    await writeFile(fact(seq), `${JSON.stringify(link)}\n`);
  }

  it('are read by their shape, the very first among them', async () => {
    await remembered('one');
    await misshape(1, (link) => { delete link['release']; });
    await rm(join(state, 'tickets', TICKET, 'head.json'));
    await expect(ledger.read(TICKET)).rejects.toMatchObject({ problem: { code: 'ledger-damaged', facts: { seq: 1, detail: 'release is not as it must be' } } });
  });

  it('are told once each, in their order, whatever else is wrong with them', async () => {
    await remembered('one', 'two', 'three', 'four');
    await misshape(4, (link) => { delete link['release']; });
    await misshape(2, (link) => { link['seq'] = 'two'; });
    await misshape(1, (link) => { delete link['reason']; });
    const faults = await ledger.inspect(TICKET);
    expect(faults.map(({ seq }) => seq)).toEqual([...faults.map(({ seq }) => seq)].sort((a, b) => a - b));
    expect(faults.filter(({ seq }) => seq === 2).map(({ fault }) => fault)).toContain('reordered');
    expect(faults.filter(({ detail }) => detail.endsWith('is not as it must be')).map(({ seq, detail }) => [seq, detail])).toEqual([[1, 'reason is not as it must be']]);
    expect(faults.filter(({ seq }) => seq === 4).map(({ fault }) => fault)).toEqual(['edited']);
  });
});

describe('what lies beside the facts', () => {
  it('is not touched where nothing is added', async () => {
    await remembered('one');
    const before = (await stat(join(state, 'tickets', TICKET, 'head.json'))).ino;
    const view = await ledger.read(TICKET);
    expect(await ledger.append(TICKET, view, [])).toEqual(view);
    expect((await stat(join(state, 'tickets', TICKET, 'head.json'))).ino).toBe(before);
  });

  it('is missed where the ticket holds the claim of the worktree, and nothing is kept of it', async () => {
    expect((await ledger.read(TICKET)).facts).toEqual([]);
    await ledger.appendClaim(await ledger.claims(), { kind: 'claimed', ticket: TICKET, by: { role: 'writer', name: 'ada' }, origin: { seen: 'terminal' } });
    await expect(ledger.read(TICKET)).rejects.toMatchObject({ problem: { code: 'ledger-damaged', facts: { seq: 1, fault: 'removed' } } });
    expect(await ledger.inspect(TICKET)).toMatchObject([{ fault: 'removed', seq: 1, detail: 'the ticket holds the claim of this worktree, so it was begun' }]);
    expect([await ledger.has(TICKET), await ledger.tickets()]).toEqual([true, [TICKET]]);
    expect(await ledger.setAside(TICKET)).toBeUndefined();
  });

  it('is not missed by whoever looked before it was begun and claimed', async () => {
    await remembered('one');
    await ledger.appendClaim(await ledger.claims(), { kind: 'claimed', ticket: TICKET, by: { role: 'writer', name: 'ada' }, origin: { seen: 'terminal' } });
    const [folder, aside] = [join(state, 'tickets', TICKET), join(state, 'aside')];
    await rename(folder, aside);
    const { readdirSync } = fs;
    const restore = (): void => { Object.assign(fs, { readdirSync }); syncBuiltinESMExports(); };
    onTestFinished(restore);
    Object.assign(fs, { readdirSync: (...args: Parameters<typeof readdirSync>) => {
      if (String(args[0]).endsWith('worktree/facts')) renameSync(aside, folder);
      return readdirSync(...args);
    } });
    syncBuiltinESMExports();
    expect((await ledger.read(TICKET)).facts).toMatchObject([{ reason: 'one' }]);
  });

  it('is demanded by whoever read it: one that has gone from under us is told', async () => {
    await expect(ledger.demand(TICKET)).rejects.toMatchObject({ problem: { code: 'ledger-vanished' } });
    await remembered('one');
    expect(await ledger.demand(TICKET)).toBeUndefined();
  });

  it('is not missed on the word of a claim that cannot be believed', async () => {
    await ledger.appendClaim(await ledger.claims(), { kind: 'claimed', ticket: TICKET, by: { role: 'writer', name: 'ada' }, origin: { seen: 'terminal' } });
    await writeFile(join(state, 'worktree/facts/000001.json'), '{}\n');
    expect((await ledger.read(TICKET)).facts).toEqual([]);
    expect([await ledger.has(TICKET), await ledger.tickets()]).toEqual([false, []]);
  });

  it('is set aside as often as needed, for one person alone', async () => {
    let hour = 10;
    ledger = openLedger({ state }, { clock: { now: () => new Date(Date.UTC(2026, 10, 21, hour)) }, command: 'cxw abandon' });
    for (hour of [10, 11]) {
      await remembered('one');
      expect(await readdir(join(state, (await ledger.setAside(TICKET))!, 'facts'))).toEqual(['000001.json']);
    }
    expect(await readdir(join(state, 'set-aside'))).toHaveLength(2);
    expect((await stat(join(state, 'set-aside'))).mode & 0o777).toBe(0o700);
    expect(await ledger.tickets()).toEqual([]);
  });

  it('under a number that is written otherwise is no fact, and in nobody\'s way', async () => {
    await remembered('one', 'two');
    const facts = join(state, 'tickets', TICKET, 'facts');
    for (const name of ['0000099', '9007199254740993', '999999999999999999999999']) await copyFile(join(facts, '000002.json'), join(facts, `${name}.json`));
    expect((await ledger.read(TICKET)).facts).toHaveLength(2);
    expect(await ledger.inspect(TICKET)).toEqual([]);
  });

  it('is listed in the order of names, however the folder holds it', async () => {
    const names = ['m', 'z', 'a', 'q', 'b', 'y', 'c'].map((letter) => `TKT-2026-11-21-${letter}`);
    for (const name of names) await ledger.append(name, await ledger.read(name), [blocked('one')]);
    expect(await ledger.tickets()).toEqual([...names].sort());
  });
});
