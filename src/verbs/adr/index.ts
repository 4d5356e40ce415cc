import { withDecisions } from '../../domain/adr/index.js';
import { ADR_INDEX } from '../../domain/adr/record.js';
import { lineDiff } from '../../domain/lineDiff.js';
import { done, no, type Outcome } from '../../domain/outcome.js';
import { groundOf, type AdrWorld } from './settle.js';

export interface AdrIndexData {
  path: string;
  dryRun: boolean;
  /** What changes in the index, line by line; nothing when it is right. */
  diff?: string;
}

/** Makes the index say what the records say. Its other words stay, and so do lines of records that are gone. */
export function adrIndex(world: AdrWorld, { dryRun }: { dryRun: boolean }): Promise<Outcome<AdrIndexData>> {
  return world.lock.hold('cxw adr index', async () => {
    const ground = await groundOf(world);
    if (!ground.ok) return no('invalid', 'adr index', { path: ADR_INDEX, dryRun }, ground.refusals);
    const { decisions, index } = ground.value;
    const text = withDecisions(index, decisions);
    const isWritten = await world.files.kind(ADR_INDEX) === 'file';
    const data: AdrIndexData = { path: ADR_INDEX, dryRun, diff: text === index && isWritten ? undefined : lineDiff(isWritten ? index : '', text) };
    if (data.diff !== undefined && !dryRun) await world.files.write(ADR_INDEX, text);
    return done('adr index', data, [dryRun && data.diff !== undefined ? 'cxw adr index' : 'cxw validate docs/decisions']);
  });
}
