import type { Setting } from '../../domain/gitSettings.js';
import { records } from '../../domain/porcelain.js';
import { SETTINGS } from './questions.js';
import type { GitRunner } from './runner.js';

/** The whole configuration that applies, in git's order, without the options of our own calls. */
export async function readConfiguration(runner: GitRunner): Promise<Setting[]> {
  const told = records(await runner.run(SETTINGS, { doing: 'reading the configuration' }));
  const settings: Setting[] = [];
  for (let at = 0; at + 1 < told.length; at += 2) {
    if (told[at] === 'command') continue;
    const [key, ...value] = told[at + 1]!.split('\n');
    settings.push({ key: key!, value: value.length === 0 ? undefined : value.join('\n') });
  }
  return settings;
}

/** Programs that git runs on contents, chosen by attributes. */
const FILTERS = [
  /^filter\..*\.(clean|smudge|process|required)$/s,
  /^diff\..*\.(textconv|command)$/s,
  /^diff\.external$/,
  /^merge\..*\.driver$/s,
];

/**
 * Keys that name a program, or send git elsewhere. Not among them is what a person's own `git fetch`, `git push -u` or
 * `git branch` sets: `branch.*`, `remote.*.fetch`.
 */
const EXECUTING = [
  /^core\.(fsmonitor|hookspath|sshcommand|gitproxy|editor|pager|askpass|worktree|attributesfile|excludesfile|alternaterefscommand)$/,
  /^(sequence\.editor|pager\..*|interactive\.difffilter|uploadpack\.packobjectshook|ssh\.variant|user\.signingkey|browser\..*|man\..*|trailer\..*\.(command|cmd))$/s,
  /^(credential|gpg|alias|protocol|include|includeif|difftool|mergetool|guitool)\./,
  /^url\..*\.(insteadof|pushinsteadof)$/s,
  /^remote\..*\.(url|pushurl|receivepack|uploadpack|proxy|vcs|mirror|push)$/s,
  /^remote\.pushdefault$/,
  /^http\.(.*\.)?(proxy|sslverify|sslcert|sslkey|sslcainfo|cookiefile|extraheader|proxyauthmethod)$/s,
  /^submodule\..*\.(url|update)$/s,
  /^(commit\.gpgsign|push\.gpgsign|push\.recursesubmodules|push\.pushoption)$/,
];

export const isFilter = ({ key }: Setting): boolean => FILTERS.some((pattern) => pattern.test(key));
export const isExecuting = ({ key }: Setting): boolean => EXECUTING.some((pattern) => pattern.test(key));
