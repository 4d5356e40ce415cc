/**
 * By package manager, the command with which a workflow installs what a project names, cxw among it. What packages
 * would run while they are installed is left out where the manager can.
 */
const INSTALLS: Readonly<Record<string, string>> = {
  npm: 'npm ci --ignore-scripts',
  pnpm: 'corepack enable && pnpm install --frozen-lockfile --ignore-scripts',
  yarn: 'corepack enable && yarn install --frozen-lockfile',
};

const SAY_HOW = "echo '::error file=.github/workflows/cxw.yml::Say in the step that installs cxw how that is done here.'; exit 1";

/** That command; where the manager leaves open how cxw gets there, one that fails and says so. */
export const installCommand = (packageManager: string): string => INSTALLS[packageManager] ?? SAY_HOW;
