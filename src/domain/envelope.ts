import * as z from 'zod';

const severity = z.enum(['error', 'warning', 'note']);
const position = z.int().min(1);

const problemSchema = z.object({
  code: z.string().meta({ description: 'What is wrong; `cxw explain CODE` says more.' }),
  message: z.string(),
  severity: severity.meta({ description: 'Only an error stops anything.' }),
  file: z.string().optional().meta({ description: 'Path in the repository, C-quoted as git prints unusual names.' }),
  line: position.optional(),
  column: position.optional().meta({ description: 'Counts characters, from 1.' }),
  endLine: position.optional(),
  endColumn: position.optional().meta({ description: 'The first character after the marked text.' }),
  fix: z.object({ command: z.string() }).optional().meta({ description: 'The command that clears it, where there is one.' }),
});

const fields = {
  ok: z.boolean().meta({ description: 'Whether it is done: exit 0.' }),
  code: z.string().optional().meta({ description: 'Why it is not done: the code of the first error.' }),
  exit: z.int().min(0).max(255).meta({ description: 'The exit code of the process.' }),
  problems: z.array(problemSchema).meta({ description: 'Every refusal, problem and remark, in the order to be read.' }),
  next: z.array(z.string()).meta({ description: 'Commands that go on from here, best first. Each works where this one was typed.' }),
};

/**
 * With `--json`, standard output is exactly one such document, whatever happens. Fields are only ever added within a
 * version; absent means absent, never null; times are UTC, durations milliseconds.
 */
export const envelopeWith = <D extends z.ZodType>(name: z.ZodType<string>, data: D) =>
  z.object({ schema: name, ...fields, data });

export const envelopeSchema = envelopeWith(
  z.string().regex(/^cxw\/[a-z-]+@\d+$/).meta({ description: 'The command and the version of its answer, as cxw/advance@1.' }),
  z.record(z.string(), z.unknown()).meta({ description: 'What the command has to say.' }),
).meta({ title: 'cxw answer', description: 'The one document that every command prints with --json.' });

export type Envelope = z.infer<typeof envelopeSchema>;
export type EnvelopeProblem = Envelope['problems'][number];
