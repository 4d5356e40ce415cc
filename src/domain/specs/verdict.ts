import type { Problem } from '../problem.js';

export const DRIFT_VERDICTS = ['pass', 'pass_with_risk', 'fail'] as const;
export type DriftVerdict = (typeof DRIFT_VERDICTS)[number];

/** What became of specs, and everything that is said against their truth. Warnings are risks; errors make it fail. */
export interface Drift {
  verdict: DriftVerdict;
  findings: Problem[];
}

/** Whether one verdict says less against specs than another. */
export const isBetter = (claimed: DriftVerdict, computed: DriftVerdict): boolean => DRIFT_VERDICTS.indexOf(claimed) < DRIFT_VERDICTS.indexOf(computed);

const LINES_MAX = 100;
const LENGTH_MAX = 2_000;

/** The findings, a line each, as they are kept: the first of very many, and cut where one is very long. */
export function driftLines({ findings }: Drift): string[] {
  const lines = findings.slice(0, LINES_MAX).map(lineOf);
  return findings.length > LINES_MAX ? [...lines, `${findings.length - LINES_MAX} more`] : lines;
}

function lineOf({ place, message }: Problem): string {
  const said = message.replace(/\.$/, '').slice(0, LENGTH_MAX);
  return place === undefined ? said : `${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${said}`;
}
