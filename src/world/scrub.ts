import { homedir } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

/** Takes secrets, escapes and places of this machine out of output that will be published. */
export interface Scrubber {
  scrub(output: Buffer): { text: string; redacted: number };
}

const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|AUTH)/i;
/** Shorter values are words like `true` or `basic`, and taking them out would only spoil the log. */
const SECRET_LENGTH = 6;
const REDACTED = '[redacted]';

/** Shapes that are secrets wherever they stand. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,20000}?-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,255}\b/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,255}\b/g,
  /\bsk-[A-Za-z0-9_-]{20,255}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,255}\b/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,255}\b/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\beyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,2000}/g,
];
const URL_USER = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{1,256}(?::[^\s/@]{0,256})?@/gi;

/** Knows the secret values of an environment, and where the worktree lies. */
export function openScrubber(env: Readonly<Record<string, string | undefined>>, root: string): Scrubber {
  const secrets = Object.entries(env)
    .filter(([name, value]) => SECRET_NAME.test(name) && (value?.length ?? 0) >= SECRET_LENGTH && !/SOCK|_FILE$|_PATH$|_DIR$/i.test(name))
    .flatMap(([, value]) => [value!, encodeURIComponent(value!), Buffer.from(value!).toString('base64')])
    .sort((a, b) => b.length - a.length);
  const places = [[root, '<repository>'], [env['HOME'] ?? homedir(), '~']] as [string, string][];
  // The longer one first: either may lie in the other.
  places.sort(([a], [b]) => b.length - a.length);
  return {
    scrub: (output) => {
      const plain = plainText(output);
      let redacted = 0;
      const take = (text: string, shape: RegExp, put: string): string => text.replace(shape, (_, kept: unknown) => {
        redacted += 1;
        return typeof kept === 'string' ? put.replace('$1', kept) : put;
      });
      const valueless = secrets.reduce((text, secret) => take(text, new RegExp(escaped(secret), 'g'), REDACTED), plain);
      const shapeless = SHAPES.reduce((text, shape) => take(text, shape, REDACTED), valueless);
      const userless = take(shapeless, URL_USER, `$1${REDACTED}@`);
      const placeless = places.filter(([place]) => place.length > 1).reduce((text, [place, word]) => text.replaceAll(place, word), userless);
      return { text: placeless, redacted };
    },
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Plain UTF-8 lines: no escape sequences, no other control characters, carriage returns only where a line ends. */
function plainText(output: Buffer): string {
  return stripVTControlCharacters(output.toString('utf8'))
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
