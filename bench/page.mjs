// The page of results: measured numbers to Markdown, and nothing else.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { cpus, loadavg, type } from 'node:os';
import { growthOf } from './scale.mjs';

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) => [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
const ratio = (number) => (number === undefined || Number.isNaN(number) ? '' : number.toFixed(2));
const kilobytes = (files) => Math.round(files.reduce((all, file) => all + statSync(file).size, 0) / 1000);
const measured = ({ wall, least, most, cpu, milliseconds }, goal) => [ratio(wall), `${ratio(least)} to ${ratio(most)}`, ratio(cpu), ratio(goal), wall <= goal ? 'yes' : 'no', Math.round(milliseconds)];
const HEADS = ['wall', 'least to most', 'cpu', 'goal', 'met', 'ms'];

export function page({ pairs, status, timings, counts, growing, peaks, beside }) {
  return `# What the commands cost

Written by \`npm run bench\`. It is one run on one machine: hold the ratios against each other, not the milliseconds. Why a goal is missed: [what it costs](../docs/explanation/what-it-costs.md).

Each command and its yardstick ran in turn, A B A B, ${pairs} pairs and fewer where a run takes long; *wall* is the median of the ratios of the pairs, with the least and the most; *cpu* is all user and system time of the command over all of the yardstick's. *Goal* is what the command is to come to.

- Y0: \`node -e 0\`
- Y1: Y0, then \`${status}\`
- Y2: Y0, then a careful delivery in sh: the facts by \`rev-parse\`, \`status\`, \`add\`, \`diff --cached\`, \`commit\`, \`diff-tree\`, \`push\`, \`ls-remote\` and comparison, \`status\`
- Y3: a Node loop that reads the same files and takes their SHA-256
- Y4: a Node loop that parses the same facts and puts each into a map

*Floor* is what a Node program comes to that only starts as many git processes, which do nothing, flushes as many files and reads as many facts, and thinks nothing about them: what its promises cost before a line of cxw has run.

${table(['command', 'beside', ...HEADS, 'floor'], timings.map(([name, yardstick, goal, comparison, floor]) => [name, yardstick, ...measured(comparison, goal), ratio(floor?.wall)]))}

## As things grow

${table(['command', 'size', 'beside', ...HEADS], growing.map(([what, size, yardstick, goal, comparison]) => [what, size, yardstick, ...measured(comparison, goal)]))}

Ten times the size takes so many times as long:

${table(['command', 'from', 'to', 'times'], growthOf(growing).map(([what, from, to, times]) => [what, from, to, times.toFixed(1)]))}

## Memory

The most that the process itself ever held.

${table(['command', 'MiB', 'goal', 'met'], peaks.map(([what, peak, goal]) => [what, peak.toFixed(0), goal?.toFixed(0) ?? '', goal === undefined ? '' : peak <= goal ? 'yes' : 'no']))}

## Beside others

${besideOthers(beside)}

## Counts

They do not depend on the machine; the tests hold them.

${table(['command', 'git processes', 'flushes', 'files loaded', 'kB loaded'], counts.map(([name, { gitProcesses, flushes, loaded }]) => [name, gitProcesses, flushes, loaded.length, kilobytes(loaded)]))}

${type()} ${process.arch}, ${cpus().length} × ${cpus()[0].model.trim()}; Node ${process.versions.node}; ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}; load ${loadavg()[0].toFixed(1)} at the end.
`;
}

function besideOthers({ missing, rows, names, versions }) {
  if (missing !== undefined) return `The others were not measured: ${missing}.`;
  const told = rows.map(([work, count, all]) => [work, count, ...names.map((name) => (all[name] === undefined ? '' : `${all[name].wall.toFixed(1)} (${Math.round(all[name].milliseconds)} ms)`))]);
  return `As multiples of \`node -e 0\`, on as many items of the same kind, with telemetry off: ${versions.join(', ')}. An empty cell is a thing that one does not do.

${table(['work', 'items', ...names], told)}`;
}
