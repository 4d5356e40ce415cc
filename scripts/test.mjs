// `npm test [-- vitest's own arguments]`: the types are checked beside the build and the tests, which leave a processor
// free at their beginning and at their end.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Runs a program of Node's to its end, and answers whether it went well. What a piped one says is shown when it has ended. */
function ran(program, args, stdio = 'inherit') {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve(root, program), ...args], { cwd: root, stdio: ['inherit', stdio, stdio] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => said.push(bytes));
    child.once('error', fail);
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      done(code === 0);
    });
  });
}

const types = ran('node_modules/typescript/bin/tsc', ['--noEmit'], 'pipe');
const tests = (await ran('scripts/build.mjs', [])) && (await ran('node_modules/vitest/vitest.mjs', ['run', '--project', 'core', ...process.argv.slice(2)]));
const typesFit = await types;
console.log(typesFit ? 'The types fit.' : 'The types do not fit: npm run check');
process.exitCode = tests && typesFit ? 0 : 1;
