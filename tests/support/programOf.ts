import { resolve } from 'node:path';
import { rolldown } from 'rolldown';

const packages = resolve(import.meta.dirname, '../../node_modules');

/**
 * Builds a source of a test's own, with all that it imports of ours, into one file that Node runs as a process.
 * What our sources load only when it is reached is in that file too. Answers the file.
 */
export async function programOf(source: string, built: string): Promise<string> {
  const bundle = await rolldown({ input: source, platform: 'node', resolve: { modules: [packages], extensionAlias: { '.js': ['.ts', '.js'] } } });
  await bundle.write({ file: built, format: 'esm', codeSplitting: false });
  await bundle.close();
  return built;
}
