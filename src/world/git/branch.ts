import type { ObjectId } from '../../domain/changeSet.js';
import { failed } from '../errors.js';
import type { Branch } from './index.js';
import type { Places } from '../places.js';
import { hindrance } from './conditions.js';
import type { GitRunner } from './runner.js';

/** The branch that HEAD names, read and moved through git only: refs may be packed, or no files at all. */
export function openBranch(runner: GitRunner, places: Places): Branch {
  const read = async (ref: string): Promise<ObjectId | undefined> => {
    const { exit, stdout } = await runner.attempt(['show-ref', '--verify', '--hash', ref], { doing: 'reading the branch' });
    return exit === 0 ? stdout.toString('utf8').trim() : undefined;
  };

  const head: Branch['head'] = async () => {
    const { exit, stdout } = await runner.attempt(['rev-parse', 'HEAD^{commit}', '--symbolic-full-name', 'HEAD'], { doing: 'reading HEAD', config: FIRST_MEANING });
    const [id, name] = stdout.toString('utf8').split('\n');
    if (exit === 0 && name === 'HEAD') return { ref: undefined, id };
    if (exit === 0 && name?.startsWith('refs/') && !name.endsWith('/HEAD')) return { ref: name, id };
    // A branch without a commit has a name all the same, and what was answered then is of another ref that is called HEAD.
    const ref = answerOf(await runner.attempt(['symbolic-ref', '--quiet', 'HEAD'], { doing: 'reading HEAD' }));
    if (ref === '') throw failed('git-failed', { doing: 'reading HEAD', said: 'it named nothing, and reported success' });
    return { ref, id: exit === 0 && ref === name ? id : undefined };
  };

  return {
    read,
    head,

    move: async (ref, from, to, why) => {
      // An empty or all-zero id would create or delete the branch; HEAD would move whatever branch it names by then.
      if (!ref.startsWith('refs/heads/') || [from, to].some((id) => !/^(?=.*[1-9a-f])([0-9a-f]{40}|[0-9a-f]{64})$/.test(id))) {
        throw new Error(`not a move of a branch: ${ref} ${from} ${to}`);
      }
      const { exit, stderr } = await runner.attempt(['update-ref', '-m', why, ref, to, from], { doing: 'moving the branch' });
      const at = await head();
      const now = at.ref === ref ? at.id : await read(ref);
      if (now === from && from !== to && exit !== 0 && HELD_BY_HOOK.test(stderr)) return { moved: false, now, head: at, refused: stderr.trim() };
      // Nobody else moved it, so something kept git from it, whatever it answered.
      if (now === from && from !== to) throw await hindrance(places, 'moving the branch', exit === 0 ? 'it answered that it was done, and nothing moved' : stderr);
      return { moved: now === to, now, head: at };
    },
  };
}

/** Where a tag or a branch is called HEAD too, git otherwise tells no name at all, and that without a failure. */
const FIRST_MEANING = ['core.warnAmbiguousRefs=false'];

/** What git says in C when the reference-transaction hook says no. */
const HELD_BY_HOOK = /updates? aborted by (the reference-transaction )?hook/;

const answerOf = ({ exit, stdout }: { exit: number; stdout: Buffer }): string | undefined =>
  (exit === 0 ? stdout.toString('utf8').replace(/\n$/, '') : undefined);
