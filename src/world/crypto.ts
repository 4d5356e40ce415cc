let loaded: typeof import('node:crypto') | undefined;

/** Node's module for digests and randomness, loaded when it is first needed: that takes longer than much of what is done without. */
export const crypto = (): typeof import('node:crypto') => (loaded ??= process.getBuiltinModule('node:crypto'));
