import { argumentPath, pathspecWord, shellWord, showPath, type RepoPath } from '../paths.js';
import { asWritten, sh, type AsWritten } from '../shellLine.js';

/**
 * One reason to say no, or one thing that can be wrong: what is said about a case of it. `F` is the facts that a
 * particular case carries.
 */
export interface CodeEntry<F> {
  /** One sentence about this case. Foreign text in it is escaped where it is shown, not here. */
  says: (facts: F) => string;
  /** Commands that clear it, best first. Each works at the root of the repository, or has words in capitals to fill in; `workingFrom` turns them for readers elsewhere. */
  commands: (facts: F) => string[];
}

/** Gives an entry its facts' type. */
export const entry = <F>(told: CodeEntry<F>): CodeEntry<F> => told;

/** `3 files`, `1 file`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `a plan`, `an expert`. */
export const a = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
/** The same at the beginning of a sentence. */
export const A = (noun: string): string => a(noun).replace('a', 'A');

/** At most `most` items in words, and how many were left out. */
export function listed(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

/** Paths in words, as pathspecs of a command of git, and as words of one of cxw. */
export const paths = (some: readonly RepoPath[]): string => listed(some.map(showPath));
export const pathWords = (some: readonly RepoPath[]): AsWritten => asWritten(some.map(pathspecWord).join(' '));
/** Paths as words of a command of git that knows no `:(literal)`. */
export const fileWords = (some: readonly RepoPath[]): AsWritten => asWritten(some.map((path) => shellWord(path.startsWith(':') ? `./${path}` : path)).join(' '));
export const argumentWords = (some: readonly RepoPath[]): AsWritten => asWritten(some.map(argumentPath).join(' '));

/** Uncommitted work that a program changed, and of which there is no copy; and the folders among it that still stand. */
export interface Uncopied { uncopied?: RepoPath[]; nested?: RepoPath[] }
export const withoutCopy = ({ uncopied = [] }: Uncopied): string => (uncopied.length === 0 ? '' : `; no copy was made of ${paths(uncopied)}`);
/** How to look at what changed: git shows of a repository within this one only which commit it is at. */
export const seeChanged = ({ paths: some, nested = [] }: Uncopied & { paths: RepoPath[] }): string[] => [...nested.map((path) => sh`git -C ${path} status`), sh`git diff -- ${pathWords(some)}`];

/** Stages once more what was staged before. */
export const stagedAgain = ({ path, mode, id }: { path: RepoPath; mode: string; id: string }): string => sh`git update-index --add --cacheinfo ${mode} ${id} ${path}`;

/** A branch's short name. */
export const short = (ref: string): string => ref.replace(/^refs\/heads\//, '');

/** The push of a whole branch, which a person does: to the ref that it is delivered to, whatever that is called. */
export const push = ({ branch, remote, ref }: { branch: string; remote: string; ref: string }, ...options: string[]): string =>
  sh`${asWritten(['git push', ...options].join(' '))} ${remote} ${short(branch) === short(ref) ? short(branch) : `${short(branch)}:${ref}`}`;

/** Puts away what is not committed at these paths, new files too. */
export const stash = (some: readonly RepoPath[]): string => sh`git stash push --include-untracked -- ${pathWords(some)}`;

/** Commands that need no more words than the ticket. */
export const onTicket = (...commands: string[]) => ({ ticket }: { ticket: string }): string[] => commands.map((command) => sh`cxw ${asWritten(command)} ${ticket}`);

/** The way on when ticket, policy or base changed; and when what executes did, which a person agrees to. */
export const refresh = (ticket: string): string => sh`cxw rework ${ticket} --refresh`;
export const refreshByPerson = (ticket: string): string => sh`${asWritten(refresh(ticket))} --as human:NAME`;

/** Every setting of git that applies, and the file that it stands in. */
export const LIST_SETTINGS = 'git config --list --show-origin';
