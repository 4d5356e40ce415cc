import { publishedUrl } from '../../domain/delivery/url.js';
import { records } from '../../domain/porcelain.js';
import type { RemoteConfiguration } from '../../domain/repository.js';
import type { Target } from '../../domain/facts.js';
import { failed, WorldError } from '../errors.js';
import { settlePush } from './earlierPush.js';
import type { Remote } from './index.js';
import type { GitResult, GitRunner } from './runner.js';

/** Asking and pushing. What the remote says is truth; tracking refs and exit codes are not asked. */
export function openRemote(runner: GitRunner): Remote {
  const answer: Remote['answer'] = async (target, seconds) => {
    const address = await addressOf(runner, target);
    const { exit, stdout, stderr } = await inTime(runner.attempt(['ls-remote', '--', address, target.ref],
      { doing: `asking ${target.remote}`, deadline: seconds, config: SLOW_IS_DEAD }));
    if (exit !== 0) return { reached: false, said: lastWords(stderr) };
    // The pattern also matches the ends of longer names, so answers are compared by their full name.
    const lines = stdout.toString('utf8').split('\n').map((line) => line.split('\t'));
    return { reached: true, tip: lines.find(([, name]) => name === target.ref)?.[0] };
  };

  return {
    configuration: (branch) => readConfiguration(runner, branch),

    answer,

    ask: async (target, seconds) => {
      const answered = await answer(target, seconds);
      if (!answered.reached) throw failed('remote-unreachable', { remote: target.remote, said: answered.said });
      return answered.tip;
    },

    push: async (target, commit, seconds, onStart) => {
      if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) || !target.ref.startsWith('refs/')) throw new Error(`not a push of one commit: ${commit}:${target.ref}`);
      await addressOf(runner, target);
      const { exit, stdout, stderr } = await inTime(runner.attempt(
        ['push', '--porcelain', '--no-follow-tags', '--recurse-submodules=no', '--', target.remote, `${commit}:${target.ref}`],
        { doing: `pushing to ${target.remote}`, deadline: seconds, onStart, config: SLOW_IS_DEAD }));
      return { accepted: exit === 0, said: [refLines(stdout), lastWords(stderr)].filter((words) => words !== '').join('\n') };
    },

    settle: settlePush,

    contains: async (descendant, ancestor) => {
      const { exit } = await runner.attempt(['merge-base', '--is-ancestor', ancestor, descendant], { doing: 'comparing commits' });
      return exit === 0 ? true : exit === 1 ? false : 'unknown';
    },
  };
}

/** A transfer that stands still for half a minute is over, whatever the deadline says. */
const SLOW_IS_DEAD = ['http.lowSpeedLimit=1', 'http.lowSpeedTime=30'];

/** No answer in time is one more way of not being reached. */
async function inTime(call: Promise<GitResult>): Promise<GitResult> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof WorldError) || error.problem.code !== 'git-timed-out') throw error;
    return { exit: 128, stdout: Buffer.alloc(0), stderr: error.problem.message };
  }
}

/** What git is asked by: the effective push URL as it is configured now, which must still be the target's. */
async function addressOf(runner: GitRunner, target: Target): Promise<string> {
  const urls = await pushUrls(runner, target.remote);
  const [url] = urls;
  const now = urls.map(publishedUrl);
  if (url === undefined || urls.length !== 1 || now[0] !== target.url) {
    throw failed('target-changed', { ticket: 'TICKET', was: `${target.url} ${target.ref}`, now: now.join(', ') || `no URL for ${target.remote}` });
  }
  return url;
}

/**
 * The effective push URLs, with user info. `insteadOf` would rewrite a URL once more when it is asked by its text; where
 * that gives another URL, it is listed too, so that more than one is seen.
 */
async function pushUrls(runner: GitRunner, remote: string): Promise<string[]> {
  const { exit, stdout } = await runner.attempt(['remote', 'get-url', '--push', '--all', '--', remote], { doing: 'reading the push URL' });
  const urls = exit === 0 ? stdout.toString('utf8').split('\n').filter((url) => url !== '') : [];
  const asked = await Promise.all(urls.map((url) => runner.line(['ls-remote', '--get-url', '--', url], { doing: 'reading the push URL' })));
  return [...new Set([...urls, ...asked])];
}

async function readConfiguration(runner: GitRunner, branch: string): Promise<RemoteConfiguration> {
  const settings = await readSettings(runner);
  const name = branch.replace(/^refs\/heads\//, '');
  const last = (key: string): string | undefined => settings.findLast(([other]) => other === key)?.[1];
  const remote = last(`branch.${name}.remote`);
  const merge = last(`branch.${name}.merge`);
  const remotes = [...new Set(settings.flatMap(([key]) => /^remote\.(.*)\.(url|pushurl)$/s.exec(key)?.[1] ?? []))].sort();
  const asked = remote ?? remotes[0];
  const urls = asked === undefined || !remotes.includes(asked) ? [] : await pushUrls(runner, asked);
  return {
    remotes,
    upstream: remote === undefined || merge === undefined ? undefined : { remote, ref: merge },
    pushRemote: last(`branch.${name}.pushremote`) ?? last('remote.pushdefault'),
    pushUrls: urls.map(publishedUrl),
    mirror: asked !== undefined && /^(true|yes|on|1|)$/i.test(last(`remote.${asked}.mirror`) ?? 'false'),
  };
}

/** Settings of branches and remotes, in git's own order: the last one of a name counts. */
async function readSettings(runner: GitRunner): Promise<[key: string, value: string][]> {
  const { stdout } = await runner.attempt(
    ['config', '-z', '--includes', '--get-regexp', '^(branch\\..*\\.(remote|merge|pushremote)|remote\\..*\\.(url|pushurl|mirror)|remote\\.pushdefault)$'],
    { doing: 'reading the configuration' });
  return records(stdout).map((record) => {
    const [key, ...value] = record.split('\n');
    return [key!, value.join('\n')];
  });
}

/** What happened to the ref, in the words of `push --porcelain`. */
function refLines(stdout: Buffer): string {
  return stdout.toString('utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => line.split('\t').at(-1)!).join('\n');
}

const lastWords = (stderr: string): string => stderr.trim().split('\n').filter((line) => !line.startsWith('hint:')).slice(-12).join('\n');
