import * as z from 'zod';
import { schemaProblems } from '../documents/issues.js';
import { judge } from '../documents/judge.js';
import type { Whereabouts } from '../documents/whereabouts.js';
import { nearest } from '../nearest.js';
import { complain, type Problem } from '../problem.js';

const words = z.string().trim().min(1);
const count = z.int().min(1);

/** Events at which Codex starts a hook; one of another name is never started, and nobody is told. */
const HOOK_EVENTS = [
  'SessionStart', 'SessionEnd', 'UserPromptSubmit', 'PreToolUse', 'PermissionRequest', 'PostToolUse', 'PreCompact', 'PostCompact',
  'SubagentStart', 'SubagentStop', 'Stop', 'Interrupt',
] as const;

const hook = z.looseObject({ type: words, command: words, timeout: count.optional() });

/**
 * What other programs expect of the files that are laid down for them. They know more keys than these, and change; but
 * without these they leave the file out, mostly without a word.
 */
export const shapes = {
  'codex-role': z.looseObject({
    name: words, description: words, developer_instructions: words, sandbox_mode: z.enum(['read-only', 'workspace-write', 'danger-full-access']).optional(),
    model: words.optional(), model_reasoning_effort: words.optional(), nickname_candidates: z.array(words).min(1).optional(),
  }).meta({ title: 'Codex role', description: 'A file below .codex/agents.' }),
  'codex-settings': z.looseObject({
    agents: z.looseObject({ max_threads: count.optional(), max_depth: count.optional() }).optional(), sandbox_mode: z.enum(['read-only', 'workspace-write', 'danger-full-access']).optional(),
  }).meta({ title: 'Codex settings', description: '.codex/config.toml.' }),
  'codex-hooks': z.looseObject({
    hooks: z.partialRecord(z.enum(HOOK_EVENTS), z.array(z.looseObject({ matcher: z.string().optional(), hooks: z.array(hook).min(1) }))),
  }).meta({ title: 'Codex hooks', description: '.codex/hooks.json.' }),
  'claude-role': z.looseObject({ name: words, description: words, tools: z.union([words, z.array(words)]).optional(), model: words.optional() })
    .meta({ title: 'Claude Code role', description: 'The front matter of a file below .claude/agents.' }),
  skill: z.looseObject({ name: words.max(64), description: words.max(1024) })
    .meta({ title: 'Skill', description: 'The front matter of a SKILL.md.' }),
  workflow: z.looseObject({ on: z.union([words, z.array(words), z.looseObject({})]), jobs: z.record(z.string(), z.looseObject({})) })
    .meta({ title: 'Workflow', description: 'A file below .github/workflows.' }),
} as const satisfies Record<string, z.ZodObject>;

export type Shape = keyof typeof shapes;

/** What is wrong with the values of such a file: what must be there, and keys that are a slip of the pen for one that is read. */
export function shapeProblems(of: Shape, value: unknown, where: Whereabouts): Problem[] {
  const schema: z.ZodObject = shapes[of];
  const judged = judge(schema, value);
  return [
    ...(judged.success ? [] : schemaProblems(judged.error.issues, { value, where, schema, format: of })),
    ...slips(Object.keys(schema.shape), Object.keys(value as object), of, where),
  ];
}

function slips(known: readonly string[], found: readonly string[], format: Shape, where: Whereabouts): Problem[] {
  return found.filter((key) => !known.includes(key)).flatMap((key) => {
    const near = nearest(key, known).filter((meant) => !found.includes(meant));
    return near[0] === undefined ? [] : [complain('unknown-key', { key, within: '', known: [...known], near, format }, where.key([key], `perhaps ${near[0]}`))];
  });
}
