import type { Setting } from './gitSettings.js';

/**
 * Settings that decide how git reads content from a file, writes it there, and takes one for changed; and those under
 * which hooks look for their own, as git's sample hooks do. None of them names a repository, a remote or another file of
 * settings: a repository that is given them behaves as this one, and cannot reach it by them.
 */
const READING = [
  /^core\.(autocrlf|eol|safecrlf|checkroundtripencoding|whitespace|filemode|symlinks|ignorecase|precomposeunicode|attributesfile|excludesfile)$/,
  /^filter\..*\.(clean|smudge|process|required)$/s,
  /^hooks\./,
];

export const isReading = ({ key }: Setting): boolean => READING.some((pattern) => pattern.test(key));
