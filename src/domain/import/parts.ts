import { splitCommandLine } from '../commandLine.js';
import { globFault } from '../globs.js';
import { literalGlob } from '../globText.js';
import { parsePath, showPath } from '../paths.js';
import { TRIGGERS, type Trigger } from '../triggers.js';
import { isMap, wordsOf, type Taking } from './taking.js';

/** Patterns of a scope. The old template takes a directory for everything below it; ours says so. */
export function patterns(taking: Taking, fields: readonly string[], isDirectory: (path: string) => boolean): string[] {
  return fields.flatMap((field) => taking.texts([field]).flatMap((written) => {
    const plain = written.replace(/^(\.\/)+/, '');
    const named = plain.startsWith('"') ? parsePath(plain) : undefined;
    const pattern = named?.ok ? literalGlob(named.path) : plain.endsWith('/') ? `${plain}**` : isDirectory(plain) ? `${plain}/**` : plain;
    const fault = globFault(pattern);
    if (fault !== undefined) taking.note(field, `${written} is no pattern of ours: ${fault}`);
    else if (pattern !== written) taking.note(field, `${written} became ${pattern}`);
    return fault === undefined ? [pattern] : [];
  }));
}

/** Paths, as our tickets write them. */
export function paths(taking: Taking, field: string, keys: readonly string[] = []): string[] {
  return taking.texts([field], keys).flatMap((written) => {
    const parsed = parsePath(written);
    if (!parsed.ok) taking.note(field, `${written} cannot be used: ${parsed.fault}`);
    return parsed.ok ? [showPath(parsed.path)] : [];
  });
}

/** The triggers that the old classification says hold: `true`, or `{ triggered: true }`. */
export function triggers(taking: Taking): Trigger[] {
  const said = ['escalation_triggers', 'escalation_thresholds'].map((key) => taking.value(`quick_classification.${key}`)).filter(isMap);
  return TRIGGERS.filter((trigger) => said.some((map) => map[trigger] === true || (isMap(map[trigger]) && map[trigger]['triggered'] === true)));
}

/** Words that begin as commands do. What is written in sentences is for people. */
export function isCommand(text: string): boolean {
  const split = splitCommandLine(text);
  const [program = '', second = ''] = text.split(' ');
  if (!split.ok && split.fault !== 'shell-syntax' && split.fault !== 'assignment') return false;
  return /^([A-Z_]+=\S*|\.{0,2}\/?[a-z0-9][a-z0-9_./-]*)$/.test(program) && !/[.!?]$/.test(text) && !PROSE.has(second) && (text.includes(' ') || /^\.?\//.test(text) || ALONE.has(program));
}

/** Words that follow a word, and never a program. */
const PROSE = new Set(['the', 'a', 'an', 'all', 'every', 'each', 'that', 'this', 'is', 'are', 'must', 'of', 'for', 'tests', 'and', 'or', 'proof', 'proofs']);
const ALONE = new Set(['pytest', 'make', 'tox', 'vitest', 'jest', 'mocha', 'nox', 'ctest']);

export interface OldProof {
  text: string;
  regression: boolean;
}

/** Commands among what was to be run, and sentences that only people can follow. */
export function proofs(taking: Taking, fields: readonly string[], guards: readonly string[]): { commands: OldProof[]; sentences: string[] } {
  const said = [...new Set(taking.texts(fields, ['command', 'run', 'proof']))].map((text) => ({ text, regression: false }));
  const kept = [...new Set(taking.texts(guards, ['command', 'run', 'proof']))].filter((text) => !said.some((one) => one.text === text)).map((text) => ({ text, regression: true }));
  const all = [...said, ...kept];
  return { commands: all.filter(({ text }) => isCommand(text)), sentences: all.filter(({ text }) => !isCommand(text)).map(({ text }) => text) };
}

interface Decision {
  id: string;
  text: string;
  blocks?: boolean;
}

/** Decisions of both lists, each once, under ids of ours. */
export function decisions(taking: Taking): { locked: Decision[]; open: Decision[] } {
  const seen = new Map<string, number>();
  const read = (field: string, key: string): { id: string; text: string; map: Record<string, unknown> }[] => taking.maps(field).flatMap((map) => {
    const [text, old] = [wordsOf(map[key]), wordsOf(map['id']) ?? ''];
    if (text === undefined || seen.has(old)) return [];
    const id = /^DEC-\d{1,4}$/.test(old) ? old : `DEC-${900 + seen.size}`;
    seen.set(old === '' ? id : old, 1);
    if (id !== old) taking.note(field, `${old === '' ? 'a decision without an id' : old} became ${id}`);
    return [{ id, text, map }];
  });
  const locked = read('decision_locks.locked_decisions', 'decision').map(({ id, text }) => ({ id, text }));
  const open = ['decision_locks.unresolved_decisions', 'spec_refs.unresolved_decisions'].flatMap((field) => read(field, 'question'))
    .map(({ id, text, map }) => ({ id, text, blocks: map['blocks_implementation'] !== false }));
  return { locked, open };
}
