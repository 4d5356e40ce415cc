import { defineConfig } from 'vitest/config';

/** The rooms in which a branch that nobody took could lose somebody's work. */
const ROOMS = [
  'src/domain/delivery/**', 'src/verbs/{deliver,deliverTicket,abort}.ts', 'src/verbs/delivery/**',
  'src/world/{ledger,chain,lock,durably,privateState}.ts',
];

/** `npm run test:coverage`: every branch of delivery, ledger, lock and journal is taken by a test. */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/temporaryFolder.ts'],
    include: ['tests/{domain,verbs,world}/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: { enabled: true, provider: 'v8', include: ROOMS, reporter: ['text'], thresholds: { branches: 100 } },
  },
});
