import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What starts the whole program for every word that it says, or looks at it as it is built and packed. */
const WHOLE_PROGRAM = ['tests/e2e/**/*.test.ts', 'tests/{tutorial,package,bench,loading}.test.ts', 'tests/cli/{process,compiled}.test.ts'];
/** What stands around the main job: ways back and out; the files and settings of others; larger tickets with their specs, decisions, lessons and experts; packs; and what is asked of a delivery afterwards. */
const AROUND = ['tests/around/**/*.test.ts'];
const FIRE = ['faults', 'hostile', 'lying', 'properties', 'fuzz', 'races'];

/**
 * What `npm test` runs is `core`; `around`, `e2e`, each kind of fire under tests/fire, and `clients`, which needs a
 * registry, have commands of their own.
 * The files of `core` share their workers: to load the sources anew for each took a third of the run.
 */
const suites = [
  { name: 'core', include: ['tests/**/*.test.ts'], exclude: [...WHOLE_PROGRAM, ...AROUND, 'tests/fire/**', 'tests/clients/**'], testTimeout: 240_000, isolate: false },
  { name: 'around', include: AROUND, exclude: [], testTimeout: 240_000, isolate: false },
  { name: 'e2e', include: WHOLE_PROGRAM, exclude: [], testTimeout: 240_000, isolate: false },
  { name: 'clients', include: ['tests/clients/**/*.test.ts'], exclude: [], testTimeout: 120_000 },
  ...FIRE.map((name) => ({ name, include: [`tests/fire/${name}/**/*.test.ts`], exclude: [], testTimeout: 1_800_000 })),
];

/**
 * Without a memory of earlier runs the largest files begin first, and the longest, which are small tables, last. So here
 * the folders of long ones go first.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => [/\/failpoints\//, /\/verbs\//, /./].findIndex((folder) => folder.test(moduleId));
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    globalSetup: ['tests/support/temporaryFolder.ts', 'tests/support/warmProgram.ts'],
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // Real git and real processes on a small shared machine: generous limits, few workers.
    maxWorkers: 2,
    reporters: ['default'],
    projects: suites.map((suite) => ({ extends: true as const, test: suite })),
  },
});
