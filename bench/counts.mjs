// Counts that are the same on every machine: git processes that a run starts, flushes of its own, and files that it loads.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What `node program ...args` starts, flushes and loads: absolute file names, and names of Node's own modules. */
export function countsOf(program, args, { cwd, env }) {
  const folder = mkdtempSync(join(tmpdir(), 'cxw-counts-'));
  try {
    const { bin, calls } = countingGit(folder, env.PATH);
    const { reporter, report } = loadReporter(folder);
    const ran = spawnSync(process.execPath, ['--require', reporter, program, ...args], { cwd, env: { ...env, PATH: bin + delimiter + env.PATH }, stdio: 'ignore' });
    return {
      exit: ran.status,
      gitProcesses: readFileSync(calls, 'utf8').length,
      ...JSON.parse(readFileSync(report, 'utf8')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A `git` that leaves one byte for each start. Its file is named in it, because our git runs get a clean environment. */
function countingGit(folder, path) {
  const bin = join(folder, 'bin');
  const calls = join(folder, 'calls');
  const git = execFileSync('sh', ['-c', 'command -v git'], { env: { PATH: path }, encoding: 'utf8' }).trim();
  mkdirSync(bin);
  writeFileSync(calls, '');
  writeFileSync(join(bin, 'git'), `#!/bin/sh\nprintf . >> '${calls}'\nexec '${git}' "$@"\n`);
  chmodSync(join(bin, 'git'), 0o755);
  return { bin, calls };
}

function loadReporter(folder) {
  const reporter = join(folder, 'reporter.cjs');
  const report = join(folder, 'loaded.json');
  const found = `{
    flushes,
    loaded: Object.keys(require.cache).filter((file) => file !== __filename),
    builtin: process.moduleLoadList.flatMap((one) => /^NativeModule (.*)/.exec(one)?.[1] ?? []),
  }`;
  writeFileSync(reporter, `const fs = require('node:fs');
let flushes = 0;
for (const name of ['fsyncSync', 'fdatasyncSync']) {
  const flush = fs[name];
  fs[name] = (descriptor) => { flushes += 1; flush(descriptor); };
}
process.on('exit', () => fs.writeFileSync(${JSON.stringify(report)}, JSON.stringify(${found})));\n`);
  return { reporter, report };
}
