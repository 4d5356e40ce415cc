import { templateProblems } from '../../domain/adr/template.js';
import { splitFrontMatter } from '../../domain/documents/frontMatter.js';
import { jsonFault } from '../../domain/documents/json.js';
import { placesIn } from '../../domain/documents/places.js';
import { plainText } from '../../domain/documents/plainText.js';
import { readToml } from '../../domain/documents/toml.js';
import { blockOf, brokenBlock, sameText } from '../../domain/install.js';
import { formOf, type Form } from '../../domain/laidDown/forms.js';
import { shapeProblems, type Shape } from '../../domain/laidDown/shapes.js';
import { readBlock } from '../../domain/managedBlock.js';
import type { Manifest, ManifestEntry } from '../../domain/manifest.js';
import { manifestSchema } from '../../domain/manifestReading.js';
import { MANIFEST_PATH } from '../../domain/ownFiles.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { complain, type Problem } from '../../domain/problem.js';
import { featureProblems } from '../../domain/progress/feature.js';
import { readSheet } from '../../domain/specs/sheet.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'documents' | 'files'>;

/** The list of what cxw laid down; where it cannot be read, what is wrong with it; nothing where there is none. */
export async function manifestHere({ documents, files }: Reader): Promise<{ manifest?: Manifest; problems: Problem[] }> {
  if (await files.kind(MANIFEST_PATH) !== 'file') return { problems: [] };
  const bytes = (await files.read(MANIFEST_PATH))!;
  const fault = jsonProblems(MANIFEST_PATH, bytes.toString('utf8'));
  if (fault.length > 0) return { problems: fault };
  const judged = manifestSchema.safeParse(JSON.parse(bytes.toString('utf8')));
  if (judged.success) return { manifest: judged.data, problems: [] };
  const reading = await documents.any(bytes, showPath(MANIFEST_PATH));
  if (!reading.ok) return { problems: reading.problems };
  const { schemaProblems } = await import('../../domain/documents/issues.js');
  return { problems: schemaProblems(judged.error.issues, { value: reading.value, where: reading.where, schema: manifestSchema, format: 'manifest' }) };
}

/**
 * What is wrong with a file that cxw laid down and somebody edited: read as those read it that it is for. One that still
 * holds what was laid down is read only `anew`.
 */
export async function laidDownProblems(world: Reader, entry: ManifestEntry, anew: boolean): Promise<Problem[]> {
  const { path, kind, pristine } = entry;
  if (await world.files.obstacle(path) !== undefined || await world.files.kind(path) !== 'file') return [];
  const bytes = (await world.files.read(path))!;
  if (!anew && kind === 'file' && sameText(bytes, pristine)) return [];
  const block = blockOf(pristine) === undefined ? undefined : readBlock(bytes);
  const broken = block?.found === 'broken' ? [brokenBlock(path, bytes, block)] : [];
  // The rest of a file of which only a block is ours may be written in any way.
  return kind === 'block' ? broken : [...broken, ...await textProblems(world, path, bytes)];
}

async function textProblems(world: Reader, path: RepoPath, bytes: Buffer): Promise<Problem[]> {
  const plain = plainText(bytes, showPath(path));
  return plain.ok ? formProblems(world, { path, text: plain.text, bytes, form: formOf(path) }) : plain.problems;
}

interface LaidDown {
  path: RepoPath;
  text: string;
  bytes: Buffer;
  form: Form;
}

async function formProblems({ documents }: Reader, { path, text, bytes, form }: LaidDown): Promise<Problem[]> {
  switch (form.is) {
    case 'text': return [];
    case 'ticket': return problemsOf(await documents.ticketTemplate(bytes, path));
    case 'spec': return readSheet(form.kind, path, text).problems;
    case 'decision': return templateProblems(path, text);
    case 'feature': return featureProblems(path, text);
    case 'yaml': return yamlProblems(documents, path, text, form.of);
    case 'front-matter': {
      const split = splitFrontMatter(text);
      if (split.ok) return yamlProblems(documents, path, split.head, form.of);
      return [complain('front-matter-missing', { fault: split.fault }, { file: showPath(path), line: 1, column: 1 })];
    }
    case 'toml': {
      const reading = readToml(text, placesIn(showPath(path), text));
      return reading.ok ? shaped(form.of, reading) : reading.problems;
    }
    case 'json': {
      const faults = jsonProblems(path, text);
      return faults.length > 0 || form.of === undefined ? faults : yamlProblems(documents, path, text, form.of);
    }
  }
}

const problemsOf = (reading: Awaited<ReturnType<Reader['documents']['any']>>): Problem[] => (reading.ok ? reading.warnings : reading.problems);

/** JSON is a part of YAML, so its reader knows the places of both. */
async function yamlProblems(documents: Reader['documents'], path: RepoPath, text: string, of: Shape | undefined): Promise<Problem[]> {
  const reading = await documents.any(Buffer.from(text), showPath(path));
  return reading.ok ? shaped(of, reading) : reading.problems;
}

const shaped = (of: Shape | undefined, { value, where }: { value: unknown; where: Parameters<typeof shapeProblems>[2] }): Problem[] =>
  (of === undefined ? [] : shapeProblems(of, value, where));

function jsonProblems(path: RepoPath, text: string): Problem[] {
  const found = jsonFault(text);
  return found === undefined ? [] : [complain('json-syntax', { fault: found.fault }, placesIn(showPath(path), text)(found.at))];
}
