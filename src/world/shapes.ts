import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { misfit, type Shape } from '../domain/shape.js';
import { packageFolder } from './assets.js';

const read = new Map<string, Shape>();

/** Where a value is not of a format, as the names of its members; nothing when it is. */
export const misfitOf = (format: 'fact' | 'claim', value: unknown): string[] | undefined => misfit(shapeOf(format), value);

/**
 * As the build wrote it from the schema. To read it takes a millisecond where the schema itself, with the package that
 * it is made with, takes thirty.
 */
function shapeOf(format: string): Shape {
  const shape = read.get(format) ?? JSON.parse(readFileSync(join(packageFolder(), 'dist', 'schemas', `${format}.json`), 'utf8')) as Shape;
  read.set(format, shape);
  return shape;
}
