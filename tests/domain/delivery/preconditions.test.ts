import { describe, expect, test } from 'vitest';
import { deliveryRefusals, inWords, movedRefusals, nameOf, targetOf, type Ground, type RemoteAnswer } from '../../../src/domain/delivery/preconditions.js';
import type { Evidence, Target } from '../../../src/domain/facts.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import type { Policy } from '../../../src/domain/policy.js';
import { refuse, type Refusal } from '../../../src/domain/problem.js';
import type { CommitInfo, DirtyPath, RemoteConfiguration, Survey } from '../../../src/domain/repository.js';
import { policyDocument, TICKET as ticket } from '../../support/sealed.js';

const id = (letter: string): string => letter.repeat(40);
const [HEAD, OTHER] = [id('1'), id('2')];
const branch = 'refs/heads/main';
const url = 'https://git.example/greet.git';
const target: Target = { remote: 'origin', ref: branch, url };

const remote: RemoteConfiguration = { remotes: ['origin', 'fork'], upstream: { remote: 'origin', ref: branch }, pushUrls: [url], mirror: false };
const survey: Survey = { head: HEAD, branch, dirty: [] };
const ground: Ground = { ticket, survey, identity: { name: 'Ada', email: 'ada@example.org' }, replacements: [], locks: [], remote };
const commit = (letter: string, subject: string): CommitInfo => ({ id: id(letter), subject }) as CommitInfo;
const asked = (over: Partial<RemoteAnswer> = {}): RemoteAnswer => ({ target, tip: HEAD, unpushed: [], ...over });
const dirty = (path: string, kind: DirtyPath['kind']): DirtyPath => ({ path: path as RepoPath, kind, staged: false, unstaged: true, submodule: false });
const policyOf = (delivery: Record<string, unknown> = {}): Policy => policyDocument({ delivery: { mode: 'commit-push', ...delivery } }).content;

describe('a ground that could be delivered from', () => {
  test.each<[string, Partial<Ground>, Record<string, unknown>]>([
    ['as it should be', {}, {}],
    ['with the remote at HEAD', { asked: asked() }, {}],
    ['with other dirty work', { survey: { ...survey, dirty: [dirty('a', 'changed'), dirty('b', 'untracked'), dirty('c', 'hidden')] } }, {}],
    ['with the upstream\'s own remote for pushing', { remote: { ...remote, pushRemote: 'origin' } }, {}],
    ['with a pair of names that the policy allows', { remote: { ...remote, upstream: { remote: 'origin', ref: 'refs/heads/trunk' } } }, { upstream_pairs: [{ local: 'main', upstream: 'trunk' }] }],
    ['of a policy that delivers nothing, without an identity', { identity: undefined }, { mode: 'none' }],
    ['of a policy that only commits, without any remote', { remote: { remotes: [], pushUrls: [], mirror: false } }, { mode: 'commit' }],
  ])('%s has nothing against it', (_, over, delivery) => {
    expect(deliveryRefusals({ ...ground, ...over }, policyOf(delivery))).toEqual([]);
  });
});

