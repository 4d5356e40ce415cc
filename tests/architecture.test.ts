import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

interface Import {
  /** The importing file, relative to src. */
  from: string;
  /** A file relative to src, or a package. */
  to: string;
  /** Only a type is borrowed. */
  typeOnly: boolean;
  /** Loaded when it is reached. */
  lazy: boolean;
}

interface Source {
  file: string;
  tree: ts.SourceFile;
  imports: Import[];
}

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort().map(readSource);
const imports = sources.flatMap((source) => source.imports);
const roomOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : 'entry');
/** Its code is loaded together with the importing file. */
const atOnce = ({ typeOnly, lazy }: Import): boolean => !typeOnly && !lazy;
const isOurs = (to: string): boolean => to.endsWith('.ts');

/** Which rooms a room may take code from. Types may be borrowed from anywhere. */
const ARROWS: Record<string, string[]> = {
  entry: ['domain'],
  domain: ['domain'],
  world: ['world', 'domain'],
  verbs: ['verbs', 'domain'],
  output: ['output', 'domain'],
  cli: ['cli', 'verbs', 'output', 'world', 'domain'],
};

/** Which files may know a package. */
const PACKAGES: Record<string, (file: string) => boolean> = {
  zod: (file) => roomOf(file) === 'domain',
  yaml: (file) => roomOf(file) === 'world',
  commander: (file) => file === 'cli/program.ts',
  picocolors: (file) => file === 'output/paint.ts',
  execa: (file) => file === 'world/programs.ts',
  'simple-git': (file) => ['world/git/history.ts', 'world/git/simpleGit.ts'].includes(file),
};

/** Rooms that know Node's own modules; and single files of other rooms that do, with their reason. */
const NODE_ROOMS = ['world'];
const NODE_FILES: Record<string, string> = {
  'cli/enter.ts': 'finds the folder to start in',
  'cli/standpoint.ts': 'finds the way from the reader to the root',
  'cli/compiled.ts': 'loads our own chunks',
  'cli/sink.ts': 'writes an answer at once',
};

/** What may ask the process, outside cli/main.ts, and why. */
const PROCESS_USERS: Record<string, string> = {
  'world/index.ts': 'stops on a platform that nothing was tried on',
  'world/durably.ts': 'names its temporary files after the process',
  'world/crypto.ts': 'has Node load a module of its own late',
  'world/ledgerTidying.ts': 'names its temporary files after the process',
  'cli/processIo.ts': 'hands its streams and signals in',
  'cli/compiled.ts': 'names the Node that code was compiled by',
  'world/compiledStore.ts': 'writes only what its own user owns',
  'world/processes.ts': 'knows which process this is, its ancestors, and whether another one lives',
  'world/machine.ts': 'names the Node and the platform that it runs on',
  'world/processGroups.ts': 'ends the process groups of programs and of git',
  'world/git/temporary.ts': 'removes its folders when the process ends',
};

describe('who may import whom', () => {
  test('rooms take code only along the arrows', () => {
    const crossing = imports.filter((one) => isOurs(one.to) && !one.typeOnly && !ARROWS[roomOf(one.from)]!.includes(roomOf(one.to)));
    expect(crossing.map(told)).toEqual([]);
  });

  test('each package is known only where it belongs', () => {
    const misplaced = imports.filter((one) => !isOurs(one.to) && !one.to.startsWith('node:') && !one.typeOnly && PACKAGES[one.to]?.(one.from) !== true);
    expect(misplaced.map(told)).toEqual([]);
  });

  test("Node's own modules are known in the world only", () => {
    const misplaced = imports.filter((one) => one.to.startsWith('node:') && !NODE_ROOMS.includes(roomOf(one.from)) && NODE_FILES[one.from] === undefined);
    expect(misplaced.map(told)).toEqual([]);
  });

  test('only world/git starts git', () => {
    const starters = imports.filter((one) => one.to === 'node:child_process').map((one) => one.from);
    expect(starters.filter((file) => !file.startsWith('world/'))).toEqual([]);
    const naming = sources.filter(({ file, tree }) => !file.startsWith('world/git/') && hasCall(tree, (call) => ['spawn', 'spawnSync', 'execFile', 'execa'].includes(nameOf(call)) && isText(call.arguments[0], 'git')));
    expect(naming.map(({ file }) => file)).toEqual([]);
  });

  test('no file imports itself in a circle', () => expect(circles()).toEqual([]));

  test('zod is imported whole, because its parts cost three times the start', () => {
    const named = sources.filter(({ tree }) => tree.statements.some((statement) => ts.isImportDeclaration(statement)
      && isText(statement.moduleSpecifier, 'zod') && !(statement.importClause?.namedBindings !== undefined && ts.isNamespaceImport(statement.importClause.namedBindings))));
    expect(named.map(({ file }) => file)).toEqual([]);
  });

  test('what starts the program loads nothing heavy', () => {
    const loaded = [...reachable('cli/main.ts', atOnce), ...reachable('cli/cxw.ts', atOnce)];
    const heavy = imports.filter((one) => loaded.includes(one.from) && atOnce(one) && !isOurs(one.to)).map((one) => one.to);
    expect([...new Set(heavy)].filter((name) => !name.startsWith('node:')).sort()).toEqual(['commander']);
    expect(loaded.filter((file) => file.startsWith('world/') || file.startsWith('verbs/') || file.startsWith('domain/codes/'))).toEqual([]);
  });
});

