import { describe, expect, test } from 'vitest';
import { openScrubber } from '../../src/world/scrub.js';

const ROOT = '/home/ada/project';
const scrub = (text: string, env: Record<string, string> = {}): { text: string; redacted: number } =>
  openScrubber({ HOME: '/home/ada', ...env }, ROOT).scrub(Buffer.from(text));

describe('secrets of the environment', () => {
  test.each(['API_TOKEN', 'MY_SECRET', 'DB_PASSWORD', 'SSH_KEY', 'AWS_ACCESS_KEY_ID', 'GITHUBTOKEN', 'dbPassword', 'HTTP_AUTH', 'SESSION_COOKIE', 'npm_config__authToken'])(
    'the value of %s', (name) => {
      expect(scrub('say s3cr3t-value!', { [name]: 's3cr3t-value' })).toEqual({ text: 'say [redacted]!', redacted: 1 });
    });

  test.each(['GIT_AUTHOR_NAME', 'KEYBOARD', 'SSH_AUTH_SOCK', 'PWD', 'TOKEN_FILE', 'PATH', 'COMPASS'])('not the value of %s', (name) => {
    expect(scrub('say plain-value', { [name]: 'plain-value' })).toEqual({ text: 'say plain-value', redacted: 0 });
  });

  test('encoded, by line, and the longer one first; short ones are words', () => {
    const env = { A_TOKEN: 'p@ss/word1', B_TOKEN: 'p@ss/word1-longer', C_KEY: 'first-line\nsecond-line', D_TOKEN: 'true' };
    expect(scrub('p@ss/word1-longer', env).text).toBe('[redacted]');
    expect(scrub(`${encodeURIComponent('p@ss/word1')} ${Buffer.from('p@ss/word1').toString('base64')}`, env).text).toBe('[redacted] [redacted]');
    expect(scrub('only second-line here', env).text).toBe('only [redacted] here');
    expect(scrub('true', env).text).toBe('true');
  });

  test('not hidden by colours', () => {
    expect(scrub('s3cr3t\u001b[31m-value', { A_TOKEN: 's3cr3t-value' }).text).toBe('[redacted]');
  });
});

describe('secrets by their shape', () => {
  test.each([
    `ghp_${'a1'.repeat(20)}`, `github_pat_${'a1'.repeat(20)}`, `sk-proj-${'a1'.repeat(20)}`, `xoxb-${'12'.repeat(10)}`, 'AKIAIOSFODNN7EXAMPLE',
    `glpat-${'a1'.repeat(10)}`, `npm_${'a1'.repeat(18)}`, `AIza${'a'.repeat(35)}`, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF-123_',
  ])('%s', (secret) => {
    expect(scrub(`<${secret}>`)).toEqual({ text: '<[redacted]>', redacted: 1 });
  });

  test('private keys, whole or with one end cut off', () => {
    const body = 'MIIEpAIBAAKCAQEA+/x=\nabcdEFGH';
    const [begin, end] = ['-----BEGIN RSA PRIVATE KEY-----', '-----END RSA PRIVATE KEY-----'];
    expect(scrub(`a.\n${begin}\n${body}\n${end}\n(z)`).text).toBe('a.\n[redacted](z)');
    expect(scrub(`a.\n${begin}\n${body}`).text).toBe('a.\n[redacted]');
    expect(scrub(`${body}\n${end}\nz`).text).toBe('[redacted]\nz');
  });

  test.each([
    ['https://ada:pw@example.org/x', 'https://[redacted]@example.org/x'],
    ['https://token@example.org/x', 'https://[redacted]@example.org/x'],
    ['ssh://git@example.org/x', 'ssh://git@example.org/x'],
    ['https://example.org/@scope', 'https://example.org/@scope'],
    ['GET https://example.org/x.git?private_token=a/b&page=2', 'GET https://example.org/x.git?private_token=[redacted]&page=2'],
    ['https://example.org/x?sort=keys&author=ada', 'https://example.org/x?sort=keys&author=ada'],
  ])('the user and the secrets of %s', (url, shown) => expect(scrub(url).text).toBe(shown));

  test.each(['risk-assessment-of-the-whole-thing', 'task-0123456789012345678901234', 'my_ghp_thing', 'a.b.c'])('not %s', (text) => {
    expect(scrub(text)).toEqual({ text, redacted: 0 });
  });
});

describe('what else no log shows', () => {
  test('places of this machine', () => {
    expect(scrub(`${ROOT}/a.ts ${ROOT}-old /home/ada/b /home/adam "${ROOT}"`).text).toBe('<repository>/a.ts ~/project-old ~/b /home/adam "<repository>"');
  });

  test('escapes and other control characters', () => {
    expect(scrub('\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007 \u001b[1mbold\u001b[0m a\rb\r\nc\u0000\u0007\u009b31m\td').text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(scrub('a\rb\r\nc\td').text).toBe('a\nb\nc\td');
  });

  test.each([['keys', '-----BEGIN PRIVATE KEY-----\n'], ['web tokens', 'eyJ'], ['users', '://a'], ['dashes', 'sk-sk-']])('is found in time among many %s', (_what, text) => {
    const start = performance.now();
    scrub(text.repeat(60_000));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
