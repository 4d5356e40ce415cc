import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cleanEnvironment, CXW } from './workshop.js';

/**
 * A page with transcripts: in a ```console block (or a hidden `<!-- console` comment, for what a reader already has)
 * lines that begin with `$ ` are commands and the others are what they print. A line `…` stands for any lines.
 */
type Part = { text: string[] } | { command: string; shown: string[]; hidden: boolean };

/** Runs every command of a page, in order, in one shell, and answers the page with what they really print. */
export function renewedPage(page: string): string {
  const parts = partsOf(page);
  const printed = session(parts.flatMap((part) => ('command' in part ? [part.command] : [])));
  const lines = parts.flatMap((part) => {
    if ('text' in part) return part.text;
    const now = printed.shift()!;
    return [`$ ${part.command}`, ...(part.hidden || matches(part.shown, now) ? part.shown : now)];
  });
  return lines.join('\n');
}

function partsOf(page: string): Part[] {
  const parts: Part[] = [];
  let block: 'shown' | 'hidden' | undefined;
  for (const line of page.split('\n')) {
    const last = parts.at(-1);
    if (block && (line === '```' || line === '-->')) block = undefined;
    if (block && line.startsWith('$ ')) parts.push({ command: line.slice(2), shown: [], hidden: block === 'hidden' });
    else if (block && last && 'command' in last) last.shown.push(line);
    else parts.push({ text: [line] });
    if (line === '```console') block = 'shown';
    if (line === '<!-- console') block = 'hidden';
  }
  return parts;
}

/** The lines that each command prints, in one shell and a home of its own; `cxw` is the built program. */
function session(commands: string[]): string[][] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cxw-page-')));
  const home = join(folder, 'home');
  const outputs = join(folder, 'outputs');
  try {
    for (const made of [home, outputs, join(folder, 'bin')]) mkdirSync(made);
    writeFileSync(join(folder, 'bin/cxw'), orphaned(folder));
    chmodSync(join(folder, 'bin/cxw'), 0o755);
    const script = commands.map((command, n) => `{ ${command}\n} > '${join(outputs, String(n))}' 2>&1`).join('\n');
    const clean = cleanEnvironment(home);
    spawnSync('sh', ['-c', script], { cwd: home, env: { ...clean, PATH: join(folder, 'bin') + delimiter + clean['PATH'] }, stdio: 'ignore' });
    return commands.map((_, n) => linesOf(readFileSync(join(outputs, String(n)), 'utf8').replaceAll(home, '~')));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * A `cxw` that is no child of whoever runs it: under a coding agent, every process of a page descends from it, and cxw
 * would rightly take writer and reviewer for one.
 */
function orphaned(folder: string): string {
  return `#!/bin/sh
end=$(mktemp -u '${join(folder, 'end-XXXXXXXX')}')
mkfifo "$end"
( ( '${process.execPath}' '${CXW}' "$@"; echo $? > "$end" ) & )
read -r code < "$end"
rm "$end"
exit "$code"
`;
}

const linesOf = (output: string): string[] => (output === '' ? [] : output.replace(/\n$/, '').split('\n'));

function matches(shown: string[], printed: string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return printed.length === 0;
  if (first === '…') return printed.some((_, n) => matches(rest, printed.slice(n))) || matches(rest, []);
  return printed.length > 0 && timeless(first) === timeless(printed[0]!) && matches(rest, printed.slice(1));
}

/** A line without what differs from day to day and from run to run: dates, digests, commits, durations, versions. */
function timeless(line: string): string {
  return line
    .replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, 'DATE')
    .replace(/\b([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{12})\b/g, 'DIGEST')
    .replace(/\b\d+(\.\d+)? ?m?s\b/g, 'DURATION')
    .replace(/\bcxw \d+\.\d+\.\d+\b/g, 'cxw VERSION');
}