describe('what a room may touch', () => {
  test('nobody prints but cli, through its streams', () => {
    expect(sources.filter(({ tree }) => mentions(tree, 'console')).map(({ file }) => file)).toEqual([]);
  });

  test('only main.ts touches the process', () => {
    const users = sources.filter(({ file, tree }) => file !== 'cli/main.ts' && mentions(tree, 'process')).map(({ file }) => file);
    expect(users.filter((file) => PROCESS_USERS[file] === undefined)).toEqual([]);
    expect(Object.keys(PROCESS_USERS).filter((file) => !users.includes(file))).toEqual([]);
  });

  test.each(['domain', 'output'])('%s has no clock, no chance and no timers', (room) => {
    const impure = sources.filter(({ file, tree }) => roomOf(file) === room && (
      hasCall(tree, (call) => ['Date.now', 'Math.random', 'performance.now', 'setTimeout', 'setInterval', 'queueMicrotask', 'fetch'].includes(nameOf(call)))
      || hasNew(tree, (made) => made.expression.getText() === 'Date' && (made.arguments?.length ?? 0) === 0)));
    expect(impure.map(({ file }) => file)).toEqual([]);
  });

  test('there is no drawer for odds and ends', () => {
    expect(sources.map(({ file }) => file).filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  test('nothing is typed any', () => {
    const loose: string[] = [];
    for (const { file, tree } of sources) walk(tree, (node) => { if (node.kind === ts.SyntaxKind.AnyKeyword) loose.push(file); });
    expect(loose).toEqual([]);
  });
});

function readSource(file: string): Source {
  const tree = ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.ES2023, true);
  const found: Import[] = [];
  walk(tree, (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ from: file, to: target(file, node.moduleSpecifier.text), typeOnly: isTypeOnly(node), lazy: false });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && ts.isStringLiteral(node.arguments[0]!)) {
      found.push({ from: file, to: target(file, node.arguments[0].text), typeOnly: false, lazy: true });
    }
  });
  return { file, tree, imports: found };
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    return node.isTypeOnly || (node.exportClause !== undefined && ts.isNamedExports(node.exportClause) && node.exportClause.elements.every((element) => element.isTypeOnly));
  }
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  return clause.name === undefined && clause.namedBindings !== undefined && ts.isNamedImports(clause.namedBindings) && clause.namedBindings.elements.every((element) => element.isTypeOnly);
}

function target(from: string, specifier: string): string {
  return specifier.startsWith('.') ? relative(src, resolve(src, dirname(from), specifier.replace(/\.js$/, '.ts'))) : specifier;
}

function reachable(start: string, follow: (one: Import) => boolean): string[] {
  const seen = new Set([start]);
  for (const file of seen) {
    for (const one of imports) if (one.from === file && isOurs(one.to) && follow(one)) seen.add(one.to);
  }
  return [...seen];
}

/** Files that reach themselves through values that are loaded at once. */
function circles(): string[] {
  return sources.map(({ file }) => file).filter((file) => imports
    .filter((one) => one.from === file && isOurs(one.to) && atOnce(one))
    .some((one) => reachable(one.to, atOnce).includes(file)));
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

function hasCall(tree: ts.SourceFile, matches: (call: ts.CallExpression) => boolean): boolean {
  let found = false;
  walk(tree, (node) => { found ||= ts.isCallExpression(node) && matches(node); });
  return found;
}

function hasNew(tree: ts.SourceFile, matches: (made: ts.NewExpression) => boolean): boolean {
  let found = false;
  walk(tree, (node) => { found ||= ts.isNewExpression(node) && matches(node); });
  return found;
}

/** Whether a file uses the global of this name: as `process.env`, not as a word, a property or a type. */
function mentions(tree: ts.SourceFile, name: string): boolean {
  let found = false;
  walk(tree, (node) => { found ||= ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name; });
  return found;
}

const nameOf = (call: ts.CallExpression): string => call.expression.getText();
const isText = (node: ts.Node | undefined, text: string): boolean => node !== undefined && ts.isStringLiteral(node) && node.text === text;
const told = ({ from, to }: Import): string => `${from} → ${to}`;
