import { baseName } from './noOp.js';

/**
 * The line of package.json that a command runs: for `npm test` and `pnpm run lint`. Nothing for other commands; empty
 * where there is no such script, which `--if-present` lets pass.
 */
export function scriptOf(argv: readonly string[], manifest: string | undefined): string | undefined {
  const [program = '', ...rest] = argv;
  const named = scriptNamed(baseName(program), rest.filter((word) => !word.startsWith('-')));
  if (named === undefined || rest.some((word) => DIRECTED.test(word))) return undefined;
  const scripts = scriptsIn(manifest);
  if (scripts[named] === undefined) return rest.includes('--if-present') ? '' : undefined;
  const around = [scripts[`pre${named}`], scripts[`post${named}`]].filter((line) => line !== undefined);
  return [scripts[named], ...around].join(' && ');
}

/** Only yarn and pnpm take any word that is none of their own commands for a script; `bun test` is a runner of its own. */
function scriptNamed(manager: string, [first, second]: readonly string[]): string | undefined {
  if (!PACKAGE_MANAGERS.has(manager)) return undefined;
  if (first === 'run' || first === 'run-script') return second;
  if (manager === 'npm') return first !== undefined && /^(t|tst|test)$/.test(first) ? 'test' : undefined;
  return manager === 'bun' ? undefined : first;
}

const PACKAGE_MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
/** Flags that lead to the scripts of another folder. */
const DIRECTED = /^(-C|-w|-r|-F|--prefix|--workspaces?|--filter|--recursive|--dir|--cwd)(=|$)/;

function scriptsIn(manifest: string | undefined): Record<string, string | undefined> {
  try {
    const parsed = JSON.parse(manifest ?? '{}') as { scripts?: Record<string, string | undefined> } | null;
    return parsed?.scripts ?? {};
  } catch {
    return {};
  }
}
