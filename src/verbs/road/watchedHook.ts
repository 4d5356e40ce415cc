import { compileGlobs } from '../../domain/globs.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import { locked, type Standing } from './standing.js';
import { harmRemark, hookFacts, watching, type Apart, type Harm, type Watched } from './watching.js';

/**
 * Does what runs a hook, and watches over uncommitted work meanwhile. What it did to that work is a reason to stop; what
 * the policy leaves to programs is told, and stops nothing.
 */
export async function watchingHook<T>(standing: Standing, hook: Watched, apart: Apart, act: () => Promise<T>): Promise<{ result: T; touched: Refusal[] }> {
  const { result, harm } = await watching(standing, hook, apart, act);
  if (harm.touched.length === 0) return { result, touched: [] };
  if (!harm.touched.every(compileGlobs(locked(standing).policy.authorized))) return { result, touched: [touchedWork(standing, harm)] };
  standing.remarks.push(harmRemark(standing.ticket, harm));
  return { result, touched: [] };
}

export const touchedWork = ({ ticket }: Standing, harm: Harm): Refusal => refuse('hook-touched-work', hookFacts(ticket, harm));