describe('a ground that speaks against a delivery', () => {
  const detached: Survey = { head: HEAD, dirty: [] };
  const unmerged = dirty('both', 'unmerged');
  test.each<[string, Partial<Ground>, Record<string, unknown>, Refusal[]]>([
    ['detached', { survey: detached }, {}, [refuse('detached-head', { ticket })]],
    ['detached, without an identity', { survey: detached, identity: undefined }, {}, [refuse('detached-head', { ticket }), refuse('identity-missing', { ticket })]],
    ['unborn', { survey: { branch, dirty: [] } }, {}, [refuse('unborn-head', { ticket, branch })]],
    ['on a branch that is not allowed', {}, { branches: ['feature/*'] }, [refuse('branch-not-allowed', { ticket, branch, allowed: ['feature/*'] })]],
    ['on a branch whose name is not text', { survey: { ...survey, branch: 'refs/heads/caf\udce9' } }, {}, [refuse('branch-not-text', { ticket, branch: 'refs/heads/caf\udce9' })]],
    ['in the middle of a merge', { operation: 'merge' }, {}, [refuse('operation-in-progress', { ticket, operation: 'merge' })]],
    ['with unmerged paths', { survey: { ...survey, dirty: [dirty('a', 'changed'), unmerged] } }, {}, [refuse('unmerged-entries', { ticket, paths: ['both' as RepoPath] })]],
    ['with replaced objects', { replacements: ['refs/replace/x'] }, {}, [refuse('replace-refs', { ticket, names: ['refs/replace/x'] })]],
    ['with a lock of git\'s', { locks: ['index.lock'] }, {}, [refuse('git-locked', { locks: ['index.lock'] })]],
    ['of nobody', { identity: undefined }, {}, [refuse('identity-missing', { ticket })]],
    ['of nobody, where only a commit is made', { identity: undefined }, { mode: 'commit' }, [refuse('identity-missing', { ticket })]],
    ['without an upstream', { remote: { ...remote, upstream: undefined } }, {}, [refuse('no-upstream', { ticket, branch, remote: 'origin' })]],
    ['without an upstream and without the policy\'s remote', { remote: { ...remote, remotes: ['fork'], upstream: undefined } }, {}, [refuse('unknown-remote', { ticket, remote: 'origin', remotes: ['fork'] }), refuse('no-upstream', { ticket, branch, remote: 'origin' })]],
    ['with its own repository for a remote', { remote: { ...remote, upstream: { remote: '.', ref: branch } } }, {}, [refuse('upstream-local', { ticket, branch, remote: 'origin' })]],
    ['with a URL for an upstream', { remote: { ...remote, upstream: { remote: url, ref: branch } } }, {}, [refuse('upstream-is-url', { ticket, branch, url, remote: 'origin', remotes: remote.remotes })]],
    ['with a URL for an upstream, and without the policy\'s remote', { remote: { ...remote, remotes: [], upstream: { remote: url, ref: branch } } }, {}, [refuse('upstream-is-url', { ticket, branch, url, remote: 'origin', remotes: [] })]],
    ['with an upstream on a remote that is gone', { remote: { ...remote, remotes: ['fork'] } }, {}, [refuse('unknown-remote', { ticket, remote: 'origin', remotes: ['fork'] })]],
    ['with another remote for pushing', { remote: { ...remote, pushRemote: 'fork' } }, {}, [refuse('ambiguous-target', { ticket, branch, remotes: ['origin (upstream)', 'fork (push)', 'origin (policy)'] })]],
    ['with another remote in the policy', {}, { remote: 'fork' }, [refuse('ambiguous-target', { ticket, branch, remotes: ['origin (upstream)', 'origin (push)', 'fork (policy)'] })]],
    ['with an upstream of another name', { remote: { ...remote, upstream: { remote: 'origin', ref: 'refs/heads/trunk' } } }, {}, [refuse('upstream-name-differs', { ticket, branch, upstream: 'refs/heads/trunk', remote: 'origin' })]],
    ['with half a pair: another local name', { remote: { ...remote, upstream: { remote: 'origin', ref: 'refs/heads/trunk' } } }, { upstream_pairs: [{ local: 'next', upstream: 'trunk' }] }, [refuse('upstream-name-differs', { ticket, branch, upstream: 'refs/heads/trunk', remote: 'origin' })]],
    ['with half a pair: another upstream', { remote: { ...remote, upstream: { remote: 'origin', ref: 'refs/heads/trunk' } } }, { upstream_pairs: [{ local: 'main', upstream: 'next' }] }, [refuse('upstream-name-differs', { ticket, branch, upstream: 'refs/heads/trunk', remote: 'origin' })]],
    ['with two push URLs', { remote: { ...remote, pushUrls: [url, 'https://b.example/r'] } }, {}, [refuse('several-push-urls', { ticket, remote: 'origin', urls: [url, 'https://b.example/r'] })]],
    ['with no push URL', { remote: { ...remote, pushUrls: [] } }, {}, [refuse('several-push-urls', { ticket, remote: 'origin', urls: [] })]],
    ['with a mirror', { remote: { ...remote, mirror: true } }, {}, [refuse('mirror-remote', { ticket, remote: 'origin' })]],
    ['with a URL that runs a program', { remote: { ...remote, pushUrls: ['ext::sh -c x'] } }, {}, [refuse('unsafe-remote-url', { ticket, remote: 'origin', url: 'ext::sh -c x' })]],
    ['with an option for a remote', { remote: { ...remote, remotes: ['-x'], upstream: { remote: '-x', ref: branch } } }, {}, [refuse('ambiguous-target', { ticket, branch, remotes: ['-x (upstream)', '-x (push)', 'origin (policy)'] }), refuse('unsafe-remote-url', { ticket, remote: '-x', url: '-x' })]],
    ['with a remote of two words', { remote: { ...remote, remotes: ['a b'], upstream: { remote: 'a b', ref: branch } } }, {}, [refuse('ambiguous-target', { ticket, branch, remotes: ['a b (upstream)', 'a b (push)', 'origin (policy)'] }), refuse('unsafe-remote-url', { ticket, remote: 'a b', url: 'a b' })]],
    ['whose remote has no such branch', { asked: asked({ tip: undefined }) }, {}, [refuse('remote-branch-missing', { ticket, branch, ref: branch, remote: 'origin' })]],
    ['whose remote went on', { asked: asked({ tip: OTHER, incoming: [commit('2', 'Theirs')] }) }, {}, [refuse('remote-moved', { ticket, remote: 'origin', ref: branch, tip: OTHER, commits: ['222222222222 Theirs'], stage: 'new' })]],
    ['whose remote went on after it began', { begun: true, asked: asked({ tip: OTHER, incoming: [commit('2', 'Theirs')] }) }, {}, [refuse('remote-moved', { ticket, remote: 'origin', ref: branch, tip: OTHER, commits: ['222222222222 Theirs'], stage: 'begun' })]],
    ['that another clone has delivered', { asked: asked({ tip: OTHER, unpushed: [commit('1', 'Private')], incoming: [commit('2', 'Theirs')], delivered: commit('2', 'Theirs') }) }, {}, [refuse('delivered-elsewhere', { ticket, remote: 'origin', ref: branch, commit: id('2') })]],
    ['whose remote changed the same file', { begun: true, asked: asked({ tip: OTHER, incoming: [commit('2', 'Theirs')], left: ['a' as RepoPath] }) }, {}, [refuse('remote-moved', { ticket, remote: 'origin', ref: branch, tip: OTHER, commits: ['222222222222 Theirs'], stage: 'begun', left: ['a' as RepoPath] })]],
    ['whose remote went on, and is fetched from elsewhere', { remote: { ...remote, fetchesElsewhere: true }, asked: asked({ tip: OTHER, incoming: [commit('2', 'Theirs')] }) }, {}, [refuse('remote-moved', { ticket, remote: 'origin', ref: branch, tip: OTHER, commits: ['222222222222 Theirs'], stage: 'new', fetchesElsewhere: true })]],
    ['whose remote is somewhere unknown', { asked: asked({ tip: OTHER }) }, {}, [refuse('remote-moved', { ticket, remote: 'origin', ref: branch, tip: OTHER, commits: [], stage: 'new' })]],
    ['that is ahead', { asked: asked({ tip: OTHER, unpushed: [commit('1', 'Private')] }) }, {}, [refuse('unpushed-commits', { ticket, branch, remote: 'origin', ref: branch, commits: ['111111111111 Private'] })]],
    ['that is ahead with its own work', { asked: asked({ tip: OTHER, unpushed: [commit('1', 'Private')], base: OTHER }) }, {}, [refuse('unpushed-commits', { ticket, branch, remote: 'origin', ref: branch, commits: ['111111111111 Private'], base: OTHER })]],
    ['that went apart from its remote', { asked: asked({ tip: OTHER, unpushed: [commit('1', 'Private')], incoming: [commit('2', 'Theirs')] }) }, {}, [
      refuse('remote-moved', { ticket, remote: 'origin', ref: branch, tip: OTHER, commits: ['222222222222 Theirs'], stage: 'new' }),
      refuse('unpushed-commits', { ticket, branch, remote: 'origin', ref: branch, commits: ['111111111111 Private'] }),
    ]],
  ])('%s', (_, over, delivery, refusals) => {
    expect(deliveryRefusals({ ...ground, ...over }, policyOf(delivery))).toEqual(refusals);
  });

  test('is told with all its reasons', () => {
    const codes = deliveryRefusals({ ...ground, operation: 'rebase', identity: undefined, locks: ['HEAD.lock'], remote: { ...remote, mirror: true } }, policyOf({ branches: ['x'] })).map(({ code }) => code);
    expect(codes).toEqual(['branch-not-allowed', 'operation-in-progress', 'git-locked', 'identity-missing', 'mirror-remote']);
  });

  test('where nothing is pushed, the remote speaks against nothing', () => {
    expect(deliveryRefusals({ ...ground, remote: { ...remote, mirror: true }, asked: asked({ tip: undefined }) }, policyOf({ mode: 'commit' }))).toEqual([]);
  });
});

