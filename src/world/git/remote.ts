import { OBJECT_ID } from '../../domain/changeSet.js';
import { publishedUrl } from '../../domain/delivery/url.js';
import { configuredUrls, plainPushUrls, published, remoteOf, type Settings } from '../../domain/gitSettings.js';
import type { Target } from '../../domain/facts.js';
import { failed, WorldError } from '../errors.js';
import { processAt } from '../processes.js';
import { addressAlone, addressOf, type Address } from './address.js';
import { settlePush } from './earlierPush.js';
import { readConfiguration } from './configuration.js';
import type { Remote, RemoteTip } from './index.js';
import type { Places } from '../places.js';
import type { GitResult, GitRunner } from './runner.js';
import { mayBeCutOff } from './shallow.js';

/** Asking and pushing. What the remote says is truth; tracking refs and exit codes are not asked. */
export function openRemote(runner: GitRunner, places: Pick<Places, 'commonDirectory'>): Remote {
  const known = new Map<string, PushUrls>();
  /** Where git is asked: at the effective push URL, as the configuration last told it or tells it now. */
  const placeOf = async (target: Target): Promise<Address> => {
    const last = known.get(target.remote);
    const { urls, settings } = last?.urls.length === 1 && publishedUrl(last.urls[0]!) === target.url ? last : await urlsNow(target);
    return addressOf(urlAmong(urls, target), target.remote, settings);
  };
  const urlsNow = async ({ remote }: Target): Promise<PushUrls> => {
    const settings = await readConfiguration(runner);
    const told = { urls: await pushUrls(runner, settings, remote), settings };
    known.set(remote, told);
    return told;
  };

  const answer: Remote['answer'] = async (target, seconds) => {
    const { name, config } = await placeOf(target);
    const { exit, stdout, stderr } = await orUnreached(runner.attempt(['ls-remote', '--', name, target.ref],
      { doing: `asking ${target.remote}`, deadline: seconds, config: [...SLOW_IS_DEAD, ...config] }));
    if (exit !== 0) return { reached: false, said: lastWords(stderr) || silentEnd(exit) };
    return tipAmong(stdout.toString('utf8'), target.ref);
  };

  return {
    configuration: async (branch, read) => {
      const settings = read ?? await readConfiguration(runner);
      const { asked, ...told } = remoteOf(settings, branch);
      if (asked === undefined) return { ...told, pushUrls: [] };
      const urls = await pushUrls(runner, settings, asked);
      known.set(asked, { urls, settings });
      return { ...told, pushUrls: published(urls) };
    },

    answer,

    ask: async (target, seconds) => {
      const answered = await answer(target, seconds);
      if (!answered.reached) throw failed('remote-unreachable', { remote: target.remote, said: answered.said });
      return answered.tip;
    },

    push: async (target, commit, seconds, onStart) => {
      if (!OBJECT_ID.test(commit) || !target.ref.startsWith('refs/')) throw new Error(`not a push of one commit: ${commit}:${target.ref}`);
      // It goes by the remote's name, so what the name means now is what counts.
      urlAmong((await urlsNow(target)).urls, target);
      const { exit, stdout, stderr, cutShort } = await orUnreached(runner.attempt(
        ['push', '--porcelain', '--no-follow-tags', '--recurse-submodules=no', '--', target.remote, `${commit}:${target.ref}`],
        { doing: `pushing to ${target.remote}`, deadline: seconds, onStart: (pid) => onStart(processAt(pid) ?? { pid, started: 'unknown' }), config: SLOW_IS_DEAD }));
      const unanswered = cutShort ?? (exit !== 0 && stdout.length === 0 && stderr === '' ? true : undefined);
      return { accepted: exit === 0, unanswered, said: [runner.clean(refLines(stdout)), lastWords(stderr)].filter((words) => words !== '').join('\n') || silentEnd(exit) };
    },

    fetch: async (target, seconds) => {
      const { name, config } = await placeOf(target);
      const { exit, stderr } = await orUnreached(runner.attempt(
        ['fetch', '--quiet', '--no-tags', '--no-prune', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance', '--', name, target.ref],
        { doing: `fetching from ${target.remote}`, deadline: seconds, config: [...SLOW_IS_DEAD, ...ONLY_OBJECTS, ...config] }));
      return exit === 0 ? { fetched: true } : { fetched: false, said: lastWords(stderr) || silentEnd(exit) };
    },

    settle: settlePush,

    lastSeenToHold: async (remote) => {
      const { exit, stdout } = await runner.attempt(['rev-list', '--boundary', 'HEAD', '--not', `--remotes=${remote}`, '--'], { doing: 'comparing with what the remote had' });
      // A tracking ref that is broken tells nothing.
      if (exit !== 0) return [];
      const lines = stdout.toString('latin1').split('\n').filter((line) => line !== '');
      return lines.length === 0 ? 'all' : lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1));
    },

    contains: async (descendant, ancestor) => {
      const { exit } = await runner.attempt(['merge-base', '--is-ancestor', ancestor, descendant], { doing: 'comparing commits' });
      if (exit > 1) return 'unknown';
      if (exit === 0) return true;
      return await mayBeCutOff(runner, places, descendant, ancestor) ? 'cut-off' : false;
    },
  };
}

