import { listed } from '../../domain/codes/entry.js';
import { deliveryRefusals, targetOf, type Ground } from '../../domain/delivery/preconditions.js';
import type { Policy } from '../../domain/policy.js';
import { refuse, withoutDoubles, type Refusal } from '../../domain/problem.js';
import { shortBranch, type RemoteConfiguration } from '../../domain/repository.js';
import type { Look } from '../../world/git/index.js';
import type { World } from '../../world/index.js';
import type { Machine } from '../../world/machine.js';
import { deliveriesSeen } from '../deliveriesBegun.js';

/** One thing that was looked at, and what speaks against it. */
export interface Finding {
  id: string;
  detail: string;
  refusals: Refusal[];
}

const fine = (id: string, detail: string): Finding => ({ id, detail, refusals: [] });
const found = (id: string, detail: string, refusals: Refusal[]): Finding =>
  ({ id, detail: refusals.length === 0 ? detail : refusals.map(({ message }) => message).join(' '), refusals });
const some = (names: readonly string[]): string => (names.length === 0 ? 'none' : listed(names, 4));

/** What git itself lays down as an example, and never runs. */
const isSample = (hook: string): boolean => hook.endsWith('.sample');

/** Stands for a ticket in the commands of hints: there need not be one yet. */
const TICKET = 'TICKET';

export type FactsWorld = Pick<World, 'git' | 'documents' | 'ledger' | 'lock' | 'session' | 'stateWritable' | 'salt' | 'attempt'>;

/** What the machine is like, and who works on it. */
export async function machineFacts(world: FactsWorld, machine: Machine): Promise<Finding[]> {
  const [writable, git] = await Promise.all([world.stateWritable(), world.git.repository.gitVersion()]);
  const { agent } = world.session;
  return [
    fine('node', machine.runsOn),
    fine('git', `git ${git}`),
    fine('locale', machine.locale === undefined ? 'none is set; cxw reads and writes UTF-8 all the same' : machine.locale),
    fine('git-environment', machine.unheard.length === 0 ? 'no variable sets up git' : `${listed(machine.unheard)} is set, and cxw hands it to no git: what it sets belongs into a configuration file, as \`git config --global\` writes it`),
    fine('agent', agent === undefined ? 'none shows' : `${agent}; what only a person may do is refused`),
    fine('state', writable ? 'it can be written' : 'it cannot be written from here, as in a sandbox: documents are left as drafts'),
    found('hard-links', 'facts are published by them', machine.hardLinks() === false ? [refuse('unfit', { what: 'The file system of the git directory has no hard links, by which facts are published', fix: 'cxw explain unfit' })] : []),
  ];
}

/** What the repository is like: everything that a delivery will stand on. */
export async function repositoryFacts(world: FactsWorld, offline: boolean): Promise<Finding[]> {
  const look = await world.git.look();
  const [reading, prints, holder, { begun, unread }] = await Promise.all([world.documents.policy(), look.fingerprints(world.salt()), world.lock.holder(), deliveriesSeen(world)]);
  const policy = reading?.ok === true ? reading.value : undefined;
  return [
    found('policy', 'it is valid', reading === undefined ? [refuse('no-policy', {})] : reading.ok ? [] : reading.problems),
    ...await groundFacts(world, look, policy, offline),
    fine('hooks', some(Object.keys(prints.hooks).filter((hook) => !isSample(hook)))),
    fine('executing-config', some(Object.keys({ ...prints.config, ...prints.filters }))),
    fine('agent-config', some(Object.keys(prints.agents))),
    found('lock', holder === undefined ? 'nobody holds it' : `${holder.command} (process ${holder.pid}) holds it, ${holder.state}`,
      holder?.state === 'foreign' ? [refuse('unfit', { what: `A run on another machine holds the lock: ${holder.command}`, fix: 'cxw unlock' })] : []),
    found('deliveries', 'none is unfinished', [...unread, ...begun.map(({ ticket }) => refuse('unfit', { what: `The delivery of ${ticket} was begun and not finished`, fix: `cxw deliver ${ticket}` }))]),
  ];
}

/** Branch, identity, target and remote, by the very rules that a delivery is judged by. */
async function groundFacts({ git }: FactsWorld, look: Look, policy: Policy | undefined, offline: boolean): Promise<Finding[]> {
  const survey = await look.survey();
  const [operation, identity, replacements, locks, remote] = await Promise.all([
    look.operation(), look.identity('committer'), look.replacements(), look.locks(),
    survey.branch === undefined ? NO_REMOTE : look.settings().then((settings) => git.remote.configuration(survey.branch!, settings)),
  ]);
  const who = identity === undefined ? 'nobody' : `${identity.name} <${identity.email}>`;
  if (policy === undefined) return [fine('branch', shortBranch(survey) ?? 'none'), fine('identity', who)];
  const ground: Ground = { ticket: TICKET, survey, operation, identity, replacements, locks, remote };
  const local = withoutDoubles(deliveryRefusals(ground, policy));
  const of = (codes: readonly string[]): Refusal[] => local.filter(({ code }) => codes.includes(code));
  const target = survey.branch === undefined ? undefined : targetOf(remote, survey.branch, policy);
  return [
    found('identity', who, of(['identity-missing'])),
    found('branch', shortBranch(survey) ?? 'none', of(BRANCH)),
    found('operation', 'git is in the middle of nothing', of(STATE)),
    found('target', target === undefined ? `delivery goes as far as ${policy.delivery.mode}` : `${target.remote} ${target.url}`, local.filter(({ code }) => ![...BRANCH, ...STATE, 'identity-missing'].includes(code))),
    ...target === undefined || offline || local.length > 0 ? [] : [await remoteFact(git, ground, policy, target)],
  ];
}

const BRANCH: readonly string[] = ['detached-head', 'unborn-head', 'branch-not-allowed', 'branch-not-text'];
const STATE: readonly string[] = ['operation-in-progress', 'unmerged-entries', 'replace-refs', 'git-locked'];
const NO_REMOTE: RemoteConfiguration = { remotes: [], pushUrls: [], mirror: false };

async function remoteFact(git: World['git'], ground: Ground, policy: Policy, target: NonNullable<ReturnType<typeof targetOf>>): Promise<Finding> {
  const answer = await git.remote.answer(target, Math.min(policy.delivery.timeout, PATIENCE));
  if (!answer.reached) return found('remote', '', [refuse('remote-unreachable', { remote: target.remote, said: answer.said })]);
  const { tip } = answer;
  const head = ground.survey.head!;
  const [unpushed, incoming] = tip === undefined || tip === head ? [[], []] : await Promise.all([git.history.between(tip, head, 5), git.history.between(head, tip, 5)]);
  return found('remote', `it answers, at ${tip?.slice(0, 12) ?? 'nothing'}`, deliveryRefusals({ ...ground, asked: { target, tip, unpushed, incoming } }, policy));
}

/** Seconds that the remote is waited for. */
const PATIENCE = 10;
