import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from '../../support/property.js';
import { bytesOfPath, parsePath, pathFromBytes, showPath, type RepoPath } from '../../../src/domain/paths.js';
import { pathsInput, indexInfo } from '../../../src/domain/porcelain.js';
import { ODD_NAMES } from '../../support/dirt.js';
import { run, workshop, type Workshop } from '../../support/workshop.js';

/** What happens to a path of the ticket. */
const CHANGES = ['edit', 'edit', 'crlf', 'empty', 'delete', 'executable', 'link', 'edit and stage'] as const;
const CREATIONS = ['edit', 'crlf', 'empty', 'executable', 'link', 'edit and stage'] as const;
/** What a person left of a path that git knows, and of one that it does not. */
const DIRT = ['dirty', 'staged', 'partly staged', 'deleted', 'deletion staged, file there', 'deletion staged', 'mode', 'mode staged', 'link', 'renamed', 'assumed unchanged', 'skipped', 'skipped and dirty'] as const;
const NEW_DIRT = ['untracked', 'staged', 'intended', 'ignored', 'link'] as const;

export const HOOKS = {
  'none': undefined,
  'passes': ['pre-commit', 'exit 0'],
  'rejects': ['pre-commit', 'echo no >&2; exit 1'],
  'formats the scope': ['pre-commit', 'rm -f SCOPE && printf "formatted\\n" > SCOPE && git --literal-pathspecs add -- SCOPE'],
  'touches another file': ['pre-commit', 'echo touched >> README.md'],
  'adds everything': ['pre-commit', 'git add -A'],
  'changes the message': ['commit-msg', 'sed -i s/Greet/Hail/ "$1"'],
  'ends after the commit': ['post-commit', 'exit 0'],
  'fails after the commit': ['post-commit', 'exit 3'],
} as const satisfies Record<string, readonly [name: string, body: string] | undefined>;
export type Hook = keyof typeof HOOKS;

export interface World {
  scope: { path: RepoPath; change: (typeof CHANGES)[number] }[];
  others: { path: RepoPath; dirt: (typeof DIRT)[number] | (typeof NEW_DIRT)[number] }[];
  hook: Hook;
}

const PLAIN = ['src/a.txt', 'src/deep/b.txt', 'win.crlf', 'words.flt', 'run.sh', 'c.txt', 'sub/-A', 'sub/*', 'sub/new\nline'];
const TRACKED = [...ODD_NAMES, ...PLAIN] as RepoPath[];

const bytes = fc.uint8Array({ min: 1, minLength: 1, maxLength: 6 }).map((raw) => pathFromBytes(raw.filter((byte) => byte !== 0x2f)));
const signs = fc.string({ unit: fc.constantFrom(...'-:*?[]!#~"\'\\ \n\tü$`;&|<>(){}%@=+.A'), minLength: 1, maxLength: 6 });
const ending = fc.constantFrom('', '', '.txt', '.crlf', '.flt');
const newPath = fc.tuple(fc.constantFrom('', 'new/', 'src/', 'new/-r/'), fc.oneof(bytes, signs), ending).map(([folder, name, end]) => `${folder}${name}${end}` as RepoPath)
  .filter((path) => path.isWellFormed() || pathFromBytes(bytesOfPath(path)) === path)
  .filter((path) => parsePath(showPath(path)).ok && !TRACKED.includes(path) && !/^(\.|sub$|src$|new(\/-r)?$|src\/(a\.txt|deep)$|README)/.test(path) && path !== '-r');

