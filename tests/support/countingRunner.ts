import { openRunner, type GitRunner } from '../../src/world/git/runner.js';
import type { Workshop } from './workshop.js';

/** A runner on a workshop that counts the calls of git that go through it. */
export function countingRunner(bench: Workshop): { runner: GitRunner; calls(): number } {
  const plain = openRunner(bench.root, bench.env);
  let calls = 0;
  const runner: GitRunner = {
    environment: plain.environment,
    clean: plain.clean,
    attempt: (...args) => { calls += 1; return plain.attempt(...args); },
    run: (...args) => { calls += 1; return plain.run(...args); },
    line: (...args) => { calls += 1; return plain.line(...args); },
  };
  return { runner, calls: () => calls };
}
