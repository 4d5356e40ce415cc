import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseTree } from './answers.js';
import { isAbsence } from '../containment.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import { readObjects } from './objects.js';
import type { GitRunner } from './runner.js';

/**
 * Ids of the tickets in every branch here, local or remote-tracking, and in the sibling checkouts of this repository:
 * two calls of git, whatever the number of branches.
 */
export async function ticketIdsElsewhere(runner: GitRunner, places: Places): Promise<string[]> {
  const [committed, lying] = await Promise.all([
    namesInBranches(runner),
    onDisk('looking for tickets in sibling checkouts', async () => siblings(places).flatMap((root) => namesIn(join(root, 'tickets')))),
  ]);
  return [...new Set([...committed, ...lying].flatMap(ticketIdOf))].sort();
}

const ticketIdOf = (name: string): string[] => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []);

async function namesInBranches(runner: GitRunner): Promise<string[]> {
  const doing = 'looking for tickets in other branches';
  const refs = await runner.line(['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes'], { doing });
  const trees = await readObjects(runner, refs.split('\n').filter((ref) => ref !== '').map((ref) => `${ref}:tickets`), { doing });
  return trees.flatMap((tree) => (tree?.type === 'tree' ? parseTree(tree.content, tree.id.length / 2).map((entry) => entry.path as string) : []));
}

/** Roots of the other checkouts, read from the pointers that the shared git directory keeps. */
function siblings({ root, commonDirectory }: Places): string[] {
  const registry = join(commonDirectory, 'worktrees');
  const linked = namesIn(registry).flatMap((name) => {
    const pointer = textAt(join(registry, name, 'gitdir'));
    return pointer === undefined ? [] : [dirname(resolve(join(registry, name), pointer.replace(/\n$/, '')))];
  });
  const main = basename(commonDirectory) === '.git' ? [dirname(commonDirectory)] : [];
  return [...main, ...linked].filter((other) => other !== root);
}

const namesIn = (directory: string): string[] => ifThere(() => readdirSync(directory)) ?? [];
const textAt = (file: string): string | undefined => ifThere(() => readFileSync(file, 'utf8'));

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}
