import type { Setting } from './gitSettings.js';

/** Programs that git runs on contents, chosen by attributes. */
const FILTERS = [
  /^filter\..*\.(clean|smudge|process|required)$/s,
  /^diff\..*\.(textconv|command)$/s,
  /^diff\.external$/,
  /^merge\..*\.driver$/s,
];

/** Whom we are to a remote. They lead to the same one, and may be others by now than when it took the commit. */
const CREDENTIALS = /^credential\./;

/**
 * Keys that name a program, send git elsewhere, or decide what git takes for the file of an entry. Not among them is what a person's own `git fetch`, `git push -u` or
 * `git branch` sets: `branch.*`, `remote.*.fetch`. Of `http.*`, whose keys grow in number, only those are left out that
 * say how much is sent at once, and how fast: what people set when a push fails.
 */
const EXECUTING = [
  CREDENTIALS,
  /^core\.(fsmonitor|hookspath|sshcommand|gitproxy|editor|pager|askpass|worktree|attributesfile|excludesfile|alternaterefscommand|ignorecase|symlinks)$/,
  /^(sequence\.editor|pager\..*|interactive\.difffilter|uploadpack\.packobjectshook|ssh\.variant|user\.signingkey|browser\..*|man\..*|trailer\..*\.(command|cmd)|tar\..*\.command|gc\.recentobjectshook)$/s,
  /^(gpg|alias|protocol|include|includeif|difftool|mergetool|guitool|hook)\./,
  /^lfs\.((extension|customtransfer)\..*|url|pushurl|standalonetransferagent)$/s,
  /^url\..*\.(insteadof|pushinsteadof)$/s,
  /^remote\..*\.(url|pushurl|receivepack|uploadpack|proxy|proxyauthmethod|vcs|mirror|push)$/s,
  /^remote\.pushdefault$/,
  /^http\.(?!(.*\.)?(postbuffer|version|lowspeedlimit|lowspeedtime|maxrequests|minsessions)$)/s,
  /^submodule\..*\.(url|update)$/s,
  /^(commit\.gpgsign|push\.gpgsign|push\.recursesubmodules|push\.pushoption)$/,
];

export const isFilter = ({ key }: Setting): boolean => FILTERS.some((pattern) => pattern.test(key));
export const isExecuting = ({ key }: Setting): boolean => EXECUTING.some((pattern) => pattern.test(key));
export const isCredential = ({ key }: Setting): boolean => CREDENTIALS.test(key);
