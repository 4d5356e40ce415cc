/** Where things are, as absolute paths of this machine. Never published. */
export interface Places {
  /** The worktree's root, symbolic links resolved. */
  root: string;
  /** This worktree's own git directory. */
  gitDirectory: string;
  /** The git directory that linked worktrees share. */
  commonDirectory: string;
  /** Live state of this worktree: `<git directory>/cxw`. */
  state: string;
  /** State that sibling worktrees share: `<common directory>/cxw`. */
  shared: string;
}
