import { jsonProblems } from '../../domain/documents/json.js';
import { judge } from '../../domain/documents/judge.js';
import type { Manifest } from '../../domain/manifest.js';
import { manifestSchema } from '../../domain/manifestReading.js';
import { MANIFEST_PATH } from '../../domain/ownFiles.js';
import { showPath } from '../../domain/paths.js';
import type { Problem } from '../../domain/problem.js';
import type { World } from '../../world/index.js';

/** The list of what cxw laid down; where it cannot be read, what is wrong with it; nothing where there is none. */
export async function manifestHere({ documents, files }: Pick<World, 'documents' | 'files'>): Promise<{ manifest?: Manifest; problems: Problem[] }> {
  if (await files.kind(MANIFEST_PATH) !== 'file') return { problems: [] };
  const bytes = (await files.read(MANIFEST_PATH))!;
  const fault = jsonProblems(showPath(MANIFEST_PATH), bytes.toString('utf8'));
  if (fault.length > 0) return { problems: fault };
  const judged = judge(manifestSchema, JSON.parse(bytes.toString('utf8')));
  if (judged.success) return { manifest: judged.data, problems: [] };
  const reading = await documents.any(bytes, showPath(MANIFEST_PATH));
  if (!reading.ok) return { problems: reading.problems };
  const { schemaProblems } = await import('../../domain/documents/issues.js');
  return { problems: schemaProblems(judged.error.issues, { value: reading.value, where: reading.where, schema: manifestSchema, format: 'manifest' }) };
}