/** Any state of a repository, any scope in it, and any hook. */
export const anyWorld = (hooks: readonly Hook[] = Object.keys(HOOKS) as Hook[]): fc.Arbitrary<World> => fc.record({
  tracked: fc.shuffledSubarray(TRACKED, { minLength: 2, maxLength: 10 }),
  created: fc.uniqueArray(newPath, { maxLength: 6 }),
  scoped: fc.integer({ min: 1, max: 3 }),
  added: fc.integer({ min: 0, max: 2 }),
  changes: fc.array(fc.constantFrom(...CHANGES), { minLength: 3, maxLength: 3 }),
  creations: fc.array(fc.constantFrom(...CREATIONS), { minLength: 2, maxLength: 2 }),
  dirt: fc.array(fc.constantFrom(...DIRT), { minLength: 10, maxLength: 10 }),
  newDirt: fc.array(fc.constantFrom(...NEW_DIRT), { minLength: 6, maxLength: 6 }),
  hook: fc.constantFrom(...hooks),
}).map(({ tracked, created, scoped, added, changes, creations, dirt, newDirt, hook }) => ({
  hook,
  scope: [
    ...tracked.slice(0, scoped).map((path, at) => ({ path, change: changes[at]! })),
    ...created.slice(0, added).map((path, at) => ({ path, change: creations[at]! })),
  ],
  others: [
    ...tracked.slice(scoped).map((path, at) => ({ path, dirt: dirt[at]! })),
    ...created.slice(added).map((path, at) => ({ path: newDirt[at] === 'ignored' ? `${path}.ign` as RepoPath : path, dirt: newDirt[at]! })),
  ],
}));

/** A repository of which worlds are made by copying, with its remote beside it. */
export interface Template {
  bench: Workshop;
  /** The index entry of each tracked path, and a blob that can be staged anywhere. */
  entries: Map<string, { mode: string; id: string }>;
  staged: string;
  copies: number;
}

export async function templateOf(): Promise<Template> {
  const bench = await workshop({
    'README.md': '# Workshop\n', '.gitignore': '*.ign\n', '.gitattributes': '*.crlf text eol=crlf\n*.flt filter=local\n',
    ...Object.fromEntries(TRACKED.map((path) => [path, `first ${path}\n`])),
  });
  await bench.git('config', 'filter.local.clean', 'sed s/local/shared/');
  await bench.git('remote', 'set-url', 'origin', '../remote.git');
  const lines = (await bench.git('ls-files', '-s', '-z')).split('\0').filter(Boolean);
  await bench.write('../staged', 'staged\n');
  return {
    bench, copies: 0,
    entries: new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), { mode: line.slice(0, 6), id: line.split(' ')[1]! }])),
    staged: await bench.git('hash-object', '-w', '--no-filters', '../staged'),
  };
}

