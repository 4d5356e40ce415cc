/**
 * What a repository says about its own tools. Everything comes from files at its root; what they leave open is
 * `unknown`, with the reason. Nothing is guessed.
 */
export const UNKNOWN = 'unknown';

export interface Stack {
  package_manager: string;
  test: string;
  lint: string;
  build: string;
  /** Why something is unknown, for the person who can say it. */
  unknown: { what: Tool; why: string }[];
}

export type Tool = 'package_manager' | 'test' | 'lint' | 'build';
type Purpose = Exclude<Tool, 'package_manager'>;
const PURPOSES = ['test', 'lint', 'build'] as const satisfies readonly Purpose[];

/** Text of the files at the root, by name. A lock file counts by being there: its text may be left out as ''. */
export type RootFiles = Readonly<Record<string, string | undefined>>;

const LOCKFILES: Record<string, string> = {
  'package-lock.json': 'npm', 'npm-shrinkwrap.json': 'npm', 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun', 'bun.lockb': 'bun',
  'uv.lock': 'uv', 'poetry.lock': 'poetry', 'Pipfile.lock': 'pipenv', 'Cargo.lock': 'cargo', 'go.sum': 'go', 'composer.lock': 'composer', 'Gemfile.lock': 'bundler',
};
/** Manifests that only one tool reads, so that no lock file is needed to know it. */
const SOLE_MANAGERS: Record<string, string> = { 'Cargo.toml': 'cargo', 'go.mod': 'go', 'composer.json': 'composer', Gemfile: 'bundler' };
const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile'];

/** Lock files, whose presence is enough. */
export const LOCKFILE_NAMES = Object.keys(LOCKFILES);
/** Files whose text is needed. */
export const STACK_FILES = ['package.json', 'pyproject.toml', 'tox.ini', 'pytest.ini', ...MAKEFILES, ...Object.keys(SOLE_MANAGERS)];

/** Reads package manager and commands out of the files at the root. */
export function detectStack(files: RootFiles): Stack {
  const manager = packageManager(files);
  const commands = PURPOSES.map((purpose) => [purpose, only(sources.flatMap((source) => source(files, manager.value)[purpose] ?? []), purpose)] as const);
  const findings = [['package_manager', manager] as const, ...commands];
  return {
    ...(Object.fromEntries(findings.map(([what, found]) => [what, found.value])) as Record<Tool, string>),
    unknown: findings.flatMap(([what, found]) => (found.value === UNKNOWN ? [{ what, why: found.why }] : [])),
  };
}

interface Finding {
  value: string;
  why: string;
}

const known = (value: string): Finding => ({ value, why: '' });
const unknown = (why: string): Finding => ({ value: UNKNOWN, why });

function packageManager(files: RootFiles): Finding {
  const declared = /^(npm|pnpm|yarn|bun)@/.exec(textField(packageJson(files), 'packageManager') ?? '')?.[1];
  if (declared !== undefined) return known(declared);
  const locks = LOCKFILE_NAMES.filter((name) => files[name] !== undefined);
  const locked = [...new Set(locks.map((name) => LOCKFILES[name]!))];
  if (locked.length > 1) return unknown(`several lock files: ${locks.join(', ')}`);
  if (locked.length === 1) return known(locked[0]!);
  const sole = Object.keys(SOLE_MANAGERS).filter((name) => files[name] !== undefined);
  if (sole.length === 1 && files['package.json'] === undefined && files['pyproject.toml'] === undefined) return known(SOLE_MANAGERS[sole[0]!]!);
  return unknown('no lock file and no packageManager field');
}

/** One command, or why there is none: two sources that disagree are for a person to settle. */
function only(found: string[], purpose: Purpose): Finding {
  const different = [...new Set(found)];
  if (different.length === 1) return known(different[0]!);
  return unknown(different.length === 0 ? `no ${purpose} command was found` : `several were found: ${different.join('; ')}`);
}

