// What is left of a command when it does nothing but wait for others: Node that starts as many git processes, flushes as
// many files and reads as many facts, and thinks nothing. A goal below it asks for a promise to be broken.
const PROGRAM = `
const { spawn } = require('node:child_process');
const { hash } = require('node:crypto');
const { closeSync, fsyncSync, openSync, readdirSync, readFileSync, unlinkSync, writeSync } = require('node:fs');
const { gitProcesses, atOnce, flushes, facts } = JSON.parse(process.argv[1]);

const git = () => new Promise((ended) => {
  const child = spawn('git', ['version'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  child.on('close', ended);
});

async function wait() {
  for (let started = 0; started < gitProcesses; started += atOnce) {
    const running = Array.from({ length: Math.min(atOnce, gitProcesses - started) }, git);
    if (started === 0) read();
    await Promise.all(running);
  }
  flush();
}

function read() {
  if (facts === undefined) return;
  for (const name of readdirSync(facts)) {
    const text = readFileSync(facts + '/' + name, 'utf8');
    hash('sha256', text);
    JSON.parse(text);
  }
}

function flush() {
  for (let flushed = 0; flushed < flushes; flushed++) {
    const file = openSync('.git/floor.tmp', 'w');
    writeSync(file, 'x');
    fsyncSync(file);
    closeSync(file);
    unlinkSync('.git/floor.tmp');
  }
}

wait();
`;

/**
 * The program for a command with these counts; `atOnce` of its git processes run together, and `facts` is the folder of
 * those that it reads. It leaves nothing behind in the repository in which it runs.
 */
export const floorOf = ({ gitProcesses, flushes }, { cwd, env }, { atOnce = 1, facts } = {}) =>
  ({ command: process.execPath, args: ['-e', PROGRAM, JSON.stringify({ gitProcesses, atOnce, flushes, facts })], cwd, env });
