// The licences of the packages whose code is in the bundle, as the notices that go with it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Notices for every package that one of these modules belongs to, in the order of their names. */
export async function noticesOf(moduleIds) {
  const folders = [...new Set(moduleIds.map(packageFolder).filter((folder) => folder !== undefined))];
  const packages = await Promise.all(folders.map(readPackage));
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Third-party notices\n',
    'The program is one bundle. It contains code of these packages, each under its own licence.\n',
    ...packages.map(({ name, version, license, text }) => `## ${name} ${version}\n\nLicence: ${license}\n\n${indented(text)}\n`),
  ].join('\n');
}

/** `…/node_modules/@scope/name` of a module's path; nothing for our own sources and for Node's modules. */
function packageFolder(id) {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id.replace(/^\0/, ''))?.[1];
}

async function readPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^(licen[sc]e|copying)(\.|$)/i.test(entry));
  if (license === undefined) throw new Error(`${name} names no licence`);
  return { name, version, license, text: file === undefined ? `The package carries no licence file; it names ${license}.` : await readFile(join(folder, file), 'utf8') };
}

const indented = (text) => text.trim().split(/\r?\n/).map((line) => (line.trim() === '' ? '' : `    ${line.trimEnd()}`)).join('\n');
