import { templateProblems } from '../../domain/adr/template.js';
import { splitFrontMatter } from '../../domain/documents/frontMatter.js';
import { jsonProblems } from '../../domain/documents/json.js';
import { placesIn } from '../../domain/documents/places.js';
import { plainText } from '../../domain/documents/plainText.js';
import { readToml } from '../../domain/documents/toml.js';
import { brokenBlock } from '../../domain/install.js';
import { formOf, type Form } from '../../domain/laidDown/forms.js';
import { shapeProblems, type Shape } from '../../domain/laidDown/shapes.js';
import { readBlock } from '../../domain/managedBlock.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { complain, type Problem } from '../../domain/problem.js';
import { featureProblems } from '../../domain/progress/feature.js';
import { readSheet } from '../../domain/specs/sheet.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'documents'>;

/** Whether the managed block of a file can be told from the rest. */
export function blockProblems(path: RepoPath, bytes: Buffer): Problem[] {
  const block = readBlock(bytes);
  return block.found === 'broken' ? [brokenBlock(path, bytes, block)] : [];
}

/** What is wrong with the text of a file, by what kind of document its path makes it. */
export async function textProblems(world: Reader, path: RepoPath, bytes: Buffer): Promise<Problem[]> {
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
      const faults = jsonProblems(showPath(path), text);
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
