/**
 * The process: arguments and exit code. Nothing else is loaded before Node was found new enough, because an older one
 * could not read it.
 */

const NEEDED = [20, 19] as const;

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (!isNewEnough(process.versions.node)) return refuseNode(argv);
  const compiled = (await import('./compiled.js')).loadCompiled(argv, process.env['CXW_CODE_CACHE']);
  await run(argv);
  // What ended otherwise may have been no command at all.
  const worthKeeping = process.exitCode === 0 ? compiled() : undefined;
  if (worthKeeping !== undefined) await (await import('../world/compiledStore.js')).keepCompiled(worthKeeping, process.env);
}

async function run(argv: string[]): Promise<void> {
  const { cxw } = await import('./cxw.js');
  const { processIo } = await import('./processIo.js');
  const exit = await cxw(argv, processIo());
  // It may be known by now that the answer did not arrive.
  process.exitCode ??= exit;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function refuseNode(argv: string[]): void {
  const message = `cxw needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.`;
  process.exitCode = 6;
  if (!argv.includes('--json')) {
    process.stderr.write(`${message}\n`);
    return;
  }
  const code = 'node-too-old';
  const problems = [{ code, message, severity: 'error' }];
  process.stdout.write(`${JSON.stringify({ schema: 'cxw/cxw@1', ok: false, code, exit: 6, data: {}, problems, next: ['node --version'] })}\n`);
}

void main();
