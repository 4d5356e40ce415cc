import { globFault } from './globs.js';
import { nearest } from './nearest.js';
import type { DeliveryMode, Policy } from './policy.js';
import { granted, refuse, refused, type Refusal, type Verdict } from './problem.js';
import { REMOTE_NAME } from './remoteName.js';
import type { Setup } from './scaffold.js';
import { UNKNOWN, type Stack } from './stack.js';

/** What can be seen of branch and remote. Names are short: `main`, `origin`. */
export interface Sighting {
  branch?: string;
  remotes: string[];
  upstream?: { remote: string; ref: string };
  /** git was told who commits. */
  identified: boolean;
  stack: Stack;
}

/** What the person said instead. */
export interface SetupWishes {
  delivery?: DeliveryMode;
  branch?: string;
  remote?: string;
  prove?: string;
}

/** A setup, and everything in it that nobody knows. */
export interface ChosenSetup {
  setup: Setup;
  unknown: { what: string; why: string }[];
}

/** Joins what was seen with what was said. What neither tells is recorded as unknown. */
export function chooseSetup(seen: Sighting, wishes: SetupWishes): Verdict<ChosenSetup> {
  const refusals = wishRefusals(seen, wishes);
  if (refusals.length > 0) return refused(refusals);
  const remote = wishes.remote ?? likelyRemote(seen);
  const stack: Stack = wishes.prove === undefined
    ? seen.stack
    : { ...seen.stack, test: wishes.prove.trim(), unknown: seen.stack.unknown.filter(({ what }) => what !== 'test') };
  const setup: Setup = {
    mode: wishes.delivery ?? (remote === undefined ? 'commit' : 'commit-push'),
    remote: remote ?? 'origin',
    branches: [wishes.branch ?? '**'],
    stack,
  };
  return granted({ setup, unknown: [...whereUnknown(seen, remote), ...stack.unknown] });
}

/** What was chosen when a policy was written. */
export const setupIn = ({ delivery, stack }: Policy): Setup =>
  ({ mode: delivery.mode, remote: delivery.remote, branches: delivery.branches, stack: { ...stack, unknown: [] } });

/** The setup that a standing policy decides. A wish for another one is refused: what stands is edited by its owner. */
export function standingSetup(seen: Sighting, policy: Policy, wishes: SetupWishes): Verdict<ChosenSetup> {
  const setup = setupIn(policy);
  const refusals = [...wishRefusals(seen, wishes), ...changedWishes(setup, wishes)];
  if (refusals.length > 0) return refused(refusals);
  const { remote, stack } = setup;
  return granted({ setup, unknown: [
    ...whereUnknown(seen, remote),
    ...(seen.remotes.includes(remote) ? [] : [{ what: 'remote', why: `the policy names ${remote}, and this repository has no such remote` }]),
    ...(['package_manager', 'test', 'lint', 'build'] as const).filter((what) => stack[what] === UNKNOWN).map((what) => ({ what, why: 'the policy does not know it' })),
  ] });
}

function changedWishes({ mode, remote, branches, stack }: Setup, wishes: SetupWishes): Refusal[] {
  const changed = (flag: string, wanted: string | undefined, key: string, stands: string): Refusal[] =>
    (wanted === undefined || wanted === stands ? [] : [refuse('policy-stands', { flag, wanted, key, stands })]);
  return [
    ...changed('--delivery', wishes.delivery, 'delivery.mode', mode),
    ...changed('--branch', wishes.branch, 'delivery.branches', branches.join(', ')),
    ...changed('--remote', wishes.remote, 'delivery.remote', remote),
    ...changed('--prove', wishes.prove?.trim(), 'stack.test', stack.test),
  ];
}

/** The upstream's; else `origin`, as git itself calls the first one; of several others none is likelier. */
function likelyRemote({ remotes, upstream }: Sighting): string | undefined {
  const usable = remotes.filter(isNameable);
  if (upstream !== undefined && usable.includes(upstream.remote)) return upstream.remote;
  return usable.includes('origin') ? 'origin' : usable.length === 1 ? usable[0] : undefined;
}

/** Whether the policy can name it. */
const isNameable = (remote: string): boolean => REMOTE_NAME.test(remote);

function whereUnknown({ branch, remotes, upstream, identified }: Sighting, remote: string | undefined): { what: string; why: string }[] {
  return [
    ...(branch === undefined ? [{ what: 'branch', why: 'HEAD is detached' }] : []),
    ...(remote === undefined ? [{ what: 'remote', why: remotes.length === 0 ? 'no remote is configured' : `none is upstream, and none is likelier: ${remotes.join(', ')}` }] : []),
    ...(upstream === undefined ? [{ what: 'upstream', why: branch === undefined ? 'HEAD is detached' : `${branch} has none` }] : []),
    ...(identified ? [] : [{ what: 'identity', why: 'git was not told who commits (user.name and user.email)' }]),
  ];
}

function wishRefusals({ remotes }: Sighting, { branch, remote, prove }: SetupWishes): Refusal[] {
  const fault = (flag: string, given: string | undefined, why: string | undefined): Refusal[] =>
    (given === undefined || why === undefined ? [] : [refuse('init-value-invalid', { flag, given, why })]);
  return [
    ...fault('--branch', branch, branch === undefined ? undefined : globFault(branch)),
    ...fault('--remote', remote, remote === undefined ? undefined : remoteFault(remote, remotes)),
    ...fault('--prove', prove, prove === undefined ? undefined : commandFault(prove)),
  ];
}

function remoteFault(remote: string, remotes: string[]): string | undefined {
  if (remotes.includes(remote)) return isNameable(remote) ? undefined : 'the policy cannot name it';
  const near = nearest(remote, remotes)[0];
  const has = remotes.length === 0 ? 'it has none' : near === undefined ? `it has ${remotes.join(', ')}` : `perhaps ${near} was meant`;
  return `this repository has no such remote; ${has}`;
}

function commandFault(command: string): string | undefined {
  if (command.trim() === '' || command.trim() === UNKNOWN) return 'it is no command';
  return /[\u0000-\u001f\u007f]/.test(command) ? 'it must be one line' : command.length > 4096 ? 'it is longer than 4096 characters' : undefined;
}