describe('the target', () => {
  test('is the upstream at its push URL', () => {
    expect(targetOf(remote, branch, policyOf())).toEqual(target);
  });
  test.each<[string, RemoteConfiguration, Record<string, unknown>]>([
    ['a policy that does not push', remote, { mode: 'commit' }],
    ['two places to push to', { ...remote, pushUrls: [url, url] }, {}],
    ['no upstream', { ...remote, upstream: undefined }, {}],
  ])('is not named with %s', (_, configuration, delivery) => {
    expect(targetOf(configuration, branch, policyOf(delivery))).toBe(undefined);
  });
});

describe('HEAD, since the discovery', () => {
  const discovery = { branch, head: HEAD } as Evidence<'repository_discovered'>;
  const moved = (now: Partial<Survey>): Refusal[] => movedRefusals({ ticket, discovery, survey: { dirty: [], ...now }, commits: [commit('2', 'Theirs')] });
  test.each<[string, Partial<Survey>, Refusal[]]>([
    ['stayed', { branch, head: HEAD }, []],
    ['is detached', { head: HEAD }, [refuse('detached-head', { ticket })]],
    ['is on another branch', { branch: 'refs/heads/x', head: HEAD }, [refuse('branch-switched', { ticket, was: branch, now: 'refs/heads/x' })]],
    ['has no commit any more', { branch }, [refuse('unborn-head', { ticket, branch })]],
    ['went on', { branch, head: OTHER }, [refuse('head-moved', { ticket, branch, was: HEAD, now: OTHER, commits: ['222222222222 Theirs'] })]],
  ])('%s', (_, now, refusals) => expect(moved(now)).toEqual(refusals));

  const at = (now: { branch: string; head: string }, proof: { branch: string; head: string }): Refusal[] =>
    movedRefusals({ ticket, discovery, survey: { dirty: [], ...now }, commits: [], lastRun: { proof: 'P1', moved: { was: { branch, head: HEAD }, now: proof } } });
  const [there, further] = [{ branch, head: OTHER }, { branch, head: id('3') }];

  test('was moved by a proof, and stands where that took it', () => {
    expect(at(there, there)).toEqual([refuse('proof-moved-head', { ticket, proof: 'P1', was: { branch, head: HEAD }, now: there })]);
    expect(at(further, there).map(({ code }) => code)).toEqual(['head-moved']);
  });

  test.each<[string, Target | undefined, string | undefined, boolean]>([
    ['was renamed with it, for it has its upstream', target, 'origin/main', true],
    ['follows another', target, 'origin/other', false],
    ['follows none', target, undefined, false],
    ['stands for a ticket that is pushed nowhere', undefined, 'origin/main', false],
  ])('is on another branch since the ticket\'s is gone, which %s', (_, discovered, upstream, renamed) => {
    const now = { head: HEAD, branch: 'refs/heads/x', upstream, dirty: [] };
    expect(movedRefusals({ ticket, discovery: { ...discovery, target: discovered } as Evidence<'repository_discovered'>, survey: now, commits: [], gone: true }))
      .toEqual([refuse('branch-switched', { ticket, was: branch, now: now.branch, gone: { head: HEAD, renamed } })]);
  });
});

test('a branch is shown by its short name, a commit by twelve digits and its subject', () => {
  expect([nameOf('refs/heads/a/b'), nameOf('x/refs/heads/a')]).toEqual(['a/b', 'x/refs/heads/a']);
  expect(inWords(commit('a', 'Words'))).toBe('aaaaaaaaaaaa Words');
});
