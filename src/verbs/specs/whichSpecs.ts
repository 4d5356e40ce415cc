import { nearest } from '../../domain/nearest.js';
import { granted, refuse, refused, type Verdict } from '../../domain/problem.js';
import { SPECS } from '../../domain/specs/places.js';
import type { Shelf, Spec } from '../../domain/specs/spec.js';

/** The spec that is meant, by its name or its folder; left out, all of them. */
export function whichSpecs({ specs }: Shelf, named: string | undefined): Verdict<Spec[]> {
  if (named === undefined) return granted(specs);
  const given = named.replace(/^(\.\/)?/, '').replace(`${SPECS}/`, '').replace(/\/.*$/, '');
  const found = specs.filter(({ name }) => name === given);
  return found.length > 0 ? granted(found) : refused([refuse('spec-unknown', { given, near: nearest(given, specs.map(({ name }) => name)) })]);
}
