import * as z from 'zod';
import { globFault } from './globs.js';
import { parsePath, type RepoPath } from './paths.js';

/** One printable line. */
export const line = (most: number) => z.string().trim().min(1).max(most).regex(/^[^\n]*$/, 'must be one line');
/** Words, of several lines if need be. */
export const text = z.string().trim().min(1).max(4000);

/** A path as it is written; read into the `RepoPath` it names. */
export const writtenPath = z.string().max(4096).transform((written, context): RepoPath => {
  const parsed = parsePath(written);
  if (parsed.ok) return parsed.path;
  context.addIssue({ code: 'custom', message: parsed.fault, params: { fault: parsed.fault, written } });
  return z.NEVER;
}).meta({ description: 'A path inside the repository, plain or C-quoted as git prints unusual names.' });

/** A path in the ledger: it was checked when it was first read, and JSON carries it exactly. */
export const storedPath = z.string().min(1).max(8192).transform((text) => text as RepoPath);
/** How paths are noted: as people write them, or as the ledger keeps them. */
export type PathNotation = z.ZodType<RepoPath, string>;

/** A glob in the dialect of `globs.ts`, or a plain path. */
export const writtenGlob = z.string().max(512).superRefine((pattern, context) => {
  const fault = globFault(pattern);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, params: { glob: pattern, fault } });
}).meta({ description: 'A pattern over changed paths: * ? [class] {a,b} and ** for any number of directories.' });
