import { describe, expect, test } from 'vitest';
import { deliveredOnce, INERT, lyingWorld, refusedAs, type Ending, type Lies, type LyingWorld } from './lies.js';

/** One way in which a server lies, and how a delivery ends that meets it. */
interface Case {
  hooks?: Lies;
  services?: Lies;
  /** `done`: it found out that the commit had arrived. */
  ends: Ending;
  /** What people do before the delivery is asked for again. */
  then?: (told: LyingWorld) => Promise<unknown>;
}

const KILL_SERVER = 'kill -9 $PPID';
const COMMIT = "commit() { GIT_AUTHOR_NAME=Eve GIT_AUTHOR_EMAIL=e@e GIT_COMMITTER_NAME=Eve GIT_COMMITTER_EMAIL=e@e git commit-tree -m Eve \"$@\" 'refs/heads/main^{tree}'; }";
const ON_TOP = `${COMMIT}\ngit update-ref refs/heads/main $(commit -p refs/heads/main)`;
const UNRELATED = `${COMMIT}\ngit update-ref refs/heads/main $(commit)`;
const REWIND = 'git update-ref refs/heads/main refs/heads/main~1';
/** A receiving service that takes everything, and says of it what it likes. */
const pretends = (...words: string[]): string => `${PACKET}\npacket "$old refs/heads/main"\nend\ncat > /dev/null &\nsleep 0.3\n${words.map((word) => `packet "${word}"`).join('\n')}\nend`;
const PACKET = `packet() { printf '%04x%s\\n' $((\${#1} + 5)) "$1"; }
end() { printf 0000; }
old=$(git -C ../remote.git rev-parse refs/heads/main~0)
new=$(git rev-parse refs/heads/main)
escape=$(printf '\\033]0;owned\\007\\033[2J')`;
const lists = (...lines: string[]): string => `${PACKET}\n${lines.map((line) => `packet "${line}"`).join('\n')}\nend; cat > /dev/null`;

const unconfirmed = { code: 'pushed-unconfirmed', exit: 5 };
const rejected = { code: 'push-rejected', exit: 4 };
const gone = { code: 'remote-branch-missing', exit: 4 };

const fetches = (told: LyingWorld): Promise<string> => told.git('fetch', '--quiet', told.remote, 'main');
const putsBack = (told: LyingWorld): Promise<string> => told.git('-C', told.remote, 'update-ref', 'refs/heads/main', told.base);

/** What a server does while it takes a push. */
const PUSHES: Record<string, Case> = {
  'dies before it reads anything': { services: { 'git-receive-pack': 'exit 1' }, ends: rejected },
  'dies before the update': { hooks: { 'pre-receive': KILL_SERVER }, ends: rejected },
  'dies after the update, before it says so': { hooks: { 'reference-transaction': `[ "$1" = committed ] && ${KILL_SERVER}\nexit 0` }, ends: 'done' },
  'dies after it said so': { hooks: { 'post-receive': KILL_SERVER }, ends: 'done' },
  'hangs before the update': { hooks: { 'pre-receive': 'sleep 30' }, ends: rejected },
  'hangs after the update': { hooks: { 'post-receive': 'sleep 30' }, ends: 'done' },
  'sets another commit on top': { hooks: { 'post-receive': ON_TOP }, ends: { code: 'remote-unknown', exit: 4 }, then: fetches },
  'moves the branch before it takes the push': { hooks: { 'pre-receive': `unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n${ON_TOP}` }, ends: { code: 'remote-unknown', exit: 4 }, then: putsBack },
  'takes the commit, and rewinds the branch': { hooks: { 'post-receive': REWIND }, ends: rejected },
  'takes the commit, and puts an unrelated one in its place': { hooks: { 'post-receive': UNRELATED }, ends: { code: 'remote-unknown', exit: 4 }, then: putsBack },
  'takes the commit, and deletes the branch': { hooks: { 'post-receive': 'git update-ref -d refs/heads/main' }, ends: gone, then: putsBack },
  'says yes without taking anything': { services: { 'git-receive-pack': pretends('unpack ok', 'ok refs/heads/main') }, ends: rejected },
  'says yes for another branch': { services: { 'git-receive-pack': pretends('unpack ok', 'ok refs/heads/main2') }, ends: rejected },
  'refuses by a protected branch': { hooks: { update: 'echo "GH006: Protected branch update failed for $1." >&2\nexit 1' }, ends: rejected },
  'refuses with a megabyte of text': { hooks: { 'pre-receive': "yes 'no, and again no' | head -c 1000000 >&2\nexit 1" }, ends: rejected },
  'refuses with escape sequences': { hooks: { 'pre-receive': "printf '\\033]0;owned\\007\\033[2J\\033[31mdelivered\\r\\n' >&2\nexit 1" }, ends: rejected },
  'answers no protocol': { services: { 'git-receive-pack': 'echo Welcome to the wrong port' }, ends: rejected },
};

const unreachable = { code: 'remote-unreachable', exit: 6 };

/** What a server says when it is asked where the branch is; the first ending before there was a push, the second after it. */
const ANSWERS: Record<string, { says: string; before: Case['ends']; after: Case['ends'] }> = {
  'nothing at all': { says: 'exit 1', before: unreachable, after: unconfirmed },
  'an empty list': { says: lists(), before: gone, after: gone },
  'longer and similar names only': { says: lists('$new refs/heads/main2', '$new refs/heads/x/main', '$new refs/remotes/origin/refs/heads/main', '$new refs/tags/main'), before: gone, after: gone },
  'the branch twice': { says: lists('$new refs/heads/main', '$old refs/heads/main'), before: unreachable, after: unconfirmed },
  'the branch twice, alike': { says: lists('$new refs/heads/main', '$new refs/heads/main'), before: unreachable, after: unconfirmed },
  'names with escape sequences': { says: lists('$new refs/heads/main$escape', '$new refs/heads/${escape}main'), before: gone, after: gone },
  'an error with escape sequences': { says: `${PACKET}\npacket "ERR $escape delivered"\nend`, before: unreachable, after: unconfirmed },
  'an id that is none': { says: lists('--upload-pack=touch-owned refs/heads/main'), before: unreachable, after: unconfirmed },
  'half a line': { says: `${PACKET}\nprintf '003f%s' "$new"`, before: unreachable, after: unconfirmed },
  'a banner': { says: 'echo Welcome to the wrong port', before: unreachable, after: unconfirmed },
  'nothing, and holds the line': { says: 'sleep 30', before: unreachable, after: unconfirmed },
};

const laterOn = Object.entries(ANSWERS).flatMap(([name, { says, before, after }]): [string, Case][] => [
  [`${name}, before the push`, { services: { 'git-upload-pack': says }, ends: before }],
  [`${name}, after the push`, { services: { 'git-upload-pack.later': says }, ends: after }],
]);

describe.each([['is pushed to', Object.entries(PUSHES)], ['answers', laterOn]])('a server that %s', (_, cases) => {
  test.each(cases)('%s', async (_name, { hooks = {}, services = {}, ends, then }) => {
    const told = await lyingWorld();
    await told.hooks(hooks);
    await told.services(services);
    const ran = await told.cxw('deliver', '--json');
    const answer = JSON.parse(ran.stdout);
    expect(ran.stdout + ran.stderr).toMatch(INERT);
    expect(ran.stdout.length + ran.stderr.length).toBeLessThan(100_000);
    if (ends === 'done') await deliveredOnce(told, answer.data);
    else refusedAs(ends, ran.exit, answer);

    await told.truth();
    await then?.(told);
    await deliveredOnce(told, (await told.ok('deliver')).data);
  });
});
