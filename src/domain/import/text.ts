import { yamlList, yamlScalar } from '../yamlText.js';
import { isMap } from './taking.js';

const MODELINE = '# yaml-language-server: $schema=../.cxw/schema/ticket.schema.json';
const WIDE = 100;

/** A ticket as YAML, with where it comes from as a remark. */
export const importedText = (ticket: Record<string, unknown>, from: string): string =>
  `${[MODELINE, `# Imported from ${from}`, ...mapLines(ticket)].join('\n')}\n`;

function mapLines(map: Record<string, unknown>): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    if (Array.isArray(value)) return listLines(key, value);
    return isMap(value) ? [`${key}:`, ...mapLines(value).map((line) => `  ${line}`)] : [`${key}: ${scalar(value)}`];
  });
}

function listLines(key: string, list: readonly unknown[]): string[] {
  if (list.every((item) => typeof item === 'string')) {
    const flow = `${key}: ${yamlList(list)}`;
    return flow.length <= WIDE ? [flow] : [`${key}:`, ...list.map((item) => `  - ${yamlScalar(item)}`)];
  }
  return [`${key}:`, ...list.flatMap((item) => mapLines(item as Record<string, unknown>).map((line, at) => `  ${at === 0 ? '- ' : '  '}${line}`))];
}

const scalar = (value: unknown): string => (typeof value === 'string' ? yamlScalar(value) : String(value));
