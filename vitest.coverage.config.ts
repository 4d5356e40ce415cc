import { defineConfig } from 'vitest/config';

/** The rooms in which a branch that nobody took could lose somebody's work. */
const ROOMS = [
  'src/domain/delivery/**', 'src/verbs/{deliver,deliverTicket,abort}.ts', 'src/verbs/delivery/**',
  'src/world/{ledger,chain,lock,durably,privateState}.ts',
];

/** The tests that walk these rooms within their own process; what a started program takes is not counted. */
const WALKS = [
  'tests/domain/delivery/**/*.test.ts', 'tests/fire/properties/userModel.test.ts', 'tests/verbs/{deliver,deliverRefusals,keptBaseline,lyingGit}.test.ts', 'tests/world/{ledger,lock,durably,privateState}.test.ts',
];

/** `npm run test:coverage`: every branch of the rules of delivery is taken by a test, and of the other rooms no fewer than today. */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/temporaryFolder.ts'],
    include: WALKS,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: { enabled: true, provider: 'v8', include: ROOMS, reporter: ['text'], thresholds: { branches: 89, 'src/domain/delivery/**': { branches: 100 } } },
  },
});
