import { homedir } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { SECRET_SHAPES, URL_QUERY, URL_USER } from '../domain/secrets.js';

/** Takes secrets, escapes and places of this machine out of output that will be published. */
export interface Scrubber {
  scrub(output: Buffer): { text: string; redacted: number };
  /** Secrets alone, out of a sentence that is shown and not stored: escapes and places stay as they are. */
  secrets(text: string): string;
}

/** Words of a variable's name that say that its value is secret: whole words, so that an author is no authorization. */
const SECRET_WORD = /(^|_)(TOKENS?|SECRETS?|PASS|PASSWORDS?|PASSWD|PASSPHRASE|PWD|PAT|KEYS?|APIKEY|CREDENTIALS?|CREDS|AUTH|COOKIE)(_|$)/i;
/** The same where words run together, as in `GITHUBTOKEN` or `dbPassword`. */
const SECRET_ENDING = /(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|APIKEY|CREDENTIALS?)$/i;
/** Values that only say where the secret lies. */
const PLACE_NAME = /(^|_)(SOCK|FILE|PATH|DIR|OLDPWD)$|^PWD$/i;
/** Shorter values are words like `true` or `basic`, and taking them out would only spoil the log. */
const SECRET_LENGTH = 6;
const REDACTED = '[redacted]';

/** Knows the secret values of an environment, and where the worktree lies. */
export function openScrubber(env: Readonly<Record<string, string | undefined>>, root: string): Scrubber {
  const secrets = secretsOf(env).map((secret) => new RegExp(escaped(secret), 'g'));
  const places = ([[root, '<repository>'], [env['HOME'] ?? homedir(), '~']] as [string, string][])
    .filter(([place]) => place.length > 1)
    // The longer one first: either may lie in the other.
    .sort(([a], [b]) => b.length - a.length)
    .map(([place, word]): [RegExp, string] => [new RegExp(`${escaped(place)}(?![\\w-])`, 'g'), word]);

  function redact(given: string): { text: string; redacted: number } {
    let redacted = 0;
    const take = (text: string, shape: RegExp): string => text.replace(shape, () => {
      redacted += 1;
      return REDACTED;
    });
    const nameless = [...secrets, ...SECRET_SHAPES].reduce(take, given);
    const within = (text: string, [shape, end]: [RegExp, string]): string => text.replace(shape, (_, start: string) => {
      redacted += 1;
      return `${start}${REDACTED}${end}`;
    });
    return { text: ([[URL_USER, '@'], [URL_QUERY, '']] as [RegExp, string][]).reduce(within, nameless), redacted };
  }

  return {
    scrub: (output) => {
      const { text, redacted } = redact(plainText(output));
      return { text: places.reduce((shown, [place, word]) => shown.replace(place, word), text), redacted };
    },
    secrets: (text) => redact(text).text,
  };
}

/** Secret values in the ways in which they are printed, the longest first: whole, by line, and encoded. */
function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  const values = Object.entries(env).flatMap(([name, value]) => (value !== undefined && isSecret(name) ? [plainText(Buffer.from(value)).trim()] : []));
  const printed = values.flatMap((value) => [value, ...value.split('\n'), encodeURIComponent(value), Buffer.from(value).toString('base64')]);
  return [...new Set(printed)].filter((text) => text.length >= SECRET_LENGTH).sort((a, b) => b.length - a.length);
}

const isSecret = (name: string): boolean => (SECRET_WORD.test(name) || SECRET_ENDING.test(name)) && !PLACE_NAME.test(name);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Plain UTF-8 lines: no escape sequences, no other control characters, carriage returns only where a line ends. */
function plainText(output: Buffer): string {
  return stripVTControlCharacters(output.toString('utf8'))
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
