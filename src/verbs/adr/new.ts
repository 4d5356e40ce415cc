import { planNew, statusRefusals, wordRefusals, type Ground } from '../../domain/adr/plan.js';
import { ALL_LAYERS, type AdrStatus, type Decision } from '../../domain/adr/record.js';
import { done, no, type Outcome } from '../../domain/outcome.js';
import { granted, type Verdict } from '../../domain/problem.js';
import { carryOut, dataOf, groundOf, namedDecision, type AdrData, type AdrWorld } from './settle.js';

export interface AdrNewRequest {
  title: string;
  tags: readonly string[];
  status?: AdrStatus;
  /** The ticket, spec or conversation that raised it. */
  origin?: string;
  dryRun: boolean;
}

/** Writes a new decision record under the next number, and its line in the index. */
export const adrNew = (world: AdrWorld, request: AdrNewRequest): Promise<Outcome<AdrData>> =>
  write(world, 'adr new', request, () => granted(undefined));

/** Writes the record that is to take the place of another one, which holds until the new one is accepted. Nothing is deleted. */
export const adrSupersede = (world: AdrWorld, request: AdrNewRequest & { number: string }): Promise<Outcome<AdrData>> =>
  write(world, 'adr supersede', request, (ground) => {
    const old = namedDecision(ground, request.number);
    const refusals = old.ok ? statusRefusals(ground, old.value, 'Revised') : [];
    return refusals.length > 0 ? { ok: false, refusals } : old;
  });

/** The number is chosen, and everything written, under the lock: of many who write at once, each gets a number of its own. */
function write(world: AdrWorld, command: string, request: AdrNewRequest, replaces: (ground: Ground) => Verdict<Decision | undefined>): Promise<Outcome<AdrData>> {
  return world.lock.hold(`cxw ${command}`, async () => {
    const found = await groundOf(world);
    if (!found.ok) return no('invalid', command, {}, found.refusals);
    const ground = found.value;
    const revises = replaces(ground);
    const title = request.title.trim();
    const refusals = [...wordRefusals({ ...request, title }), ...(revises.ok ? [] : revises.refusals)];
    if (refusals.length > 0 || !revises.ok) return no('refused', command, {}, refusals);

    const { status = 'Draft', origin, tags } = request;
    const date = world.clock.now().toISOString().slice(0, 10);
    const inherited = revises.value?.tags ?? [ALL_LAYERS];
    const plan = planNew(ground, { title, status, origin, date, tags: tags.length > 0 ? tags : inherited, revises: revises.value });
    if (!plan.ok) return no('refused', command, {}, plan.refusals);
    if (!request.dryRun) await carryOut(world, plan.value);
    const { number, path } = plan.value.decision;
    return done(command, dataOf(plan.value, request.dryRun), [status === 'Draft' ? `cxw adr accept ${number}` : `cxw validate ${path}`]);
  });
}
