import { asWritten, sh } from './shellLine.js';

/**
 * Where a reader types. Commands are written for the root of a whole checkout, which is all that a rule knows; where they
 * are typed elsewhere, they are turned into what does the same there.
 */
export interface Standpoint {
  /** The root, as it is written from where they stand; absent where that is the root, or no other place is known. */
  root?: string;
  /** Where they told cxw to go, in their words; absent where it was to stay. */
  directory?: string;
  /** Only a part of the repository is checked out. */
  isSparse: boolean;
}

/**
 * Turns a command that is written for the root into one that does the same where the reader types it. It is taken to the
 * root as a whole: which of its words are paths, and to whom, only its program knows.
 */
export function workingFrom({ root, directory, isSparse }: Standpoint): (command: string) => string {
  return (command) => {
    if (ANYWHERE.test(command)) return command;
    if (OWN.test(command)) return sentTo(readsDocument(command) ? root : directory, command);
    const whole = isSparse ? command.replace(STAGING, '$& --sparse') : command;
    return root === undefined || (directory === undefined && IN_REPOSITORY.test(command)) ? whole : at(root, whole);
  };
}

/** What asks nothing of the place; and `unset`, which in a shell of its own would do nothing. */
const ANYWHERE = /^(?:git --version|git config --global |cxw -C |cxw (?:explain|guide|schema)\b|cxw [^']*--help$|(?:date|kill|node|unset) )/;
const OWN = /^(?:[A-Z_]+=\S* )?cxw /;
/** What does the same in every folder of a repository, as long as it names no path; and a look at what they named from theirs. */
const IN_REPOSITORY = /^(?:git (?:branch|config|fetch|log|ls-remote|notes|pull|push|remote|show|status|switch)\b(?!.* -- )|ls -la$)/s;
/** What refuses paths beyond the part that is checked out, unless it is told that they are meant. */
const STAGING = /^git add\b/;

/** cxw finds the repository around the reader, and takes paths as they are from its root; but a document it reads from where it is started. */
const readsDocument = (command: string): boolean => /^cxw record .* --file tickets\//s.test(command);

const sentTo = (folder: string | undefined, command: string): string => (folder === undefined ? command : command.replace(/\bcxw /, () => sh`cxw -C ${folder} `));

/** git goes there by itself. Other programs, and lines of more than one, are taken there by a shell of their own: what they name is theirs to read. */
function at(root: string, command: string): string {
  const isGitAlone = command.startsWith('git ') && !/[|&;<>]|\$\(git /.test(command);
  return isGitAlone ? sh`git -C ${root} ${asWritten(command.slice('git '.length))}` : sh`(cd -P ${plainly(root)} && ${asWritten(command)})`;
}

/** A folder that `cd` looks for nowhere else. */
const plainly = (folder: string): string => (/^(?:\/|\.\.?(?:\/|$))/.test(folder) ? folder : `./${folder}`);
