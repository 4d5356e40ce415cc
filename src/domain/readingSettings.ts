import type { Setting, Settings } from './gitSettings.js';

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

/** Settings as a file of git's configuration holds them, in their order. */
export const settingsText = (settings: Settings): string => settings.map(({ key, value }) => {
  const [, section, subsection, variable] = /^([^.]*)(?:\.(.*))?\.([^.]*)$/s.exec(key)!;
  const header = subsection === undefined ? section : `${section} "${subsection.replace(/["\\]/g, '\\$&')}"`;
  return `[${header}]\n\t${variable}${value === undefined ? '' : ` = "${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`}\n`;
}).join('');
