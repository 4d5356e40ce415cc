import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aftermathOf, expectedOf, type Expected } from '../../support/aftermath.js';
import { sandbox } from '../../support/sandbox.js';
import { runHere, type Place } from '../../support/here.js';
import { stageOf, type Stage } from '../../support/scenes.js';
import { CXW, run, type Ran } from '../../support/workshop.js';

const DELIVER = ['deliver', '--json'];
const canMount = succeeds('unshare', ['--mount', 'true']);
if (!canMount) console.log('NOT TESTED: a disk that is really full, since nothing can be mounted here.');

async function delivery(): Promise<{ stage: Stage; expected: Expected }> {
  const stage = await stageOf('deliver');
  return { stage, expected: await expectedOf(stage, (place) => runHere(place, DELIVER)) };
}

/** Nothing is harmed; and once the limit is gone, the same command delivers. */
async function expectRecovery(place: Place, expected: Expected, limited: Ran): Promise<void> {
  const told = `exit ${limited.exit}: ${limited.stdout}${limited.stderr}`;
  expect((await aftermathOf(place, expected, limited, 'thorough')).harm, told).toEqual([]);
  const after = await runHere(place, DELIVER);
  expect(await aftermathOf(place, expected, after, 'thorough'), `${told}\n${after.stdout}`).toEqual({ harm: [], undone: [] });
}

test('a git directory that cannot be written is named, and nothing is begun', async () => {
  const { stage, expected } = await delivery();
  const place = await stage.copy();
  const inside = await sandbox(place);
  const limited = await inside.cxw(...DELIVER);
  expect(limited).toMatchObject({ exit: 6, stdout: expect.stringContaining('"code":"state-read-only"') });
  await inside.leave();
  await expectRecovery(place, expected, limited);
});

test('with few open files', async () => {
  const { stage, expected } = await delivery();
  for (const most of [22, 26, 30, 36, 44]) {
    const place = await stage.copy();
    const limited = await run('sh', ['-c', `ulimit -n ${most}; exec "$@"`, 'sh', process.execPath, CXW, ...DELIVER], { cwd: place.root, env: place.env });
    await expectRecovery(place, expected, limited);
  }
});

/** Copies a place onto a disk of so many kB, which only the command sees, and back again what it left. */
const ON_SMALL_DISK = 'mount -t tmpfs -o size="$1"k tmpfs "$2/disk" && cp -a "$2/repo" "$2/remote.git" "$2/disk" && mkdir "$2/disk/tmp" && cd "$2/disk/repo" && '
  + 'TMPDIR="$2/disk/tmp" "$3" "$4" deliver --json; ended=$?; cd "$2" && rm -rf repo remote.git && cp -a disk/repo disk/remote.git . ; exit $ended';

test.skipIf(!canMount)('on a disk that is nearly full', async () => {
  const { stage, expected } = await delivery();
  for (const left of [4, 16, 32, 64, 96, 128, 192]) {
    const place = await stage.copy();
    await mkdir(join(place.folder, 'disk'));
    const limited = await run('unshare', ['--mount', 'sh', '-c', ON_SMALL_DISK, 'sh', String(kilobytesIn(place) + left), place.folder, process.execPath, CXW], { cwd: place.folder, env: place.env });
    await expectRecovery(place, expected, limited);
  }
});

/** What a place takes on a disk whose pages are 4 kB. */
const SUM_OF_PAGES = 'find "$@" -type f -printf "%s\\n" | awk \'{ pages += int(($1 + 4095) / 4096) } END { print 4 * pages }\'';
const kilobytesIn = ({ root, remote }: Place): number => Number(execFileSync('sh', ['-c', SUM_OF_PAGES, 'sh', root, remote], { encoding: 'utf8' }));

function succeeds(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
