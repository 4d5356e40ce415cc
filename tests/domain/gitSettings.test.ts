import { describe, expect, it, test } from 'vitest';
import { plainIdentity, plainPushUrls, remoteOf, truthOf, type Setting } from '../../src/domain/gitSettings.js';

/** Settings as `key=value`, or `key` alone. */
const settings = (...lines: string[]): Setting[] => lines.map((line) => {
  const [key, ...value] = line.split('=');
  return { key: key!, value: value.length === 0 ? undefined : value.join('=') };
});

test.each<[string[], boolean | undefined]>([
  [[], undefined], [['a.b'], true], [['a.b=yes'], true], [['a.b=ON'], true], [['a.b=2'], true], [['a.b=0'], false], [['a.b='], false], [['a.b=off'], false],
  [['a.b=true', 'a.b=false'], false], [['a.b=perhaps'], undefined],
])('%j is read as git reads it: %s', (lines, truth) => expect(truthOf(settings(...lines), 'a.b')).toBe(truth));

describe('who commits', () => {
  const ada = ['user.name=Ada Lovelace', 'user.email=ada@example.org'];
  test.each<[string, string[], object | undefined]>([
    ['the user', ada, { name: 'Ada Lovelace', email: 'ada@example.org' }],
    ['the committer before the user', [...ada, 'committer.name=Bot'], { name: 'Bot', email: 'ada@example.org' }],
    ['the last one that was set', [...ada, 'user.name=Grace'], { name: 'Grace', email: 'ada@example.org' }],
  ])('is %s', (_, lines, who) => expect(plainIdentity(settings(...lines), 'committer')).toEqual(who));
  test.each([[[]], [['user.name=Ada']], [[ada[0]!, 'user.email=<ada@example.org>']], [['user.name= Ada', ada[1]!]], [['user.name=Ada.', ada[1]!]], [['user.name', ada[1]!]]])(
    'git itself is asked about %j', (lines) => expect(plainIdentity(settings(...lines), 'committer')).toBeUndefined());

  test('and who is named as the author may be somebody else', () => {
    const told = settings(...ada, 'author.name=Grace', 'author.email=grace@example.org', 'committer.name=Bot');
    expect(plainIdentity(told, 'author')).toEqual({ name: 'Grace', email: 'grace@example.org' });
  });
});

describe('where a branch is pushed to', () => {
  const origin = ['remote.origin.url=one', 'branch.main.remote=origin', 'branch.main.merge=refs/heads/main'];
  it('is what the upstream and its remote say', () => {
    expect(remoteOf(settings(...origin, 'remote.origin.mirror', 'remote.pushdefault=fork', 'remote.fork.pushurl=two'), 'refs/heads/main')).toEqual({
      remotes: ['fork', 'origin'], upstream: { remote: 'origin', ref: 'refs/heads/main' }, pushRemote: 'fork', mirror: true, asked: 'origin',
    });
    expect(remoteOf(settings(...origin), 'refs/heads/other')).toMatchObject({ upstream: undefined, asked: 'origin', mirror: false });
    expect(remoteOf([], 'refs/heads/main')).toMatchObject({ remotes: [], asked: undefined });
    const more = [[], ['remote.origin.pushurl=one'], ['remote.origin.pushurl=two'], ['url.two.pushinsteadof=one'], ['url.two.insteadof=one']];
    expect(more.map((lines) => remoteOf(settings(...origin, ...lines), 'refs/heads/main').fetchesElsewhere)).toEqual([undefined, undefined, true, true, undefined]);
  });
  it('is told without the passwords of a URL that stands for a remote, and without places of this machine', () => {
    expect(remoteOf(settings('remote.https://me:pw@a.example/x.url=https://me:pw@a.example/x', 'branch.main.remote=https://me:pw@a.example/x', 'branch.main.merge=m', 'branch.main.pushremote=/home/ada/x.git'), 'refs/heads/main')).toMatchObject({
      remotes: ['https://a.example/x'], upstream: { remote: 'https://a.example/x', ref: 'm' }, pushRemote: 'file:///…/x.git', asked: 'https://me:pw@a.example/x',
    });
    expect(remoteOf(settings('branch.main.remote=.', 'branch.main.merge=m'), 'refs/heads/main').upstream).toEqual({ remote: '.', ref: 'm' });
  });
  test.each<[string[], string[] | undefined]>([
    [['remote.o.url=one'], ['one']],
    [['remote.o.url=o\nne'], ['o\nne']],
    [['remote.o.url=one', 'remote.o.pushurl=two', 'remote.o.pushurl=three', 'remote.x.url=four'], ['two', 'three']],
    [['remote.o.url=one', 'url.two:.insteadof=one'], undefined],
    [['remote.o.url=one', 'url.two:.pushinsteadof=x'], undefined],
    [['remote.o.url='], undefined], [['remote.o.url'], undefined],
  ])('%j: %j, and git is asked where settings rewrite', (lines, urls) => expect(plainPushUrls(settings(...lines), 'o')).toEqual(urls));
});
