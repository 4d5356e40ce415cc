import { addCounts, NO_TESTS, type Count } from './count.js';

/** A line of `go test -json`, as far as it counts. */
interface Event {
  action: string;
  /** The package, and the test where it is about one. */
  about: string;
  isTest: boolean;
}

const KINDS: Record<string, keyof Count> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

/**
 * Go with `-json`: tests that began and ended. What tests print is wrapped in events of its own, so nothing can be
 * mistaken for one. Nothing when no package ended.
 */
export function readGoEvents(lines: readonly string[]): Count | undefined {
  const events = lines.flatMap(eventIn);
  if (!events.some(({ action, isTest }) => !isTest && Object.hasOwn(KINDS, action))) return undefined;
  const running = new Set<string>();
  return addCounts([NO_TESTS, ...events.flatMap(({ action, about, isTest }) => {
    if (isTest && action === 'run') running.add(about);
    if (!isTest || !Object.hasOwn(KINDS, action) || !running.delete(about)) return [];
    return [{ ...NO_TESTS, [KINDS[action]!]: 1 }];
  })]);
}

function eventIn(line: string): Event[] {
  if (!line.startsWith('{"') || !line.includes('"Action":')) return [];
  try {
    const { Action, Package, Test } = JSON.parse(line) as Record<string, unknown>;
    if (typeof Action !== 'string' || typeof Package !== 'string') return [];
    return [{ action: Action, about: JSON.stringify([Package, Test]), isTest: typeof Test === 'string' }];
  } catch {
    return [];
  }
}
