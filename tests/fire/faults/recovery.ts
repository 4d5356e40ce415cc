import { aftermathOf, type Expected } from '../../support/aftermath.js';
import { runHere, type Place } from '../../support/here.js';
import { type Stage } from '../../support/scenes.js';
import { run, type Ran } from '../../support/workshop.js';
import { showFault, type Call, type Fault, type Injector } from './injector.js';

export interface UnderFire {
  injector: Injector;
  stage: Stage;
  expected: Expected;
  words: readonly string[];
  /** What the command does when it is left alone, to name the call that a fault met. */
  calls: readonly Call[];
}

/** So many at a time: while one waits for a lock that nobody holds, the others go on. */
const LANES = 3;

/** What came of faults: harm, and how it went on. */
export class Recovery {
  readonly failures: string[] = [];
  faults = 0;
  private consents = 0;

  /** Brings one fault after the other about, each in a copy of its own, and recovers from it by the same command. */
  async fromAll(faults: readonly Fault[], fire: UnderFire): Promise<void> {
    const left = faults.entries();
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (const [at, fault] of left) await this.fromOne(fault, fire, at % 10 === 0 ? 'thorough' : 'quick');
    }));
  }

  add(other: Recovery): void {
    this.failures.push(...other.failures);
    this.faults += other.faults;
    this.consents += other.consents;
  }

  /** One line for whoever runs it. */
  told(): string {
    const alone = this.faults === 0 ? 100 : Math.round(1000 * (1 - this.consents / this.faults)) / 10;
    return `${this.faults} faults at calls, ${this.failures.length} with harm or without recovery; ${alone} % recovered without consent (${this.consents} needed one).`;
  }

  private async fromOne(fault: Fault, fire: UnderFire, how: 'quick' | 'thorough'): Promise<void> {
    const { injector, stage, expected, words } = fire;
    const place = await stage.copy();
    const struck = await injector.run(place.root, place.env, words, fault);
    this.faults += 1;
    const then = await aftermathOf(place, expected, struck, how);
    const resumed = await this.resume(place, fire);
    const now = await aftermathOf(place, expected, resumed, 'quick');
    const wrong = [...then.harm, ...now.harm.map((harm) => `after the second run: ${harm}`), ...now.undone.map((undone) => `left undone: ${undone}`)];
    if (wrong.length > 0) this.failures.push(`${stage.scene.name}, ${showFault(fault)} (${nameOf(fault, fire.calls)}): ${wrong.join('; ')}\n  first ${shortly(struck)}\n  then ${shortly(resumed)}`);
    await stage.strike(place);
  }

  /** The same command again; where a lock of git's own is in the way, once more after a person has removed it. */
  private async resume(place: Place, { stage, words }: UnderFire): Promise<Ran> {
    const again = await runHere(place, words);
    if (!await consent(again, place)) return forgiven(again, stage.scene.again);
    this.consents += 1;
    return forgiven(await runHere(place, words), stage.scene.again);
  }
}

/** A command that was carried out may say so by a refusal. */
function forgiven(ran: Ran, again: readonly string[]): Ran {
  const { code } = JSON.parse(ran.stdout) as { code?: string };
  return code !== undefined && again.includes(code) ? { ...ran, exit: 0 } : ran;
}

/** A person removes git's stale locks: here by the command that was shown, on the server as its administrator would. */
async function consent({ stdout }: Ran, { root, remote, env }: Place): Promise<boolean> {
  const { next, problems } = JSON.parse(stdout) as { next: string[]; problems: { message: string }[] };
  const shown = next.filter((command) => command.startsWith('rm '));
  for (const command of shown) await run('sh', ['-c', command], { cwd: root, env });
  const isServerLocked = problems.some(({ message }) => /remote\.git\/\S*\.lock\b/.test(message));
  if (isServerLocked) await run('find', [remote, '-name', '*.lock', '-delete'], {});
  return shown.length > 0 || isServerLocked;
}

const nameOf = (fault: Fault, calls: readonly Call[]): string => {
  const { call, path, to } = calls[fault.at - 1]!;
  return [call, ...[path, to].filter((name) => name !== '').map((name) => name.replace(/^.*?\/copy-\d+\//, ''))].join(' ');
};

const shortly = ({ exit, stdout, stderr }: Ran): string => `exit ${exit}: ${stdout.slice(0, 600)} ${stderr.slice(-300)}`;
