import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse } from '../domain/problem.js';
import type { Machine } from '../world/machine.js';
import type { Trial } from '../world/trial.js';
import { NEST, tryGates, type Tried } from './doctor/canaries.js';
import { machineFacts, repositoryFacts, type FactsWorld, type Finding } from './doctor/facts.js';

export interface DoctorRequest {
  /** The remote is not asked. */
  offline: boolean;
  machine: Machine;
  /** Makes a throw-away repository with these files. */
  trial(files: Record<string, string>): Promise<Trial>;
}

export interface DoctorData {
  checks: Check[];
}

/** One thing that was looked at, or one gate that was tried. */
export interface Check {
  id: string;
  kind: 'machine' | 'repository' | 'gate';
  ok: boolean;
  detail: string;
  /** The command that mends it. */
  fix?: string;
}

/** Whether machine and repository are fit, and whether each kind of gate refuses what it is there to refuse. */
export async function doctor(world: FactsWorld, { offline, machine, trial }: DoctorRequest): Promise<Outcome<DoctorData>> {
  const [ofMachine, ofRepository, tried] = await Promise.all([machineFacts(world, machine), repositoryFacts(world, offline), inTrial(trial)]);

  const checks = [...ofMachine.map(checkOf('machine')), ...ofRepository.map(checkOf('repository')), ...tried.map(checkOfGate)];
  const problems = [
    ...[...ofMachine, ...ofRepository].flatMap(({ refusals }) => refusals),
    ...tried.filter(({ refused }) => !refused).map(({ canary, answered }) => refuse('canary-survived', { ...canary, answered })),
  ];
  return problems.length === 0 ? done('doctor', { checks }, ['cxw status']) : no('refused', 'doctor', { checks }, problems);
}

async function inTrial(make: DoctorRequest['trial']): Promise<Tried[]> {
  const trial = await make(NEST);
  try {
    return await tryGates(trial);
  } finally {
    await trial.close();
  }
}

const checkOf = (kind: Check['kind']) => ({ id, detail, refusals }: Finding): Check =>
  ({ id, kind, ok: refusals.length === 0, detail, fix: refusals[0]?.commands[0] });

const checkOfGate = ({ canary: { id, violation, expects }, refused, answered }: Tried): Check => ({
  id, kind: 'gate', ok: refused,
  detail: refused ? `${violation} is refused: ${expects}` : `${violation} was not refused as ${expects}, but answered ${answered.join(', ') || 'as done'}`,
});
