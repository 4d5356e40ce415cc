import { expect, test } from 'vitest';
import { isUnsafeUrl, publishedUrl } from '../../../src/domain/delivery/url.js';

test.each([
  ['https://ada:p%40ss@git.example/r.git', 'https://git.example/r.git'],
  ['https://token@git.example:8443/a@b/r.git?x=@y', 'https://git.example:8443/a@b/r.git?x=@y'],
  ['https://git.example/r.git?private_token=abc/def&depth=1&Key=x#top', 'https://git.example/r.git?private_token=…&depth=1&Key=…#top'],
  ['helper::https://ada:pw@git.example/r', 'helper::https://git.example/r'],
  ['https://a:b@c@git.example', 'https://git.example'],
  ['ssh://git@git.example/r.git', 'ssh://git.example/r.git'],
  ['git@git.example:team/r.git', 'git.example:team/r.git'],
  ['git+ssh://git@git.example/r.git', 'git+ssh://git.example/r.git'],
  ['ada@git.example:a://b', 'git.example:a://b'],
  ['ada@git.example:a\nb', 'git.example:a\nb'],
  ['a/b@c:d', 'a/b@c:d'],
  ['/srv/a\nb/r.git', 'file:///…/r.git'],
  ['file:///srv/a@b/r.git', 'file:///…/r.git'],
  ['file://localhost/home/ada/r.git', 'file:///…/r.git'],
  ['/home/ada/a@b:c/r.git/', 'file:///…/r.git'],
  ['../remote.git', 'file:///…/remote.git'],
  ['~/remote.git', 'file:///…/remote.git'],
  ['C:\\Users\\ada\\r.git', 'file:///…/r.git'],
])('%s is published as %s', (url, stored) => {
  expect(publishedUrl(url)).toBe(stored);
  expect(publishedUrl(stored)).toBe(stored);
});

test('a place without a name is published as nothing more', () => expect(publishedUrl('/')).toBe('file:///…/'));

test.each(['ext::sh -c x', 'fd::3', 'foo::bar', '-oProxyCommand=x', '--upload-pack=x', 'ssh://-oProxyCommand=x/r', 'ssh://git@-x/r', 'ssh://host/-x', '-x:r', 'git@-x:r', 'host:-x', 'gopher://x/r', 'git+x://h/r', 'a+b::x', 'ssh://h/-x\u2028', 'h:-x\u2028', '', 'a\nb', 'a\0b'])(
  '%j is unsafe', (url) => expect(isUnsafeUrl(url)).toBe(true));

test.each(['https://git.example/r.git', 'ssh://git@git.example:22/~ada/r.git', 'git@git.example:r.git', 'git://x/r', 'file:///r', '/srv/r.git', '../r.git', 'C:/r.git',
  'http://x/r', 'git+ssh://x/r', 'ssh+git://x/r', 'HTTPS://x/r', 'https://git.example/group/-/r', 'h:a::b', 'h:ssh://-x/r', 'a/b:-x'])(
  '%j is safe', (url) => expect(isUnsafeUrl(url)).toBe(false));
