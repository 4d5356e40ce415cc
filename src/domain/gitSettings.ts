import { publishedUrl } from './delivery/url.js';
import { lettersPattern } from './letters.js';
import { isAddress } from './remoteName.js';
import type { Identity, RemoteConfiguration } from './repository.js';

/** One setting of git's configuration, as it applies here. Section and variable are in lower case, subsections as written. */
export interface Setting {
  key: string;
  /** Absent for a key without a value, which git reads as true. */
  value?: string;
}

export type Settings = readonly Setting[];

/** The setting that counts: git takes the last one of a name. */
export const lastOf = (settings: Settings, key: string): Setting | undefined => settings.findLast((setting) => setting.key === key);

/** A yes or no; nothing where it is not set, or not in words that mean either. */
export function truthOf(settings: Settings, key: string): boolean | undefined {
  const setting = lastOf(settings, key);
  if (setting === undefined) return undefined;
  const word = setting.value?.toLowerCase() ?? 'true';
  if (/^(true|yes|on|-?0*[1-9]\d*)$/.test(word)) return true;
  return /^(false|no|off|0+|)$/.test(word) ? false : undefined;
}

/** In which part git names somebody in a commit. */
export type CommitRole = 'author' | 'committer';

/**
 * Who commits, or is named as the author, by these settings; nothing where git itself must be asked: no name, or one with
 * signs at its ends that git takes away.
 */
export function plainIdentity(settings: Settings, role: CommitRole): Identity | undefined {
  const [name, email] = ['name', 'email'].map((what) => (lastOf(settings, `${role}.${what}`) ?? lastOf(settings, `user.${what}`))?.value);
  return isPlain(name) && isPlain(email) ? { name, email } : undefined;
}

const PLAIN = lettersPattern('^[\\p{L}\\p{N}]([^<>\\p{C}]*[\\p{L}\\p{N})])?$');
const isPlain = (text: string | undefined): text is string => text !== undefined && PLAIN(text).test(text);

/** Where a branch is pushed to, but for the URLs, as it may be told: a remote can be a URL, with a password in it. And what `pushUrlsOf` must be asked for. */
export function remoteOf(settings: Settings, branch: string): Omit<RemoteConfiguration, 'pushUrls'> & { asked?: string } {
  const name = branch.replace(/^refs\/heads\//, '');
  const last = (key: string): string | undefined => lastOf(settings, key)?.value;
  const remote = last(`branch.${name}.remote`);
  const merge = last(`branch.${name}.merge`);
  const remotes = [...new Set(settings.flatMap(({ key }) => /^remote\.(.*)\.(url|pushurl)$/s.exec(key)?.[1] ?? []))].sort();
  const pushed = last(`branch.${name}.pushremote`) ?? last('remote.pushdefault');
  const asked = remote ?? remotes[0];
  return {
    remotes: remotes.map(told),
    upstream: remote === undefined || merge === undefined ? undefined : { remote: told(remote), ref: merge },
    pushRemote: pushed === undefined ? undefined : told(pushed),
    mirror: asked !== undefined && (truthOf(settings, `remote.${asked}.mirror`) ?? false),
    fetchesElsewhere: asked !== undefined && fetchesElsewhere(settings, asked) ? true : undefined,
    asked: asked !== undefined && remotes.includes(asked) ? asked : undefined,
  };
}

/** By a single dot git calls this repository itself. */
const told = (remote: string): string => (remote !== '.' && isAddress(remote) ? publishedUrl(remote) : remote);

/** What a remote's pushes are set to go to, before settings rewrite it. */
export function configuredUrls(settings: Settings, remote: string): (string | undefined)[] {
  const pushed = valuesOf(settings, remote, 'pushurl');
  return pushed.length > 0 ? pushed : valuesOf(settings, remote, 'url');
}

/** The push URLs of a remote as they stand; nothing where settings rewrite URLs, so that git itself must be asked. */
export function plainPushUrls(settings: Settings, remote: string): string[] | undefined {
  const urls = [...new Set(configuredUrls(settings, remote))];
  const isRewritten = settings.some(({ key }) => /^url\..*\.(insteadof|pushinsteadof)$/s.test(key));
  return isRewritten || !urls.every((url) => url !== undefined && url !== '') ? undefined : urls as string[];
}

/** Whether a push URL is set that is not the one to fetch from, or any URL is rewritten for pushes alone. */
function fetchesElsewhere(settings: Settings, remote: string): boolean {
  const [fetched] = valuesOf(settings, remote, 'url');
  return valuesOf(settings, remote, 'pushurl').some((url) => url !== fetched) || settings.some(({ key }) => /^url\..*\.pushinsteadof$/s.test(key));
}

const valuesOf = (settings: Settings, remote: string, variable: 'url' | 'pushurl'): (string | undefined)[] =>
  settings.filter(({ key }) => key === `remote.${remote}.${variable}`).map(({ value }) => value);

/** URLs as they may be told. */
export const published = (urls: readonly string[]): string[] => urls.map(publishedUrl);
