/** Seconds that one call of git, one answer of a remote or one hook may take: where no policy says so, and what a policy may say. */
export const PATIENCE = { usual: 120, least: 5, most: 3600 } as const;
