import type { Settings } from '../../domain/gitSettings.js';
import type { IndexLine } from '../../domain/porcelain.js';
import type { Survey } from '../../domain/repository.js';
import { readConfiguration } from './configuration.js';
import type { GitRunner } from './runner.js';
import { readIndexLines, survey } from './survey.js';

/** What git was asked at one moment. Whoever shares these readings shares the answers. */
export interface Readings {
  status(): Promise<Survey>;
  /** The whole index, with the letters of its flags. */
  index(): Promise<IndexLine[]>;
  /** The whole configuration that applies. */
  settings(): Promise<Settings>;
}

/** Opens readings: each question goes to git when it is first asked, and never again. */
export function openReadings(runner: GitRunner): Readings {
  return {
    status: once(() => survey(runner)),
    index: once(() => readIndexLines(runner)),
    settings: once(() => readConfiguration(runner)),
  };
}

/** Answers the first answer for ever. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => answer ??= ask();
}
