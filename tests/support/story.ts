import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { runCheaply } from './here.js';
import { madeOnce, workshop, type Workshop } from './workshop.js';

/** A small project with a real test, whose greeting is wrong. */
export const GREETER: Record<string, string> = {
  'README.md': '# Greeter\n',
  'package.json': `${JSON.stringify({ name: 'greeter', type: 'module', scripts: { test: 'node --test' } })}\n`,
  'greet.js': "export const greet = (name) => `Helo, ${name}!`;\n",
  'greet.test.js': "import { test } from 'node:test';\nimport { equal } from 'node:assert/strict';\nimport { greet } from './greet.js';\ntest('greets', () => equal(greet('Ada'), 'Hello, Ada!'));\n",
};

export const FIXED = "export const greet = (name) => `Hello, ${name}!`;\n";

/** A ticket on its way, told step by step through the real program. */
export interface Story extends Workshop {
  ticket: string;
  /** Runs a command that must succeed, and answers its document. */
  ok(...args: string[]): Promise<any>;
  /** Runs a command that must be refused with this code, and answers its document. */
  refused(code: string, ...args: string[]): Promise<any>;
  /** The writer's part. */
  fix(): Promise<void>;
  digest(): Promise<string>;
  selfReview(): Promise<any>;
  review(as?: string): Promise<any>;
  curate(): Promise<any>;
  /** Everything up to a delivery. */
  ready(): Promise<void>;
  remoteHead(branch?: string): Promise<string>;
  /** Somebody else pushes a commit from a clone of their own. */
  pushFromElsewhere(path?: string): Promise<void>;
}

export interface Setting {
  files?: Record<string, string>;
  /** Words for `ticket new` beside title and proof. */
  ticket?: string[];
  /** Leave the scaffold uncommitted. */
  scaffold?: 'committed' | 'untracked';
  init?: string[];
}

/** Begins a story: set up, with a ticket written, and nothing advanced yet. Made once for each setting. */
export async function story(setting: Setting = {}): Promise<Story> {
  const told = tell(await madeOnce(`story ${JSON.stringify(setting)}`, () => begin(setting)));
  const [ticket] = (await readdir(join(told.root, 'tickets'))).filter((name) => name.startsWith('TKT-'));
  told.ticket = basename(ticket!, '.yaml');
  return told;
}

async function begin(setting: Setting): Promise<Story> {
  const told = tell(await workshop(setting.files ?? GREETER));
  await told.ok('init', ...(setting.init ?? []));
  if (setting.scaffold === 'committed') {
    await told.git('add', '--', 'AGENTS.md', '.cxw', 'tickets', 'agent', 'docs');
    await told.git('commit', '--quiet', '--message', 'Set up cxw');
    await told.git('push', '--quiet');
  }
  const words = setting.ticket ?? ['--file', 'greet.js', '--prove', 'node --test greet.test.js'];
  await told.ok('ticket', 'new', '--quick', 'Fix the greeting', ...words);
  return told;
}

/** The verbs of a story, for a workshop; its ticket is set by whoever knows it. */
export function tell(shop: Workshop): Story {
  let elsewhere = 0;
  const told: Story = {
    ...shop,
    ticket: '',
    ok: async (...args) => {
      const { exit, stdout, stderr } = await runCheaply(shop, [...args, '--json']);
      expect(exit, `cxw ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
      return JSON.parse(stdout);
    },
    refused: async (code, ...args) => {
      const { exit, answer } = await shop.json(...args);
      expect(answer.problems.map((problem: any) => problem.code), `cxw ${args.join(' ')}\n${JSON.stringify(answer, undefined, 1)}`).toContain(code);
      expect(answer.ok === false || args.includes('--until-blocked') || args[0] === 'status').toBe(true);
      expect(exit === 0 && answer.ok === false).toBe(false);
      expect(answer.next.length).toBeGreaterThan(0);
      return answer;
    },
    fix: () => shop.write('greet.js', FIXED),
    digest: async () => (await told.ok('status')).data.changeSet,
    selfReview: async () => told.ok('record', 'self-review', '--verdict', 'pass', '--change-set', await told.digest(), '--summary', 'One letter.'),
    review: async (as = 'reviewer:kim') => told.ok('record', 'review', '--as', as, '--verdict', 'pass', '--change-set', await told.digest(), '--summary', 'Read it.'),
    curate: () => told.ok('record', 'curation', '--memory', 'none'),
    ready: async () => {
      await told.ok('advance', '--until-blocked');
      await told.fix();
      await told.selfReview();
      await told.review();
      await told.curate();
    },
    remoteHead: async (branch = 'main') => (await shop.git('ls-remote', shop.remote, `refs/heads/${branch}`)).split('\t')[0]!,
    pushFromElsewhere: async (path = 'elsewhere.txt') => {
      const clone = `../elsewhere-${++elsewhere}`;
      await shop.git('clone', '--quiet', shop.remote, clone);
      await shop.write(`${clone}/${path}`, `from elsewhere ${elsewhere}\n`);
      await shop.git('-C', clone, 'add', '--', path);
      await shop.git('-C', clone, 'commit', '--quiet', '--message', 'From elsewhere');
      await shop.git('-C', clone, 'push', '--quiet');
    },
  };
  return told;
}
