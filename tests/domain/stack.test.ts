import { describe, expect, test } from 'vitest';
import { detectStack, type RootFiles } from '../../src/domain/stack.js';

const scripts = (commands: Record<string, string>, rest: object = {}): string => JSON.stringify({ scripts: commands, ...rest });
const unknowns = (files: RootFiles): string[] => detectStack(files).unknown.map(({ what }) => what);

describe('what a repository says about its tools', () => {
  test('an empty one says nothing, and that is what is recorded', () => {
    expect(detectStack({})).toMatchObject({ package_manager: 'unknown', test: 'unknown', lint: 'unknown', build: 'unknown' });
    expect(unknowns({})).toEqual(['package_manager', 'test', 'lint', 'build']);
  });

  test.each<[string, RootFiles, Record<string, string>]>([
    ['npm', { 'package.json': scripts({ test: 'vitest', lint: 'eslint .', build: 'tsc' }), 'package-lock.json': '' },
      { package_manager: 'npm', test: 'npm test', lint: 'npm run lint', build: 'npm run build' }],
    ['pnpm', { 'package.json': scripts({ test: 'vitest' }), 'pnpm-lock.yaml': '' }, { package_manager: 'pnpm', test: 'pnpm test' }],
    ['yarn', { 'package.json': scripts({ test: 'jest', lint: 'eslint' }), 'yarn.lock': '' }, { test: 'yarn test', lint: 'yarn run lint' }],
    ['bun, whose own test command is something else', { 'package.json': scripts({ test: 'x' }), 'bun.lockb': '' }, { package_manager: 'bun', test: 'bun run test' }],
    ['a declared manager beside two lock files', { 'package.json': scripts({ test: 'x' }, { packageManager: 'pnpm@9.1.0' }), 'yarn.lock': '', 'package-lock.json': '' },
      { package_manager: 'pnpm', test: 'pnpm test' }],
    ['scripts without a lock file', { 'package.json': scripts({ test: 'node --test' }) }, { package_manager: 'unknown', test: 'npm test' }],
    ['make', { Makefile: 'test: build\n\tgo test\nlint := no\n' }, { test: 'make test', lint: 'unknown' }],
    ['uv with pytest and ruff', { 'pyproject.toml': '[tool.pytest.ini_options]\n[tool.ruff]\n', 'uv.lock': '' }, { package_manager: 'uv', test: 'uv run pytest', lint: 'uv run ruff check .' }],
    ['tox', { 'pyproject.toml': '[tool.pytest.ini_options]\n', 'tox.ini': '[tox]\n' }, { test: 'tox' }],
    ['cargo', { 'Cargo.toml': '[package]\n' }, { package_manager: 'cargo', test: 'cargo test', build: 'cargo build', lint: 'unknown' }],
    ['go', { 'go.mod': 'module x\n' }, { package_manager: 'go', test: 'go test -v ./...', lint: 'go vet ./...' }],
    ['composer', { 'composer.json': scripts({ test: 'phpunit' }) }, { package_manager: 'composer', test: 'composer run-script test', lint: 'unknown' }],
    ['bundler', { Gemfile: "gem 'rspec'\ngem \"rubocop\", require: false\n" }, { package_manager: 'bundler', test: 'bundle exec rspec', lint: 'bundle exec rubocop' }],
  ])('%s', (_, files, expected) => {
    expect(detectStack(files)).toMatchObject(expected);
  });

  test("npm's own stand-in is no test command", () => {
    const files = { 'package.json': scripts({ test: 'echo "Error: no test specified" && exit 1' }), 'package-lock.json': '' };
    expect(detectStack(files).test).toBe('unknown');
  });

  test('several lock files leave manager and scripts unknown, and say which', () => {
    const stack = detectStack({ 'package.json': scripts({ test: 'x' }), 'yarn.lock': '', 'package-lock.json': '' });
    expect(stack).toMatchObject({ package_manager: 'unknown', test: 'unknown' });
    expect(stack.unknown[0]).toEqual({ what: 'package_manager', why: 'several lock files: package-lock.json, yarn.lock' });
  });

  test('two sources that disagree are for a person to settle', () => {
    const stack = detectStack({ 'package.json': scripts({ test: 'x' }), 'package-lock.json': '', Makefile: 'test:\n' });
    expect(stack.test).toBe('unknown');
    expect(stack.unknown.find(({ what }) => what === 'test')?.why).toBe('several were found: make test; npm test');
  });

  test.each(['{', '[]', 'null', '"text"', '{"scripts": []}', '{"scripts": {"test": 7}}', ''])('a package.json that holds %s says nothing', (text) => {
    expect(detectStack({ 'package.json': text }).test).toBe('unknown');
  });
});
