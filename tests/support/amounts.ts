/** How many rounds a suite under fire runs: its usual number, times `CXW_TIMES` (less for a look, more at night). */
export function amount(usual: number): number {
  return Math.max(1, Math.round(usual * Number(process.env['CXW_TIMES'] ?? 1)));
}

/**
 * The seed of this run. It is the same every time, because a gate is no lottery: whoever wants to search says
 * `CXW_SEED=$RANDOM`, and keeps what that finds as a test.
 */
export function seed(): number {
  return Number(process.env['CXW_SEED'] ?? 20_261_121);
}