/** One more copy of a repository, for as long as `use` runs. */
export async function inCopy<T>(template: Template, use: (copy: Workshop) => Promise<T>, of: Workshop = template.bench): Promise<T> {
  const folder = join(template.bench.folder, `copy-${++template.copies}`);
  await mkdir(folder);
  await run('cp', ['-a', of.root, of.remote, folder], {});
  const root = join(folder, 'repo');
  try {
    return await use({
      ...of, folder, root, remote: join(folder, 'remote.git'),
      git: (...args) => of.git('-C', root, ...args), gitBytes: (...args) => of.gitBytes('-C', root, ...args),
      write: async (path, content) => {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), content);
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives git bytes to read, in a workshop. */
export async function feed(bench: Workshop, input: Uint8Array, ...args: string[]): Promise<void> {
  const { exit, stderr } = await run('git', args, { cwd: bench.root, env: bench.env, input: input as unknown as string });
  if (exit !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}

/** Makes a copy of the template into this world. */
export async function settle(bench: Workshop, template: Template, { scope, others, hook }: World): Promise<void> {
  for (const { path, change } of scope) await alter(bench, path, change);
  for (const { path, dirt } of others) await soil(bench, path, dirt);
  const index = [
    ...scope.filter(({ change }) => change === 'edit and stage').map(({ path }) => ({ path, mode: '100644', id: template.staged })),
    ...others.flatMap(({ path, dirt }) => stagedBy(template, path, dirt)),
  ];
  const having = (...kinds: string[]): RepoPath[] => others.filter(({ dirt }) => kinds.includes(dirt)).map(({ path }) => path);
  const intended = having('intended');
  if (index.length > 0) await feed(bench, indexInfo(index), 'update-index', '-z', '--index-info');
  if (intended.length > 0) await feed(bench, pathsInput(intended), '--literal-pathspecs', 'add', '--intent-to-add', '--pathspec-from-file=-', '--pathspec-file-nul');
  for (const [bit, paths] of [['--assume-unchanged', having('assumed unchanged')], ['--skip-worktree', having('skipped', 'skipped and dirty')]] as const) {
    if (paths.length > 0) await feed(bench, pathsInput(paths), 'update-index', bit, '-z', '--stdin');
  }
  await plant(bench, hook, scope[0]!.path);
}

const place = (bench: Workshop, path: RepoPath): Buffer => Buffer.concat([Buffer.from(`${bench.root}/`), bytesOfPath(path)]);

async function put(bench: Workshop, path: RepoPath, content: string): Promise<void> {
  const at = place(bench, path);
  await mkdir(at.subarray(0, at.lastIndexOf(0x2f)), { recursive: true });
  await writeFile(at, content);
}

async function linked(bench: Workshop, path: RepoPath): Promise<void> {
  await put(bench, path, '');
  await rm(place(bench, path));
  await symlink('somewhere else', place(bench, path));
}

async function alter(bench: Workshop, path: RepoPath, change: World['scope'][number]['change']): Promise<void> {
  if (change === 'delete') return rm(place(bench, path));
  if (change === 'link') return linked(bench, path);
  await put(bench, path, { 'edit': 'new local\n', 'crlf': 'one\r\ntwo\r\n', 'empty': '', 'executable': '#!/bin/sh\n', 'edit and stage': 'staged\n' }[change]);
  if (change === 'executable') await chmod(place(bench, path), 0o755);
}

async function soil(bench: Workshop, path: RepoPath, dirt: World['others'][number]['dirt']): Promise<void> {
  switch (dirt) {
    case 'staged': return put(bench, path, 'staged\n');
    case 'deleted': case 'deletion staged': return rm(place(bench, path));
    case 'renamed': await rm(place(bench, path)); return put(bench, moved(path), `first ${path}\n`);
    case 'mode': case 'mode staged': return chmod(place(bench, path), 0o755);
    case 'link': return linked(bench, path);
    case 'deletion staged, file there': case 'skipped': return;
    default: return put(bench, path, `mine, local: ${dirt}\n`);
  }
}

const moved = (path: RepoPath): RepoPath => `moved/${path}` as RepoPath;

function stagedBy({ entries, staged }: Template, path: RepoPath, dirt: string): { path: RepoPath; mode: string; id: string }[] {
  const gone = { path, mode: '000000', id: '0'.repeat(40) };
  switch (dirt) {
    case 'staged': case 'partly staged': return [{ path, mode: '100644', id: staged }];
    case 'deletion staged': case 'deletion staged, file there': return [gone];
    case 'renamed': return [gone, { path: moved(path), ...entries.get(path)! }];
    case 'mode staged': return [{ path, mode: '100755', id: entries.get(path)!.id }];
    default: return [];
  }
}

async function plant(bench: Workshop, hook: Hook, path: RepoPath): Promise<void> {
  const planted = HOOKS[hook];
  if (planted === undefined) return;
  const [name, body] = planted;
  const word = `'${Buffer.from(bytesOfPath(path)).toString('latin1').replaceAll("'", "'\\''")}'`;
  const file = join(bench.root, '.git/hooks', name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(`#!/bin/sh\n${body.replaceAll('SCOPE', () => `./${word}`)}\n`, 'latin1'), { mode: 0o755 });
}

/** Runs this many cases of a property in two lanes: while one waits for git, the other goes on. */
export async function inTwoLanes<T>(cases: number, first: number, property: () => fc.IAsyncProperty<T>): Promise<void> {
  await Promise.all([0, 1].map((lane) => fc.assert(property(), { numRuns: Math.ceil(cases / 2), seed: first + lane })));
}
