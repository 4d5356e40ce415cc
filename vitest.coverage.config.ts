import { defineConfig } from 'vitest/config';

/** The rooms in which a branch that nobody took could lose somebody's work; each is walked whole. */
const ROOMS = [
  'src/domain/delivery/**', 'src/verbs/{deliver,deliverTicket,abort}.ts', 'src/verbs/delivery/**',
  'src/world/{ledger,chain,ledgerTidying}.ts', 'src/world/lock.ts', 'src/world/{durably,privateState,safetyCopies}.ts',
];

/** The tests that walk these rooms within their own process; what a started program takes is not counted. */
const WALKS = [
  'tests/domain/delivery/**/*.test.ts', 'tests/verbs/{deliver,deliverRefusals,deliverTicket,deliverUnderWay,lyingGit}.test.ts', 'tests/around/{abortMoved,deliveryNote,findings,uncommittedWork}.test.ts', 'tests/world/{ledger,lock,durably,flushes,privateState}.test.ts',
];

const whole = { branches: 100, functions: 100, lines: 100, statements: 100 };

/** `npm run test:coverage`: every branch of delivery, ledger, lock and private state is taken by a test, room by room. */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/temporaryFolder.ts'],
    include: WALKS,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: { enabled: true, provider: 'v8', include: ROOMS, reporter: ['text'], thresholds: { ...whole, ...Object.fromEntries(ROOMS.map((room) => [room, whole])) } },
  },
});
