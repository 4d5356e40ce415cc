/** Shapes that are secrets wherever they stand. Of a key, either end may have been cut off: it goes with all that may belong to it. */
export const SECRET_SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\w+/=\s:,\\-]*/g,
  /^[\s\S]*-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
  /(?<![\w-])gh[pousr]_[A-Za-z0-9]{20,255}/g,
  /(?<![\w-])github_pat_[A-Za-z0-9_]{20,255}/g,
  /(?<![\w-])sk-[A-Za-z0-9_-]{16,255}/g,
  /(?<![\w-])xox[abeprs]-[A-Za-z0-9-]{10,255}/g,
  /(?<![\w-])(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)/g,
  /(?<![\w-])AIza[A-Za-z0-9_-]{35}(?!\w)/g,
  /(?<![\w-])glpat-[A-Za-z0-9_-]{20,255}/g,
  /(?<![\w-])npm_[A-Za-z0-9]{36}(?!\w)/g,
  /(?<![\w-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,2000}/g,
];
/** User and password before a host. The user `git` alone is what every SSH remote has. */
export const URL_USER = /(:\/\/)(?!git@)[^\s/@:]{1,256}(?::[^\s/@]{0,1024})?@/g;
/** What a URL, or a line about a request, calls a secret in its query, up to the secret itself. */
export const URL_QUERY = /([?&;](?:[\w.-]{0,60}(?:token|secret|passw|passphrase|pwd|credential|signature|api[_-]?key|access[_-]?key)[\w.-]{0,60}|auth|key|pat|sig)=)[^\s&;#"'`<>]{1,4096}/gi;

/** A name for a secret, and what looks like its value. Words that only say where it lies are none. */
const NAMED = /\b(?:password|passwd|passphrase|secret|token|api[_-]?key)\b["'`]?\s*[:=]\s*["'`]?(?=[^\s"'`]*\d)[^\s"'`<>${}]{8,}/i;

/** Whether a line of text looks as if it held a secret. */
export const holdsSecret = (line: string): boolean =>
  [...SECRET_SHAPES, URL_USER].some((shape) => line.search(shape) >= 0) || NAMED.test(line);
