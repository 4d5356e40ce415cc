// Judges mutants, one after the other, in one warm vitest; a child of mutants.mjs, which ends it when a mutant never ends.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { createVitest } from 'vitest/node';

const root = resolve(import.meta.dirname, '../..');
const [path, ...tests] = process.argv.slice(2);
const file = resolve(root, path);

/** The source as it is served just now. */
let served;
const serving = { name: 'mutant', enforce: 'pre', load: (id) => (id.split('?')[0] === file ? served : undefined) };

const vitest = await createVitest('test', {
  root, config: false, watch: false, include: tests, globalSetup: ['tests/support/temporaryFolder.ts'],
  reporters: [{}], pool: 'forks', maxWorkers: 1, bail: 1, testTimeout: 20_000, hookTimeout: 20_000,
}, { plugins: [serving] });
const specifications = await vitest.globTestSpecifications();

/** Whether every test passes on a source. */
async function passes(text) {
  served = text;
  vitest.invalidateFile(file);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  return unhandledErrors.length === 0 && testModules.length > 0 && testModules.every((module) => module.ok());
}

/** Whether the compiler takes a source. */
const compiles = compiler();

process.on('message', async (text) => {
  const survived = await passes(text);
  process.send(survived ? (compiles(text) ? 'survived' : 'no type') : 'killed');
});
process.send(await passes(readFileSync(file, 'utf8')) ? 'ready' : 'red');

function compiler() {
  const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: [path] }, ts.sys, root);
  let now;
  let version = 0;
  const services = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: (name) => (name === file ? String(version) : '0'),
    getScriptSnapshot: (name) => (name === file && now !== undefined ? ts.ScriptSnapshot.fromString(now) : ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(name)) : undefined),
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists, readFile: ts.sys.readFile, readDirectory: ts.sys.readDirectory, directoryExists: ts.sys.directoryExists, getDirectories: ts.sys.getDirectories,
  });
  return (text) => {
    now = text;
    version += 1;
    return services.getSyntacticDiagnostics(file).length === 0 && services.getSemanticDiagnostics(file).length === 0;
  };
}
