/** How many rounds a suite under fire runs: its usual number, times `CXW_TIMES` (less for a look, more at night). */
export function amount(usual: number): number {
  return Math.max(1, Math.round(usual * Number(process.env['CXW_TIMES'] ?? 1)));
}

/** The seed of this run: `CXW_SEED` repeats one that was told. */
export function seed(): number {
  return Number(process.env['CXW_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
}
