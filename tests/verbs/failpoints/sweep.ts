import { describe, expect, test } from 'vitest';
import { aftermathOf, expectedOf, type Expected } from '../../support/aftermath.js';
import { failpointsOf, Killed, mortal, type Failpoint } from '../../support/mortal.js';
import type { Place } from '../../support/here.js';
import { carryOut, enter, stageOf, type SceneName } from '../../support/scenes.js';
import type { Ran } from '../../support/workshop.js';

/** Strikes at every call that these scenes make to the world, and expects no fewer cases than that. */
export function sweep(names: readonly SceneName[], fewest: number): void {
  let cases = 0;

  describe('every call to the world may be the last, fail, or report what is not true', () => {
    test.each(names)('%s', { timeout: 600_000 }, async (name) => {
      const { failures, struck } = await sweepOf(name);
      cases += struck;
      expect(failures).toEqual([]);
    });

    test(`there are at least ${fewest} of them`, () => {
      expect(cases).toBeGreaterThanOrEqual(fewest);
    });
  });
}

async function sweepOf(name: SceneName): Promise<{ failures: string[]; struck: number }> {
  const stage = await stageOf(name);
  const { scene, copy, strike } = stage;
  const expected = await expectedOf(stage, async (place) => carryOut(await enter(place), scene.command));
  const whole = await copy();
  const { world, calls } = mortal(await enter(whole));
  await carryOut(world, scene.command);

  const failures: string[] = [];
  const failpoints = worthwhile(name, calls);
  for (const [nth, failpoint] of failpoints.entries()) {
    const place = await copy();
    const told = `${failpoint.blow} ${calls[failpoint.at - 1]} (call ${failpoint.at})`;
    failures.push(...(await struck(place, expected, failpoint, nth % 20 === 0 ? 'quick' : 'hasty')).map((wrong) => `${told}: ${wrong}`));
    await strike(place);
  }
  return { failures, struck: failpoints.length };
}

/** Of a delivery that is like another one, the calls that only it makes. */
const OWN_CALLS: Partial<Record<SceneName, RegExp>> = { 'deliver with hooks': /hooks|copyToSafety/, 'deliver signed': /trees\.commit/, 'deliver with a note': /git\.notes|git\.remote\.(push|fetch)/ };

/** All of them; of a kind of reading, the first one fails. */
function worthwhile(name: SceneName, calls: readonly string[]): Failpoint[] {
  const all = failpointsOf(calls);
  const isFirst = ({ at }: Failpoint): boolean => calls.indexOf(calls[at - 1]!) === at - 1;
  return all.filter((failpoint, nth) => OWN_CALLS[name]?.test(calls[failpoint.at - 1]!) !== false && (failpoint.blow !== 'fails before' || all[nth - 1]?.at === failpoint.at || isFirst(failpoint)));
}

/** Strikes once, looks, and goes on by the same command. */
async function struck(place: Place, expected: Expected, failpoint: Failpoint, care: 'hasty' | 'quick'): Promise<string[]> {
  const { command, again } = expected.scene;
  const first = await killable(async () => carryOut(mortal(await enter(place), failpoint).world, command));
  const then = await aftermathOf(place, expected, first, care);
  const second = await carryOut(await enter(place), command);
  const isDone = second.exit === 0 || again.some((code) => second.stdout.includes(`"code":"${code}"`));
  const now = await aftermathOf(place, expected, second, care);
  const wrong = [...then.harm, ...now.harm.map((harm) => `after the second run: ${harm}`), ...now.undone.map((undone) => `left undone: ${undone}`)];
  return wrong.length === 0 && isDone ? [] : [`${wrong.join('; ')}\n  first ${shortly(first)}\n  then ${shortly(second)}`];
}

/** The killed say nothing. */
async function killable(work: () => Promise<Ran>): Promise<Ran> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Killed ? { exit: 137, stdout: '', stderr: '' } : { exit: 1, stdout: '', stderr: String(error instanceof Error ? error.stack : error) };
  }
}

const shortly = ({ exit, stdout, stderr }: Ran): string => `exit ${exit}: ${stdout.slice(0, 500)} ${stderr.slice(0, 500)}`;
