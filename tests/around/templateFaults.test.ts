import { describe, expect, test } from 'vitest';
import type { Code } from '../../src/domain/codes/index.js';
import { readManifest } from '../../src/domain/manifestReading.js';
import { MANIFEST_PATH } from '../../src/domain/ownFiles.js';
import { PACK_NAMES } from '../../src/domain/packs.js';
import { init } from '../../src/verbs/init.js';
import { validate } from '../../src/verbs/validate.js';
import { openLedger } from '../../src/world/ledger.js';
import { sha256 } from '../support/sealed.js';
import { setting } from '../support/setting.js';
import { emptyWorkshop } from '../support/workshop.js';

/** One deliberate fault: `find` becomes `put`, and the problem must be told where `mark` stands then. */
interface Fault {
  find: string;
  put: string;
  mark: string;
  code: Code;
}

const END = '(the end of the file)';
const fault = (find: string, put: string, mark: string, code: Code): Fault => ({ find, put, mark, code });
const brokenLink = fault(END, '\nSee [the rest](of-this.md).\n', 'of-this.md', 'link-broken');
const openBlock = fault('<!-- cxw:end -->\n', '', '<!-- cxw:begin -->', 'agents-block-broken');
const slip = (find: string, put: string): Fault => fault(find, put, put.trimStart(), 'unknown-key');

/** What may be wrong with each file that is laid down, by where it lies. */
const FAULTS: [where: RegExp, fault: Fault][] = [
  [/^\.cxw\/policy\.yaml$/, fault('mode: commit\n', 'mode: comit\n', 'comit\n', 'wrong-value')],
  [/^\.cxw\/schema\//, fault('"$schema": ', '"$schema": ! ', '! ', 'json-syntax')],
  [/^\.cxw\/manifest\.json$/, fault('"version": ', '"versoin": ', '"versoin"', 'unknown-key')],
  [/^(AGENTS|CLAUDE)\.md$/, openBlock],
  [/^agent\//, brokenLink],
  [/^docs\/decisions\/_template\.md$/, fault('Status: Draft ', 'Status: Drafted ', 'Drafted', 'adr-status-unknown')],
  [/^docs\/decisions\/index\.md$/, fault('|---|---|---|---|\n', '|---|---|---|---|\n| [ADR-0007](index.md) | Gone | Accepted | api |\n', '| [ADR-0007]', 'adr-index-extra')],
  [/^docs\/specs\/_templates\//, fault('Status: proposed ', 'Status: propozed ', 'propozed', 'spec-status-unknown')],
  [/^docs\/progress\/_feature\.md$/, fault('Status: In Progress ', 'Status: Progress ', 'Progress <!--', 'feature-status-unknown')],
  [/^docs\/progress\/index\.md$/, fault('|---|---|---|---|\n', '|---|---|---|---|\n| TKT-2026-01-01-x | X | 2026-01-01 | |\n', '| TKT-', 'progress-unproved')],
  [/^docs\/(review\/README|architecture|domain-model)\.md$/, brokenLink],
  [/^docs\/steering\//, slip('inclusion:', 'inclussion:')],
  [/^tickets\/\.gitignore$/, fault(END, '<<<<<<< ours\n', '<<<<<<<', 'yaml-conflict-marker')],
  [/^tickets\/templates\//, slip('\ntitle:', '\ntitel:')],
  [/^\.codex\/agents\//, slip('description =', 'descripton =')],
  [/^\.codex\/config\.toml$/, fault('max_threads = 4', 'max_threads = four', 'four', 'toml-syntax')],
  [/^\.codex\/hooks\.json$/, slip('"SessionStart"', '"SessionStarts"')],
  [/^\.claude\/agents\//, slip('description:', 'descripton:')],
  [/^\.(agents|claude)\/skills\//, slip('\ndescription:', '\ndescripton:')],
  [/^\.github\/workflows\//, slip('\njobs:', '\njobz:')],
];

async function laidDown() {
  const bench = await emptyWorkshop();
  const world = await setting(bench);
  await init(world, { dryRun: false, packs: [...PACK_NAMES], prove: 'npm test' });
  const { places, ...parts } = world;
  const ledger = openLedger(places, { clock: { now: () => new Date() }, command: 'cxw' });
  return {
    bench,
    paths: [...readManifest(await bench.read(MANIFEST_PATH))!.files.map(({ path }) => path), MANIFEST_PATH],
    check: (named: string[], anew = false) => validate({ ...parts, ledger, digest: sha256 }, { paths: named, anew }),
  };
}

describe('every file that is laid down', () => {
  test('is valid as it ships', async () => {
    const { check } = await laidDown();
    expect((await check([], true)).problems).toEqual([]);
  });

  test('has a fault to try, which is told at its line and column', async () => {
    const { bench, paths, check } = await laidDown();
    expect(FAULTS.filter(([where]) => !paths.some((path) => where.test(path))).map(([where]) => String(where))).toEqual([]);
    for (const path of paths) {
      const faults = FAULTS.filter(([where]) => where.test(path)).map(([, one]) => one);
      expect(faults, path).toHaveLength(1);
      const [{ find, put, mark, code }] = faults as [Fault];
      const text = await bench.read(path);
      const edited = find === END ? text + put : text.replace(find, () => put);
      const before = edited.slice(0, edited.indexOf(mark)).split('\n');
      await bench.write(path, edited);
      const { ending, problems } = await check([path]);
      await bench.write(path, text);
      expect.soft(problems.map((problem) => [problem.code, problem.place?.file, problem.place?.line, problem.place?.column]), path)
        .toContainEqual([code, path, before.length, before.at(-1)!.length + 1]);
      expect.soft(ending, path).toBe('invalid');
    }
  });
});
