import { readFileSync } from 'node:fs';
import { misfit, type Shape } from '../domain/shape.js';
import { schemaFile } from './assets.js';
import type { Link, StoredLink } from './chain.js';
import type { LedgerFault } from './ledger.js';

type Format = 'fact' | 'claim';

const read = new Map<string, Shape>();

/** Where a value is not of a format, as the names of its members; nothing when it is. */
export const misfitOf = (format: Format, value: unknown): string[] | undefined => misfit(shapeOf(format), value);

/** Throws when a link is none. */
export function checkShape(format: Format, link: object): void {
  const place = misfitOf(format, link);
  if (place !== undefined) throw new Error(`no ${format}: ${place.join('.')} is not as it must be`);
}

/** Which of these links are none. */
export const shapeFaults = (format: Format, links: readonly StoredLink<Link>[]): LedgerFault[] => links.flatMap(({ link }): LedgerFault[] => {
  const place = misfitOf(format, link);
  return place === undefined ? [] : [{ fault: 'unreadable', seq: link.seq, detail: `${place.join('.') || 'the fact'} is not as it must be` }];
});

/**
 * As the build wrote it from the schema. To read it takes a millisecond where the schema itself, with the package that
 * it is made with, takes thirty.
 */
function shapeOf(format: Format): Shape {
  const shape = read.get(format) ?? JSON.parse(readFileSync(schemaFile(format), 'utf8')) as Shape;
  read.set(format, shape);
  return shape;
}