/** The pattern also matches the ends of longer names, so lines are compared by their full name. A ref stands in one place. */
function tipAmong(listing: string, ref: string): RemoteTip {
  const tips = listing.split('\n').map((line) => line.split('\t')).filter(([, name]) => name === ref).map(([id]) => id!);
  if (tips.length > 1) return { reached: false, said: `it named ${ref} ${tips.length} times.` };
  return tips.every((id) => OBJECT_ID.test(id)) ? { reached: true, tip: tips[0] } : { reached: false, said: `it named no commit for ${ref}.` };
}

/** A transfer that stands still for half a minute is over, whatever the deadline says. */
const SLOW_IS_DEAD = ['http.lowSpeedLimit=1', 'http.lowSpeedTime=30'];

/** What is fetched must be sound, and nothing but objects comes of it: no tag goes, no hook runs. */
const ONLY_OBJECTS = ['fetch.fsckObjects=true', 'fetch.pruneTags=false', 'fetch.writeCommitGraph=false', 'core.hooksPath=/dev/null'];

/** No answer in time is one more way of not being reached. */
async function orUnreached(call: Promise<GitResult>): Promise<GitResult & { cutShort?: true }> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof WorldError) || error.problem.code !== 'git-timed-out') throw error;
    return { exit: 128, stdout: Buffer.alloc(0), stderr: error.problem.message, cutShort: true };
  }
}

/** The effective push URLs of a remote, and the settings that told them. */
interface PushUrls {
  urls: readonly string[];
  settings: Settings;
}

/** The effective push URLs, with user info, by the settings as they are. */
async function pushUrls(runner: GitRunner, settings: Settings, remote: string): Promise<string[]> {
  return plainPushUrls(settings, remote) ?? rewrittenUrls(runner, remote, configuredUrls(settings, remote).length);
}

/**
 * Where settings rewrite URLs, git tells what comes of it. `insteadOf` would rewrite a URL once more when it is asked by
 * its text; where that gives another URL, it is listed too, so that more than one is seen. Git ends each with a newline and
 * may have one within it; of as many as are set there are as many, so one alone is never taken for two.
 */
async function rewrittenUrls(runner: GitRunner, remote: string, configured: number): Promise<string[]> {
  const { exit, stdout } = await runner.attempt(['remote', 'get-url', '--push', '--all', '--', remote], { doing: 'reading the push URL' });
  const told = exit === 0 ? stdout.toString('utf8').replace(/\n$/, '') : '';
  const urls = (configured === 1 ? [told] : told.split('\n')).filter((url) => url !== '');
  const asked = await Promise.all(urls.map(addressAlone).map(({ name, config }) => runner.line(['ls-remote', '--get-url', '--', name], { doing: 'reading the push URL', config })));
  return [...new Set([...urls, ...asked])];
}

/** The one URL that must still be the target's. */
function urlAmong(urls: readonly string[], target: Target): string {
  const [url] = urls;
  const now = urls.map(publishedUrl);
  if (url === undefined || urls.length !== 1 || now[0] !== target.url) {
    throw failed('push-url-changed', { remote: target.remote, was: `${target.url} ${target.ref}`, now: now.join(', ') || 'no URL' });
  }
  return url;
}

/** What happened to the ref, in the words of `push --porcelain`. */
function refLines(stdout: Buffer): string {
  return stdout.toString('utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => line.split('\t').at(-1)!).join('\n');
}

const lastWords = (stderr: string): string => stderr.trim().split('\n').filter((line) => !line.startsWith('hint:')).slice(-12).join('\n');

/** For a git that ends without a word, as one that was killed. */
const silentEnd = (exit: number): string => `git said nothing, and ended with ${exit}.`;
