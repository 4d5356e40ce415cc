/** What git is asked first. Each is one list, so that an answer that was asked for early is known by its question. */
export type Question = readonly string[];

/** Which repository this is. */
export const WHERE: Question = ['rev-parse', '--path-format=absolute', '--show-toplevel', '--absolute-git-dir', '--git-common-dir'];

/** How its worktree differs from HEAD; paths from the root, wherever it is asked. */
export const STATUS: Question = ['status', '--porcelain=v2', '-z', '--branch', '--untracked-files=all', '--no-renames', '--ignore-submodules=none'];

/** The whole configuration that applies, in git's order. */
export const SETTINGS: Question = ['config', '--list', '-z', '--show-scope', '--includes'];

/** Every entry of the index, with the letters of its flags. No file is compared for it. */
export const LINES_OF_INDEX: Question = ['ls-files', '--stage', '-v', '-z'];

/** Which git this is. */
export const VERSION: Question = ['version'];

/** Settings that would make `status` leave something out. */
export const TELL_ALL = ['status.showStash=false', 'status.aheadBehind=true', 'status.renames=false', 'diff.ignoreSubmodules=none'];
