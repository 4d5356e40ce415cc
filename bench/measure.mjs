// Whole processes against a yardstick, in turn: A B A B. What is kept is the ratio of each pair, which a busy machine
// disturbs far less than milliseconds.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs `subject` and `yardstick` in turn, `pairs` times after one pair that is thrown away. Both are functions that
 * answer `{ command, args, cwd, env }`; what they do before they answer is not measured.
 */
export function compare(subject, yardstick, pairs) {
  const runs = [];
  for (let n = 0; n <= pairs; n++) runs.push({ a: timed(subject()), b: timed(yardstick()) });
  runs.shift();
  const ratios = runs.map(({ a, b }) => a.wall / b.wall);
  return {
    wall: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    // The clock of the cpu ticks every 10 ms, so only the sums are worth comparing.
    cpu: sum(runs.map(({ a }) => a.cpu)) / sum(runs.map(({ b }) => b.cpu)),
    milliseconds: median(runs.map(({ a }) => a.wall)),
  };
}

function timed({ command, args, cwd, env }) {
  const cpu = cpuOfChildren();
  const start = performance.now();
  const ran = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  const wall = performance.now() - start;
  if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit ${ran.status}: ${ran.stderr}`);
  return { wall, cpu: cpuOfChildren() - cpu };
}

const TELL_PEAK = `data:text/javascript,${encodeURIComponent("import { writeSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads'; if (isMainThread) process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));")}`;

/** The most memory that a Node program ever held, in MiB: the median of three runs. What it starts is not counted. */
export function peakOf({ args, cwd, env }) {
  const once = () => {
    const ran = spawnSync(process.execPath, ['--import', TELL_PEAK, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`${args.join(' ')} ended with exit ${ran.status}: ${ran.stderr}`);
    return Number(ran.output[3]) / 1024;
  };
  return median([once(), once(), once()]);
}

/** User and system ticks of all children that have ended; NaN where there is no /proc. */
function cpuOfChildren() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ');
    return Number(fields[13]) + Number(fields[14]);
  } catch {
    return NaN;
  }
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
