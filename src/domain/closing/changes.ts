import { isAddition, isDeletion, type ChangedPath } from '../changeSet.js';
import type { Fact, FactOf } from '../facts.js';
import type { Changes } from '../records.js';
import type { Run } from '../run.js';
import { inline, list, pathCell, quoted, record, section, table } from './markdown.js';

/** What was changed and what was left alone: as the writer recorded it, else as the difference and the self review show it. */
export function changesRecord(run: Run, facts: readonly Fact[]): Uint8Array {
  const written = changesOf(run, facts);
  return record(
    `# Changes of ${run.ticket}`,
    quoted(written?.summary ?? run.records['self-review']?.document.summary ?? 'No summary was recorded.'),
    section('Paths', changedPaths(run.change?.changeSet.entries ?? [])),
    ...(written === undefined
      ? ['This record was derived from the difference and from the self review.']
      : [
          section('What changed', list(written.changed.map(inline))),
          section('Left alone', list(written.left_alone.map(inline))),
        ]),
    section('Skipped checks', list(skippedChecks(written))),
    section('Risks', list(risksOf(run, written))),
  );
}

/** The changes record that the implementation was accepted with; nothing when it was derived. */
export function changesOf(run: Run, facts: readonly Fact[]): Changes | undefined {
  const named = run.change?.changes;
  const fact = facts.find((candidate): candidate is Extract<FactOf<'recorded'>, { record: 'changes' }> =>
    candidate.kind === 'recorded' && candidate.record === 'changes' && candidate.seq === named);
  return fact?.document;
}

export const skippedChecks = (changes: Changes | undefined): string[] =>
  (changes?.skipped_checks ?? []).map((skipped) => `${inline(skipped.check)}: ${inline(skipped.reason)}`);

/** Every risk that somebody named, each once. */
export function risksOf(run: Run, changes: Changes | undefined): string[] {
  const named = [...(changes?.risks ?? []), ...(run.records['self-review']?.document.risks ?? []), ...(run.records.curation?.document.risks ?? [])];
  return [...new Set(named.map(inline))];
}

/** Changed paths with what became of them. */
export function changedPaths(entries: readonly ChangedPath[]): string {
  return entries.length === 0 ? 'None.' : table(['path', 'change', 'mode', 'blob'], entries.map((entry) =>
    [pathCell(entry.path), howChanged(entry), entry.newMode, isDeletion(entry) ? '–' : entry.newId]));
}

function howChanged(entry: ChangedPath): string {
  if (isDeletion(entry)) return 'deleted';
  if (isAddition(entry)) return 'added';
  return entry.oldId === entry.newId ? 'mode changed' : 'modified';
}
