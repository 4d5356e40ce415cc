import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// @ts-expect-error: plain JavaScript
import { repositoriesIn } from '../../bench/repositories.mjs';

const DIST = resolve(import.meta.dirname, '../../dist');
const PROGRAM = join(DIST, 'cxw.cjs');

/** Commands that say much whatever the repository is like, after the whole road was walked once. */
const COMMANDS = [
  ['status'], ['status', '--json'], ['log'], ['brief', 'writer'], ['validate'], ['verify'], ['explain', 'scope-dirty'], ['schema', 'ticket'],
  ['ticket', 'list'], ['ticket', 'new', '--quick', 'Another', '--file', 'src/file-9.txt', '--accept', 'It shall.', '--prove', 'grep -q . src/file-9.txt', '--plan', 'Do it.', '--why', 'One word.'],
  ['advance', '--until-blocked'], ['block', '--reason', 'Ask.', '--release', 'An answer.'], ['unblock'], ['rework', '--reason', 'Again.'], ['abort'], ['abandon', '--reason', 'Enough.'], ['upgrade'], ['uninstall', '--dry-run'],
];

/**
 * Lets the built program keep its compiled code once for each command, as it does at anybody's; from then on tests only
 * read it, so that no run writes more than it is tested for.
 */
export default function warm(): void {
  if (!existsSync(PROGRAM) || existsSync(join(DIST, 'compiled'))) return;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cxw-warm-')));
  try {
    const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', TZ: 'UTC' };
    writeFileSync(join(folder, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
    const cwd: string = repositoriesIn(folder, PROGRAM, env).ready(1);
    for (const args of [['deliver'], ...COMMANDS]) spawnSync(process.execPath, [PROGRAM, ...args], { cwd, env, stdio: 'ignore' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
