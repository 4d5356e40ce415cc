import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { shellWord } from '../domain/paths.js';
import { workingFrom, type Standpoint } from '../domain/workingFrom.js';
import type { Answer } from '../output/answer.js';
import { folderOf } from '../world/beginning.js';
import { isSparse } from '../world/sparse.js';
import type { Run } from './cxw.js';

/** An answer whose every command works where the reader types it. */
export function answerFrom(run: Run, answer: Answer): Answer {
  const turned = workingFrom(standpointOf(run));
  const typed = ['cxw', ...run.argv].map(shellWord).join(' ');
  // What they are to type again says already where it is to work.
  const working = (command: string): string => (command === typed ? command : turned(command));
  return {
    ...answer,
    data: dataFrom(answer, working),
    problems: answer.problems.map((problem) => ({ ...problem, commands: problem.commands.map(working) })),
    next: answer.next.map(working),
  };
}

function standpointOf({ io: { cwd }, asked: { directory }, world }: Run): Standpoint {
  // Where there is no repository, what is offered is for the folder in which none was found.
  if (world === undefined) return { root: directory, directory, isSparse: false };
  const { root } = world.places;
  const [here, started] = [cwd, folderOf({ cwd, directory })].map(real);
  const way = here === undefined || (directory !== undefined && isAbsolute(directory)) ? root : relative(here, root);
  return { root: here === root ? undefined : way, directory: here === started ? undefined : directory, isSparse: isSparse(world.places) };
}

/** Where a folder is; nothing when it has gone meanwhile. */
function real(folder: string | undefined): string | undefined {
  try {
    return folder && realpathSync.native(folder);
  } catch {
    return undefined;
  }
}

/** Two commands keep commands in their data. */
function dataFrom({ command, data }: Answer, working: (command: string) => string): object {
  const { checks, overwritten } = data as { checks?: { fix?: string }[]; overwritten?: { bringBack: string }[] };
  if (command === 'doctor' && checks !== undefined) return { ...data, checks: checks.map((check) => ({ ...check, fix: check.fix && working(check.fix) })) };
  if (command === 'abandon' && overwritten !== undefined) return { ...data, overwritten: overwritten.map((one) => ({ ...one, bringBack: working(one.bringBack) })) };
  return data;
}
