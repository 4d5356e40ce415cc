/** The documents that people and agents hand in, by the name that `cxw record` takes. */
export const RECORD_KINDS = ['plan', 'changes', 'self-review', 'review', 'curation'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];
