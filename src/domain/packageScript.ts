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
  const line = scripts.get(named);
  if (line === undefined) return rest.includes('--if-present') ? '' : undefined;
  return [line, scripts.get(`pre${named}`), scripts.get(`post${named}`)].filter((one) => one !== undefined).join(' && ');
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

function scriptsIn(manifest: string | undefined): Map<string, string> {
  try {
    const parsed = JSON.parse(manifest ?? '{}') as { scripts?: unknown } | null;
    return new Map(Object.entries(parsed?.scripts ?? {}).filter((script): script is [string, string] => typeof script[1] === 'string'));
  } catch {
    return new Map();
  }
}
