/** The documents that people and agents hand in, by the name that `cxw record` takes. */
export const RECORD_KINDS = ['plan', 'changes', 'self-review', 'expert', 'review', 'curation', 'handoff', 'blocker', 'blocker-decision'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Those that speak of the work as a whole, and of no one change. */
const UNBOUND: readonly RecordKind[] = ['plan', 'handoff', 'blocker', 'blocker-decision'];

export const isBound = (kind: RecordKind): boolean => !UNBOUND.includes(kind);
