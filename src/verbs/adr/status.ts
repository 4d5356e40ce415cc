import { planStatus, statusRefusals } from '../../domain/adr/plan.js';
import type { AdrStatus } from '../../domain/adr/record.js';
import { done, no, type Outcome } from '../../domain/outcome.js';
import { carryOut, dataOf, groundOf, namedDecision, type AdrData, type AdrWorld } from './settle.js';

export interface AdrStatusRequest {
  number: string;
  dryRun: boolean;
}

/** Makes a draft binding, once it says what is decided and why. What it revises is Revised from then on. */
export const adrAccept = (world: AdrWorld, request: AdrStatusRequest): Promise<Outcome<AdrData>> => settle(world, 'adr accept', 'Accepted', request);

/** Says that a record holds no more, and that nothing took its place. */
export const adrDeprecate = (world: AdrWorld, request: AdrStatusRequest): Promise<Outcome<AdrData>> => settle(world, 'adr deprecate', 'Deprecated', request);

function settle(world: AdrWorld, command: string, status: AdrStatus, { number, dryRun }: AdrStatusRequest): Promise<Outcome<AdrData>> {
  return world.lock.hold(`cxw ${command}`, async () => {
    const found = await groundOf(world);
    if (!found.ok) return no('invalid', command, {}, found.refusals);
    const ground = found.value;
    const decision = namedDecision(ground, number);
    if (!decision.ok) return no('refused', command, {}, decision.refusals);
    const refusals = statusRefusals(ground, decision.value, status);
    if (refusals.length > 0) return no('refused', command, {}, refusals);
    const plan = planStatus(ground, decision.value, status);
    if (!dryRun) await carryOut(world, plan);
    return done(command, dataOf(plan, dryRun), ['cxw adr list']);
  });
}
