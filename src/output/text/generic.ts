import { visible } from '../escape.js';
import { columns, type View } from './view.js';

/** Any data in readable lines: for answers that have no words of their own, so that nothing is ever blank. */
export function genericText(data: object, view: View): string[] {
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  const short = entries.filter(([, value]) => !isLong(value)).map(([key, value]) => [words(key), told(value)] as const);
  const long = entries.filter(([, value]) => isLong(value)).flatMap(([key, value]) => [view.paint.strong(words(key)), ...listOf(value, view)]);
  return [...columns(short), ...long];
}

const isLong = (value: unknown): boolean => typeof value === 'object' && value !== null && !(Array.isArray(value) && value.every((item) => typeof item !== 'object'));

function listOf(value: unknown, view: View): string[] {
  const items = Array.isArray(value) ? value.map(told) : genericText(value as object, view);
  return items.map((item) => `  ${item}`);
}

function told(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(told).join(', ');
  if (typeof value === 'object' && value !== null) return Object.entries(value).filter(([, part]) => part !== undefined).map(([key, part]) => `${words(key)} ${told(part)}`).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return visible(String(value), 400);
}

/** `changeSet` as `change set`. */
const words = (key: string): string => visible(key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(), 80);
