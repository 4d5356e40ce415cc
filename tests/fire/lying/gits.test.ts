import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deliveredOnce, INERT, lyingWorld, refusedAs, type Ending, type Lies } from './lies.js';

/** One way in which a git lies, and how a delivery ends that meets it. */
type Case = [name: string, lies: Lies, ends: Ending];

const NOTHING = 'exit 0';
const GARBAGE = "printf '\\033]0;owned\\007\\033[2Jall is well\\n'; exit 0";
const DIES = 'kill -9 $$';
/** Does it, and says that it failed; and does it, and is killed before it can say so. */
const DENIES = '"$real" "$@" > /dev/null; exit 1';
const DIES_AFTER = `"$real" "$@"; ${DIES}`;
const ANOTHER_COMMIT = '"$real" rev-parse HEAD; exit 0';
const NO_COMMIT = `echo ${'12'.repeat(20)}; exit 0`;
const REAL_INDEX = (lie: string): string => `[ -z "$GIT_INDEX_FILE" ] && { ${lie}; }`;
/** After this call there is no git any more. */
const VANISHES = '"$real" "$@"; status=$?; rm "$folder/bin/git"; exit $status';

const failed = { code: 'git-failed', exit: 6 };
const rejected = { code: 'push-rejected', exit: 4 };
const unreachable = { code: 'remote-unreachable', exit: 6 };
const gone = { code: 'remote-branch-missing', exit: 4 };
const differs = { code: 'commit-differs', exit: 4 };

const CASES: Case[] = [
  ['push does nothing, and says that it did', { push: NOTHING }, rejected],
  ['push prints garbage, and says that it did', { push: GARBAGE }, rejected],
  ['push dies', { push: DIES }, rejected],
  ['push denies what it did', { push: DENIES }, 'done'],
  ['push dies when it is done', { push: DIES_AFTER }, 'done'],
  ['update-ref does nothing, and says that it did', { 'update-ref': NOTHING }, failed],
  ['update-ref dies', { 'update-ref': DIES }, failed],
  ['update-ref denies what it did', { 'update-ref': DENIES }, 'done'],
  ['update-ref dies when it is done', { 'update-ref': DIES_AFTER }, 'done'],
  ['update-index does nothing, and says that it did', { 'update-index': REAL_INDEX(NOTHING) }, failed],
  ['update-index dies', { 'update-index': REAL_INDEX(DIES) }, failed],
  ['update-index denies what it did', { 'update-index': REAL_INDEX(DENIES) }, failed],
  ['commit-tree says nothing', { 'commit-tree': NOTHING }, failed],
  ['commit-tree prints garbage', { 'commit-tree': GARBAGE }, failed],
  ['commit-tree names another commit', { 'commit-tree': ANOTHER_COMMIT }, differs],
  ['commit-tree names a commit that is none', { 'commit-tree': NO_COMMIT }, differs],
  ['commit-tree denies what it did', { 'commit-tree': DENIES }, failed],
  ['write-tree says nothing', { 'write-tree': NOTHING }, failed],
  ['write-tree prints garbage', { 'write-tree': GARBAGE }, failed],
  ['write-tree names the tree that was', { 'write-tree': '"$real" rev-parse "HEAD^{tree}"; exit 0' }, { code: 'evidence-rewritten', exit: 4 }],
  ['write-tree dies', { 'write-tree': DIES }, failed],
  ['ls-remote says nothing', { 'ls-remote': NOTHING }, gone],
  ['ls-remote prints garbage', { 'ls-remote': GARBAGE }, gone],
  ['ls-remote fails', { 'ls-remote': 'exit 1' }, unreachable],
  ['merge-base says neither yes nor no', { 'merge-base': 'exit 3' }, 'done'],
  ['every command dies', { 'rev-parse': DIES }, failed],
  ['rev-parse prints garbage', { 'rev-parse': GARBAGE }, failed],
  ['status says nothing', { status: NOTHING }, failed],
  ['status prints garbage', { status: GARBAGE }, failed],
  ['git vanishes when the tree is written', { 'write-tree': VANISHES }, { code: 'git-missing', exit: 6 }],
  ['git vanishes when the branch is moved', { 'update-ref': VANISHES }, { code: 'git-missing', exit: 6 }],
  ['git vanishes when it is pushed', { push: VANISHES }, { code: 'git-missing', exit: 6 }],
];

describe('a git that lies', () => {
  test.each(CASES)('%s', async (_name, lies, ends) => {
    const told = await lyingWorld();
    await told.programs(lies);
    if (Object.values(lies).includes(VANISHES)) {
      for (const program of ['sh', 'rm']) await symlink(`/bin/${program}`, join(told.folder, 'bin', program));
      told.programEnv['PATH'] = join(told.folder, 'bin');
    }
    const ran = await told.cxw('deliver', '--json');
    const answer = JSON.parse(ran.stdout);
    expect(ran.stdout + ran.stderr).toMatch(INERT);
    if (ends === 'done') await deliveredOnce(told, answer.data);
    else refusedAs(ends, ran.exit, answer);

    await told.truth();
    await rm(join(told.folder, 'bin'), { recursive: true });
    await deliveredOnce(told, (await told.ok('deliver')).data);
  });
});
