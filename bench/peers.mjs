// What others take for the same kind of work, on as many items of the same size. They are installed from the registry
// into a folder that goes away again, without their install scripts; telemetry is off.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = { openspec: '@fission-ai/openspec@1.13.2', backlog: 'backlog.md@1.52.0', 'task-master': 'task-master-ai@0.43.1' };
const QUIET = { CI: '1', DO_NOT_TRACK: '1', OPENSPEC_TELEMETRY: '0', TASKMASTER_ANONYMOUS_TELEMETRY: 'false' };

/** The kinds of work that are compared; `cxw` answers each with a command of its own. */
export const WORKS = ['start', 'list', 'show one', 'check all', 'new one'];

/** Installs them below `folder`; `{ peersAt }`, or `{ missing }` with the reason where the registry is out of reach. */
export function peersIn(folder, env) {
  const home = join(folder, 'peers');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  const installed = run(home, process.env, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...Object.values(PACKAGES));
  if (installed.status !== 0) return { missing: installed.stderr.trim().split('\n').at(-1) ?? 'npm install failed' };
  const program = (name) => join(home, 'node_modules/.bin', name);
  const peerEnv = { ...env, ...QUIET };
  const command = (name, cwd, args) => ({ command: program(name), args, cwd, env: peerEnv });

  /** `{ peer: { work: () => command } }` on `count` items each. */
  function peersAt(count) {
    const at = (name) => join(folder, `${name}-${count}`);
    for (const name of Object.keys(PACKAGES)) {
      mkdirSync(at(name), { recursive: true });
      run(at(name), env, 'git', 'init', '--quiet');
      SET_UP[name]((...args) => run(at(name), peerEnv, program(name), ...args), at(name), count);
    }
    const of = (name, args) => () => command(name, at(name), args);
    return {
      OpenSpec: { start: of('openspec', ['--version']), list: of('openspec', ['list']), 'show one': of('openspec', ['show', 'change-5', '--no-interactive']), 'check all': of('openspec', ['validate', '--all', '--no-interactive']), 'new one': fresh((n) => command('openspec', at('openspec'), ['new', 'change', `another-${n}`])) },
      'Backlog.md': { start: of('backlog', ['--version']), list: of('backlog', ['task', 'list', '--plain']), 'show one': of('backlog', ['task', '5', '--plain']), 'new one': of('backlog', ['task', 'create', 'Another', '--plain']) },
      'Task Master': { start: of('task-master', ['--version']), list: of('task-master', ['list', '--compact']), 'show one': of('task-master', ['show', '5']) },
    };
  }
  return { peersAt };
}

/** A command that makes something new needs a name that nobody has yet. */
function fresh(name) {
  let made = 0;
  return () => name(++made);
}

const numbers = (count) => Array.from({ length: count }, (_, at) => at + 1);

const SET_UP = {
  openspec(openspec, folder, count) {
    openspec('init', '--tools', 'none', '.');
    for (const n of numbers(count)) {
      const change = join(folder, 'openspec/changes', `change-${n}`);
      mkdirSync(join(change, 'specs', `capability-${n}`), { recursive: true });
      writeFileSync(join(change, 'proposal.md'), `# Change ${n}\n\n## Why\nThe greeting number ${n} says the wrong thing, and people who read it are led astray.\n\n## What Changes\n- The greeting says the right thing.\n`);
      writeFileSync(join(change, 'tasks.md'), `## 1. Work\n${numbers(8).map((task) => `- [ ] 1.${task} Change line ${task} of the greeting\n`).join('')}`);
      writeFileSync(join(change, 'specs', `capability-${n}`, 'spec.md'), `## ADDED Requirements\n${numbers(4).map((r) => `\n### Requirement: Greeting ${r}\nThe system SHALL greet.\n\n#### Scenario: It greets\n- **WHEN** somebody comes\n- **THEN** it greets\n`).join('')}`);
    }
  },
  backlog(backlog, folder, count) {
    backlog('init', 'bench', '--agent-instructions', 'none', '--check-branches', 'false', '--include-remote', 'false', '--auto-open-browser', 'false', '--defaults');
    mkdirSync(join(folder, 'backlog/tasks'), { recursive: true });
    const lines = numbers(8).map((n) => `- [ ] #${n} Line ${n} of the greeting says the right thing\n`).join('');
    const words = 'The greeting says the wrong thing, and people who read it are led astray.\n'.repeat(24);
    for (const n of numbers(count)) {
      writeFileSync(join(folder, 'backlog/tasks', `task-${n} - Greeting-${n}.md`), `---\nid: TASK-${n}\ntitle: Greeting ${n}\nstatus: To Do\nassignee: []\ncreated_date: '2026-01-01 00:00'\nlabels: []\ndependencies: []\nordinal: ${n}000\n---\n\n## Description\n\n<!-- SECTION:DESCRIPTION:BEGIN -->\n${words}<!-- SECTION:DESCRIPTION:END -->\n\n## Acceptance Criteria\n<!-- AC:BEGIN -->\n${lines}<!-- AC:END -->\n`);
    }
  },
  'task-master'(taskMaster, folder, count) {
    taskMaster('init', '-y', '--name', 'bench', '--rules', 'none');
    mkdirSync(join(folder, '.taskmaster/tasks'), { recursive: true });
    const tasks = numbers(count).map((id) => ({ id, title: `Greeting ${id}`, description: 'It says the wrong thing.', status: 'pending', dependencies: [], priority: 'medium', details: 'People who read it are led astray. '.repeat(40), testStrategy: 'Read it.', subtasks: [] }));
    const metadata = { created: '2026-01-01T00:00:00.000Z', updated: '2026-01-01T00:00:00.000Z', description: 'bench' };
    writeFileSync(join(folder, '.taskmaster/tasks/tasks.json'), JSON.stringify({ master: { tasks, metadata } }));
  },
};

function run(cwd, env, command, ...args) {
  return spawnSync(command, args, { cwd, env, encoding: 'utf8', input: '' });
}

/** Names and versions, for the page. */
export const PEERS = Object.values(PACKAGES);

