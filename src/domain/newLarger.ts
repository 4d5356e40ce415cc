import { nearest } from './nearest.js';
import { parseArgument, type RepoPath } from './paths.js';
import { refuse, type Refusal } from './problem.js';
import { EXPERTS, isExpert } from './roles.js';
import { INTENSITIES } from './ticketLarger.js';
import type { Larger } from './ticketText.js';

/** What only a larger ticket says, as it was written on the command line. */
export interface LargerWords {
  spec?: string;
  intensity?: string;
  maxIterations?: string;
  steering?: string[];
  /** Each a profile and a reason, as `security: it touches sessions`. */
  expert?: string[];
  openDecision?: string[];
}

/** Makes one line of a text, and notes what is wrong with it. */
type Liner = (flag: string, text: string, most: number) => string;

const invalid = (flag: string, given: string, why: string): Refusal => refuse('ticket-value-invalid', { flag, given, why });

/** Reads them; faults are added to `faults`. Nothing when nothing of this was said. */
export function largerOf(words: LargerWords, line: Liner, faults: Refusal[]): Larger | undefined {
  const { spec, intensity, maxIterations, steering = [], expert = [], openDecision = [] } = words;
  if (flagsOf(words).length === 0) return undefined;
  const path = (written: string): RepoPath[] => {
    const parsed = parseArgument(written.replace(/^(\.\/)+/, '').replace(/(?<=.)\/+$/, ''));
    if (parsed.ok) return [parsed.path];
    faults.push(refuse('path-unusable', { written, fault: parsed.fault }));
    return [];
  };
  const experts = expert.flatMap((text) => {
    const [, profile, why] = /^([^:]{1,60}):\s*(\S.*)$/.exec(line('--expert', text, 4000)) ?? [];
    if (profile !== undefined && why !== undefined && isExpert(profile.trim())) return [{ profile: profile.trim(), why }];
    faults.push(invalid('--expert', text, profile === undefined ? 'it must look like security: why they are asked' : `there is no such expert; they are ${EXPERTS.join(', ')}`));
    return [];
  });
  faults.push(...intensityFaults(words));
  return { spec: spec === undefined ? undefined : path(spec)[0], intensity, rounds: maxIterations, experts, steering: steering.flatMap(path), open: openDecision.map((text) => line('--open-decision', text, 4000)) };
}

/** A quick ticket says none of this. */
export const quickFaults = (words: LargerWords): Refusal[] =>
  flagsOf(words).slice(0, 1).map((flag) => invalid(flag, 'with --quick', 'only a larger ticket has it'));

/** The flags that were used. */
function flagsOf({ spec, intensity, maxIterations, steering = [], expert = [], openDecision = [] }: LargerWords): string[] {
  const used: [string, boolean][] = [['--spec', spec !== undefined], ['--intensity', intensity !== undefined], ['--max-iterations', maxIterations !== undefined], ['--steering', steering.length > 0], ['--expert', expert.length > 0], ['--open-decision', openDecision.length > 0]];
  return used.flatMap(([flag, isUsed]) => (isUsed ? [flag] : []));
}

function intensityFaults({ intensity: given, maxIterations, expert = [] }: LargerWords): Refusal[] {
  if (maxIterations !== undefined && !/^[1-5]$/.test(maxIterations)) return [invalid('--max-iterations', maxIterations, 'it is a number from 1 to 5')];
  if (given === undefined) return [];
  if (INTENSITIES.some((known) => known === given)) {
    const wanted = [...(given.includes('expert') && expert.length === 0 ? ['--expert'] : []), ...(given === 'bounded_expert_rounds' && maxIterations === undefined ? ['--max-iterations'] : [])];
    return wanted.map((flag) => invalid('--intensity', given, `it wants ${flag} as well`));
  }
  if (given === 'quick_flow') return [invalid('--intensity', given, 'a quick ticket is made with --quick')];
  const near = nearest(given, INTENSITIES)[0];
  return [invalid('--intensity', given, near === undefined ? `an intensity is one of ${INTENSITIES.join(', ')}` : `perhaps ${near} was meant`)];
}
