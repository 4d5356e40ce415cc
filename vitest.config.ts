import { defineConfig } from 'vitest/config';

const FIRE = ['faults', 'hostile', 'lying', 'properties', 'fuzz', 'races'];

/** What `npm test` runs is `core`; each kind of fire under tests/fire has a command of its own, and needs longer. */
const suites = [
  { name: 'core', include: ['tests/**/*.test.ts'], exclude: ['tests/fire/**'], testTimeout: 240_000 },
  ...FIRE.map((name) => ({ name, include: [`tests/fire/${name}/**/*.test.ts`], exclude: [], testTimeout: 1_800_000 })),
];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/temporaryFolder.ts', 'tests/support/warmProgram.ts'],
    hookTimeout: 120_000,
    // Real git and real processes on a small shared machine: generous limits, few workers.
    maxWorkers: 2,
    reporters: ['default'],
    projects: suites.map((suite) => ({ extends: true as const, test: suite })),
  },
});
