import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shape } from '../domain/shape.js';
import { packageFolder } from './assets.js';

const read = new Map<string, Shape>();

/**
 * The shape of a format, as the build wrote it from its schema. To read it takes a millisecond where the schema itself,
 * with the package that it is made with, takes thirty.
 */
export function shapeOf(format: string): Shape {
  const shape = read.get(format) ?? JSON.parse(readFileSync(join(packageFolder(), 'dist', 'schemas', `${format}.json`), 'utf8')) as Shape;
  read.set(format, shape);
  return shape;
}