type Commands = Partial<Record<Purpose, string>>;
type Source = (files: RootFiles, manager: string) => Commands;

const sources: Source[] = [makefile, nodeScripts, python, cargo, go, composer, ruby];

function makefile(files: RootFiles): Commands {
  const text = MAKEFILES.map((name) => files[name]).find((found) => found !== undefined) ?? '';
  return commandsFor((purpose) => (new RegExp(`^${purpose}[ \\t]*:(?!=)`, 'm').test(text) ? `make ${purpose}` : undefined));
}

/** npm comes with Node, so it can run scripts where no lock file names another; with several lock files nobody knows which. */
function nodeScripts(files: RootFiles, manager: string): Commands {
  const scripts = record(packageJson(files)?.['scripts']);
  const locked = LOCKFILE_NAMES.some((name) => files[name] !== undefined);
  const runner = ['npm', 'pnpm', 'yarn', 'bun'].includes(manager) ? manager : manager === UNKNOWN && !locked ? 'npm' : undefined;
  if (runner === undefined) return {};
  return commandsFor((purpose) => {
    const script = textField(scripts, purpose);
    if (script === undefined || script.includes('no test specified')) return undefined;
    return purpose === 'test' && runner !== 'bun' ? `${runner} test` : `${runner} run ${purpose}`;
  });
}

function python(files: RootFiles, manager: string): Commands {
  const project = files['pyproject.toml'] ?? '';
  const prefix = manager === 'uv' || manager === 'poetry' || manager === 'pipenv' ? `${manager} run ` : '';
  const hasTable = (name: string): boolean => new RegExp(`^\\s*\\[tool\\.${name}[\\].]`, 'm').test(project);
  const hasPytest = files['pytest.ini'] !== undefined || hasTable('pytest') || /^\[pytest\]/m.test(files['tox.ini'] ?? '');
  const hasTox = /^\[(tox|testenv)[\]:]/m.test(files['tox.ini'] ?? '') || hasTable('tox');
  return {
    test: hasTox ? `${prefix}tox` : hasPytest ? `${prefix}pytest` : undefined,
    lint: hasTable('ruff') ? `${prefix}ruff check .` : undefined,
  };
}

function cargo(files: RootFiles): Commands {
  return files['Cargo.toml'] === undefined ? {} : { test: 'cargo test', build: 'cargo build' };
}

/** Without -v, Go says of a package that it is ok, and nothing of its tests: nobody could count them. */
function go(files: RootFiles): Commands {
  return files['go.mod'] === undefined ? {} : { test: 'go test -v ./...', lint: 'go vet ./...', build: 'go build ./...' };
}

function composer(files: RootFiles): Commands {
  const scripts = record(parsedJson(files['composer.json'])?.['scripts']);
  return commandsFor((purpose) => (scripts?.[purpose] === undefined ? undefined : `composer run-script ${purpose}`));
}

function ruby(files: RootFiles): Commands {
  const names = (gem: string): boolean => new RegExp(`^\\s*gem\\s+['"]${gem}['"]`, 'm').test(files['Gemfile'] ?? '');
  return {
    test: names('rspec') || names('rspec-rails') ? 'bundle exec rspec' : undefined,
    lint: names('rubocop') ? 'bundle exec rubocop' : undefined,
  };
}

const commandsFor = (commandOf: (purpose: Purpose) => string | undefined): Commands =>
  Object.fromEntries(PURPOSES.map((purpose) => [purpose, commandOf(purpose)]));

const packageJson = (files: RootFiles): Record<string, unknown> | undefined => parsedJson(files['package.json']);

function parsedJson(text: string | undefined): Record<string, unknown> | undefined {
  try {
    return record(JSON.parse((text ?? 'null').replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;

function textField(value: Record<string, unknown> | undefined, name: string): string | undefined {
  const field = value?.[name];
  return typeof field === 'string' && field.trim() !== '' ? field : undefined;
}
