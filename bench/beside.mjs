// cxw and its peers at the same kind of work on as many items: each beside `node -e 0`, in one run.
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { repositoryOf } from './manyTickets.mjs';
import { PEERS, peersIn, WORKS } from './peers.mjs';

/** How often a command is run beside its yardstick: what takes long is disturbed less. */
const pairsFor = (count, pairs) => (count >= 10_000 ? 2 : count >= 1000 ? 3 : Math.min(pairs, 5));

/**
 * Rows of `[work, count, { name: comparison }]`, and the names in their order; or `{ missing }`, the reason why the peers
 * could not be installed.
 */
export function rowsBeside({ folder, program, env, pairs, most }) {
  const { peersAt, missing } = peersIn(folder, env);
  if (missing !== undefined) return { missing };
  const node = () => ({ command: process.execPath, args: ['-e', '0'], cwd: folder, env });
  const rows = [10, 1000, 10_000].filter((count) => count <= most).flatMap((count) => {
    const all = { cxw: ours(count, { folder, program, env }), ...peersAt(count) };
    const works = WORKS.filter((work) => work !== 'start' || count === 10);
    return works.map((work) => [work, count, Object.fromEntries(Object.entries(all).map(([name, commands]) => [name, commands[work] && compare(commands[work], node, pairsFor(count, pairs))]))]);
  });
  return { rows, names: ['cxw', 'OpenSpec', 'Backlog.md', 'Task Master'], versions: PEERS };
}

function ours(count, { folder, program, env }) {
  const cwd = join(folder, `cxw-${count}`);
  const ids = repositoryOf(count, { folder: cwd, program, env });
  const of = (...args) => () => ({ command: process.execPath, args: [program, ...args], cwd, env });
  return {
    start: of('--version'),
    list: of('ticket', 'list'),
    'show one': of('ticket', 'show', ids[4]),
    'check all': of('validate'),
    'new one': of('ticket', 'new', '--quick', 'Another', '--file', 'src/file-1.txt', '--accept', 'The file shall say so.', '--prove', 'grep -q . src/file-1.txt', '--plan', 'Say so.', '--why', 'One word.'),
  };
}
