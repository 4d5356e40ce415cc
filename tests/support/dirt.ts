import { lstat, readFile, readlink, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Workshop } from './workshop.js';

const execute = promisify(execFile);

/** Files that a person's repository holds before it gets dirty. */
export const TRACKED: Record<string, string> = {
  'README.md': '# Workshop\n',
  'partly.txt': 'one\ntwo\nthree\n',
  'dirty.txt': 'clean\n',
  'deleted.txt': 'here\n',
  'staged-deletion.txt': 'here\n',
  'old-name.txt': 'renamed\n',
  'mode.sh': 'echo\n',
  'hidden.txt': 'as committed\n',
  'skipped.txt': 'as committed\n',
};

/** Names that other tools take for options, patterns or two names. */
export const ODD_NAMES = ['-A', ':(top)x', '*', '--amend', 'a b.txt', 'quo"te', 'back\\slash', 'new\nline', 'b -> c.txt', 'ü.txt', 'nfd-u\u0308.txt', "it's", '[a]', '#x', '~', 'tab\there'];

/** Names that are no text at all. */
export const RAW_NAMES = [Buffer.from([0x66, 0xff, 0xfe]), Buffer.from([0x78, 0xc3])];

/** Makes a workshop as dirty as a working day: staged, partly staged, dirty, deleted, renamed, hidden, untracked, oddly named. */
export async function makeDirty(shop: Workshop): Promise<void> {
  await shop.write('partly.txt', 'ONE\ntwo\nthree\n');
  await shop.git('add', '--', 'partly.txt');
  await shop.write('partly.txt', 'ONE\ntwo\nTHREE\n');
  await shop.write('dirty.txt', 'dirty\n');
  await shop.remove('deleted.txt');
  await shop.git('rm', '--quiet', '--cached', '--', 'staged-deletion.txt');
  await shop.git('mv', 'old-name.txt', 'new-name.txt');
  await shop.git('update-index', '--chmod=+x', '--', 'mode.sh');
  await shop.git('update-index', '--assume-unchanged', '--', 'hidden.txt');
  await shop.write('hidden.txt', 'secretly changed\n');
  await shop.git('update-index', '--skip-worktree', '--', 'skipped.txt');
  await shop.write('skipped.txt', 'changed behind a bit\n');
  await shop.write('intended.txt', 'to be added\n');
  await shop.git('add', '--intent-to-add', '--', 'intended.txt');
  await shop.write('staged-new.txt', 'new and staged\n');
  await shop.git('add', '--', 'staged-new.txt');
  await shop.write('untracked.txt', 'nobody knows\n');
  await shop.link('link', 'README.md');
  for (const name of ODD_NAMES) await shop.write(name, `odd: ${name}\n`);
  for (const name of RAW_NAMES) await writeFile(Buffer.concat([Buffer.from(`${shop.root}/`), name]), 'raw\n');
}

/** Everything of the person's that must be the same afterwards: every byte, mode, link, and index entry with its flags. */
export async function snapshot(shop: Workshop, leaveOut: (path: string) => boolean): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  const { stdout } = await execute('find', ['.', '-path', './.git', '-prune', '-o', '-not', '-type', 'd', '-print0'], { cwd: shop.root, encoding: 'buffer', maxBuffer: 1 << 26 });
  for (const name of split(stdout)) {
    const path = name.toString('latin1').slice(2);
    if (leaveOut(name.toString('utf8').slice(2))) continue;
    const at = Buffer.concat([Buffer.from(`${shop.root}/`), name.subarray(2)]);
    const stat = await lstat(at);
    const content = stat.isSymbolicLink() ? `-> ${await readlink(at)}` : (await readFile(at)).toString('latin1');
    seen[`file ${path}`] = `${stat.mode.toString(8)} ${content}`;
  }
  for (const line of split(await shop.gitBytes('ls-files', '-s', '-v', '-z'))) {
    const text = line.toString('latin1');
    if (!leaveOut(line.toString('utf8').split('\t').slice(1).join('\t'))) seen[`index ${text.split('\t').slice(1).join('\t')} ${text.split(' ')[3]?.split('\t')[0]}`] = text;
  }
  return seen;
}

function split(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0, start);
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
