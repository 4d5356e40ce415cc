import { isDeletion } from '../changeSet.js';
import type { ClosingParts } from '../closing.js';
import { showPath } from '../paths.js';
import { MEMORY_CHECKED, type Changes, type Curation } from '../records.js';
import type { Run } from '../run.js';
import { code, inline, list, quoted, record, section } from './markdown.js';
import { risksOf } from './changes.js';

/** What whoever comes next must know. */
export function handoffRecord(run: Run, changes: Changes | undefined, { memory, drift }: Pick<ClosingParts, 'memory' | 'drift'>): Uint8Array {
  const curation = run.records.curation?.document;
  return record(
    `# Handoff of ${run.ticket}`,
    quoted(curation?.summary ?? run.records['self-review']?.document.summary ?? 'No summary was recorded.'),
    section('Next action', curation?.next === undefined ? 'None: the ticket is complete with its delivery.' : quoted(curation.next)),
    section('Durable facts', list((curation?.durable_facts ?? []).map(inline))),
    section('Risks', list(risksOf(run, changes))),
    section('Memory', memory.length === 0 ? MEMORY_CHECKED : list(memory.map((entry) =>
      `${code(showPath(entry.path))} ${isDeletion(entry) ? 'removed' : 'updated'}`))),
    ...specDrift(curation?.spec_drift, drift),
  );
}

/** What was worked out, and what the curator says beside that. */
function specDrift(claimed: Curation['spec_drift'], drift: ClosingParts['drift']): string[] {
  if (drift === undefined) return claimed === undefined ? [] : [section('Spec drift', code(claimed))];
  const own = claimed === undefined || claimed === drift.verdict ? [] : [`The curator says ${code(claimed)}.`];
  return [section('Spec drift', code(drift.verdict), ...own, ...(drift.findings.length === 0 ? [] : [list(drift.findings.map(inline))]))];
}
