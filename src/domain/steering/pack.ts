import * as z from 'zod';
import type { Whereabouts } from '../documents/whereabouts.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { writtenGlob } from '../ticketFields.js';
import { MODES } from './modes.js';

const line = z.string().trim().min(1).max(400).regex(/^[^\n]*$/, 'must be one line');
const key = z.string().max(80).regex(/^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*$/, 'must look like errors.style');

export const steeringSchema = z.strictObject({
  id: z.string().max(60).regex(/^[a-z][a-z0-9-]*$/, 'must be a word of lower-case letters, digits and dashes').meta({ description: 'Also the name of the file, without .md.' }),
  title: line,
  inclusion: z.strictObject({
    mode: z.enum(MODES).meta({ description: 'always: for every ticket. fileMatch: where a path of the ticket matches. auto: where the ticket speaks of what the description says. manual: where the ticket names the pack.' }),
    fileMatch: z.array(writtenGlob).max(100).optional().meta({ description: 'The patterns of the mode fileMatch.' }),
    description: line.optional().meta({ description: 'What the pack is about. For the mode auto, its words are looked for in title and kind of the ticket.' }),
  }),
  rules: z.array(z.strictObject({ key, value: z.union([line, z.number(), z.boolean()]) })).max(100).default([])
    .meta({ description: 'What can be said in a word. Two packs that set one key differently are a conflict.' }),
}).meta({ title: 'cxw steering pack', description: 'The front matter of a guidance pack.' });

type FrontMatter = z.infer<typeof steeringSchema>;

/** A guidance pack, with its text below the front matter. */
export interface SteeringPack extends FrontMatter {
  path: RepoPath;
  body: string;
}

/** What its parts say together, and what its name says. */
export function steeringProblems({ id, inclusion, rules }: FrontMatter, path: RepoPath, where: Whereabouts): Problem[] {
  const file = showPath(path).replace(/^.*\//, '');
  const need = inclusion.mode === 'fileMatch' ? 'fileMatch' : inclusion.mode === 'auto' ? 'description' : undefined;
  const given = need === undefined ? [] : inclusion[need] ?? [];
  return [
    ...(file === `${id}.md` ? [] : [complain('steering-name', { id, file }, where.value(['id'], `the file is called ${file}`))]),
    ...(need !== undefined && given.length === 0 ? [complain('steering-mode', { mode: inclusion.mode, need }, where.value(['inclusion', 'mode'], `needs ${need}`))] : []),
    ...rules.flatMap((rule, at) => (rules.findIndex((other) => other.key === rule.key) < at
      ? [complain('steering-rule-twice', { key: rule.key }, where.value(['rules', at, 'key'], 'set above already'))]
      : [])),
  ];
}
