import { tmpdir } from 'node:os';
import { plainIdentity, remoteOf, truthOf } from '../../../src/domain/gitSettings.js';
import { parseIdent } from '../../../src/domain/porcelain.js';
import { WorldError } from '../../../src/world/errors.js';
import { findReplacements } from '../../../src/world/git/conditions.js';
import { readConfiguration } from '../../../src/world/git/configuration.js';
import { readObjects, readSizes } from '../../../src/world/git/objects.js';
import { openRemote } from '../../../src/world/git/remote.js';
import type { GitRunner } from '../../../src/world/git/runner.js';
import { countIgnored, readIndexLines, survey } from '../../../src/world/git/survey.js';
import { ticketIdsElsewhere } from '../../../src/world/git/ticketIds.js';
import { openTrees } from '../../../src/world/git/trees.js';
import { campaign, type Reader } from './campaign.js';
import { mutated, type Grammar } from './mutations.js';

const ID = 'a'.repeat(40);
const OTHER = '0123456789abcdef0123456789abcdef01234567';
const WORDS = /[^\s\0:]+|[\s\0:]/g;
const DICTIONARY = [' ', '\0', '\t', '\n', ':', '"', '1', '2', 'u', '?', '!', '#', '# branch.oid', '(initial)', '(detached)', '+1 -0', '.M', 'R100', 'S.M.', '160000', '000000', ID, ID.slice(1), '-A', 'a\nb', '../x', '\u00ff', ' -> ', ''];
const records: Grammar = { end: '\0', words: WORDS, dictionary: DICTIONARY };
const lines: Grammar = { end: '\n', words: WORDS, dictionary: DICTIONARY };

/** A git that says this and nothing else, and calls it success. */
function gitSaying(stdout: Buffer): GitRunner {
  return {
    attempt: async () => ({ exit: 0, stdout, stderr: '' }),
    run: async () => stdout,
    line: async () => stdout.toString('utf8').replace(/\r?\n$/, ''),
    clean: (text) => text,
    environment: {},
  };
}

const places = { root: tmpdir(), gitDirectory: '/nowhere', commonDirectory: '/nowhere/.git', state: '/nowhere', shared: '/nowhere' };
const TARGET = { remote: 'origin', ref: 'refs/heads/main', url: '/remote.git' };

/** Asks the real reader of an answer. That git failed is an answer; that we did is none. */
function reader(name: string, inputs: number, sample: string, grammar: Grammar, ask: (runner: GitRunner) => Promise<unknown>): Reader {
  return {
    name, inputs,
    next: (chance) => Buffer.from(mutated(chance, sample, grammar), 'latin1'),
    read: async (input) => {
      try {
        await ask(gitSaying(input));
      } catch (error) {
        if (!(error instanceof WorldError)) throw error;
      }
      return undefined;
    },
  };
}

const STATUS = [
  `# branch.oid ${ID}`, '# branch.head main', '# branch.upstream origin/main', '# branch.ab +1 -2', '1 .M N... 100644 100644 100644 ' + `${ID} ${ID} dirty.txt`,
  `2 R. N... 100644 100644 100644 ${ID} ${ID} R100 new name.txt`, 'old name.txt', `u UU N... 100644 100644 100644 100644 ${ID} ${ID} ${ID} both.txt`,
  `1 D. N... 100644 000000 000000 ${ID} ${'0'.repeat(40)} gone.txt`, '? gone.txt', '? nested/', `1 .M SC.. 160000 160000 160000 ${ID} ${ID} sub`, '! ignored/', '',
].join('\0');
const INDEX = [`H 100644 ${ID} 0\ta b.txt`, `h 100755 ${ID} 0\thidden`, `S 120000 ${ID} 0\tlink`, `M 100644 ${ID} 1\tboth`, `H 160000 ${OTHER} 0\tsub`, ''].join('\0');
const DIFFERENCE = [`:100644 100755 ${ID} ${OTHER} M`, 'a b.txt', `:000000 100644 ${'0'.repeat(40)} ${ID} A`, 'new\nline', `:100644 000000 ${ID} ${'0'.repeat(40)} D`, 'gone', ''].join('\0');
const TREE = [`100644 blob ${ID}\ta b.txt`, `040000 tree ${ID}\tfolder`, ''].join('\0');
const REFS = `${ID}\trefs/heads/main\n${OTHER}\trefs/heads/x/refs/heads/main\nref: refs/heads/main\tHEAD\n`;
const CONFIG = ['local', 'core.bare\nfalse', 'global', 'alias.x\n!sh -c "a\nb"', 'command', 'core.pager\ncat', 'local', 'remote.origin.url\n/remote.git', 'local', 'branch.main.remote\norigin', 'local', 'branch.main.merge\nrefs/heads/main', 'global', 'user.name\nAda', 'global', 'user.email\nada@example.org', 'local', 'novalue', ''].join('\0');
const OBJECTS = `${ID} tree 66\n100644 a.yaml\0${'x'.repeat(20)}040000 records\0${'y'.repeat(20)}\n${OTHER} missing\n${OTHER} blob 3\nabc\n`;

campaign([
  reader('status', 9_000, STATUS, records, survey),
  reader('status-ignored', 3_000, STATUS, records, countIgnored),
  reader('index', 6_000, INDEX, records, readIndexLines),
  reader('difference', 6_000, DIFFERENCE, records, (runner) => openTrees(runner, places).difference(ID, OTHER)),
  reader('remote-refs', 4_000, REFS, lines, (runner) => openRemote(runner, places).answer({ ...TARGET, url: 'x' }, 1)),
  reader('remote-settings', 4_000, CONFIG, records, (runner) => openRemote(runner, places).configuration('refs/heads/main')),
  reader('configuration', 4_000, CONFIG, records, async (runner) => {
    const settings = await readConfiguration(runner);
    truthOf(settings, 'core.bare');
    plainIdentity(settings, 'author');
    remoteOf(settings, 'refs/heads/main');
  }),
  reader('refs', 2_000, 'refs/replace/x\nrefs/replace/y\n', lines, (runner) => findReplacements(runner, places)),
  reader('ticket-ids', 3_000, OBJECTS, lines, (runner) => ticketIdsElsewhere({ ...runner, line: async () => 'refs/heads/main\nrefs/heads/other' }, places)),
  reader('tree', 2_000, TREE, records, (runner) => openTrees(runner, places).entries(ID, [])),
  reader('objects', 5_000, OBJECTS, lines, (runner) => readObjects(runner, ['one', 'two', 'three'], { doing: 'reading' })),
  reader('sizes', 2_000, '3\n66\nx missing\n', lines, (runner) => readSizes(runner, ['one', 'two', 'three'], { doing: 'reading' })),
  reader('idents', 2_000, 'Ada <ada@example.org> 1700000000 +0000', lines, async (runner) => parseIdent(await runner.line([], { doing: 'asking' }))),
]);
