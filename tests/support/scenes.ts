import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandMeant, surface } from '../../src/cli/program.js';
import { spread } from '../../src/cli/spread.js';
import type { Outcome } from '../../src/domain/outcome.js';
import { answerOf, failureAnswer, type Answer } from '../../src/output/answer.js';
import { jsonOf } from '../../src/output/json.js';
import { WorldError } from '../../src/world/errors.js';
import { openWorld, type World } from '../../src/world/index.js';
import { makeDirty, TRACKED } from './dirt.js';
import { nobody, runCheaply, type Place } from './here.js';
import { run, workshop, type Ran, type Workshop } from './workshop.js';

/** A dirty repository just before a command that writes: made once, and copied for every fault. */
export interface Scene {
  name: string;
  /** The command under fire. */
  command: readonly string[];
  /** Files of the worktree that it may make or replace; nothing else may change. */
  writes: RegExp;
  /** Codes by which the command says, when it is asked again, that it has been carried out. */
  again: readonly string[];
  /** What happened before. */
  before(told: Told): Promise<void>;
}

export interface Told extends Workshop {
  /** Runs a command that must succeed. */
  ok(...words: string[]): Promise<any>;
}

const NEW = ['ticket', 'new', '--quick', 'Greet', '--file', 'greeting.txt', '--file', 'added.txt', '--file', 'gone.txt', '--accept', 'It greets.', '--prove', 'grep -q hello greeting.txt', '--plan', 'Greet.', '--why', 'One word.'];
const RECORDS = /^tickets\/records\//;
const NOTHING = /^$/;

const begun = async (told: Told): Promise<void> => {
  await told.ok(...NEW);
  await told.ok('advance', '--until-blocked');
};

/** One file changed, one new, one gone. */
const work = async (told: Told): Promise<void> => {
  await told.write('greeting.txt', 'hello\n');
  await told.write('added.txt', 'new\n');
  await told.remove('gone.txt');
};

const worked = async (told: Told): Promise<void> => {
  await begun(told);
  await work(told);
  await told.ok('advance', '--until-blocked');
};

const verdict = async (told: Told): Promise<string[]> =>
  ['--verdict', 'pass', '--change-set', (await told.ok('status')).data.changeSet, '--summary', 'As planned.'];

const attested = async (told: Told): Promise<void> => {
  await worked(told);
  await told.ok('record', 'self-review', ...await verdict(told));
  await told.ok('record', 'review', '--as', 'reviewer:kim', ...await verdict(told));
  await told.ok('record', 'curation', '--memory', 'none');
};

const curated = async (told: Told): Promise<void> => {
  await attested(told);
  await told.ok('advance', '--until-blocked');
};

/** A delivery whose push the server refused, as it would any push. */
const unpushed = async (told: Told): Promise<void> => {
  await curated(told);
  await told.write('../remote.git/hooks/pre-receive', '#!/bin/sh\nexit 1\n');
  await told.executable('../remote.git/hooks/pre-receive');
  await told.cxw('deliver');
};

const POLITE_HOOKS = ['pre-commit', 'commit-msg', 'post-commit'];

const hooked = async (told: Told): Promise<void> => {
  for (const hook of POLITE_HOOKS) {
    await told.write(`.git/hooks/${hook}`, '#!/bin/sh\nexit 0\n');
    await told.executable(`.git/hooks/${hook}`);
  }
  await curated(told);
};

/** What git takes for a program that signs. */
const SIGNER = `#!/bin/sh
cat > /dev/null
echo '[GNUPG:] SIG_CREATED D 1 8 00 0 0' >&2
printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nsigned\\n-----END PGP SIGNATURE-----\\n'
`;

const signing = async (told: Told): Promise<void> => {
  await told.write('.git/signer', SIGNER);
  await told.executable('.git/signer');
  await told.git('config', 'gpg.program', join(told.root, '.git/signer'));
  await told.git('config', 'commit.gpgSign', 'true');
  await curated(told);
};

/** The policy wants each delivery noted, and another clone has noted something before. */
const noting = async (told: Told): Promise<void> => {
  await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace('\ndelivery:\n', '\ndelivery:\n  notes: push\n'));
  await told.git('commit', '--quiet', '--message', 'Note deliveries', '--', '.cxw/policy.yaml');
  await told.git('push', '--quiet');
  await told.git('notes', '--ref=cxw', 'add', '-m', 'from elsewhere', 'HEAD');
  await told.git('push', '--quiet', 'origin', 'refs/notes/cxw');
  await told.git('update-ref', '-d', 'refs/notes/cxw');
  await curated(told);
};

/** Every command that writes, at each point of a ticket's road where it writes something else. */
export const SCENES = {
  init: { command: ['init', '--prove', 'git --version'], writes: /^(AGENTS\.md|\.cxw\/|tickets\/|agent\/|docs\/|\.gitattributes|\.gitignore)/, again: [], before: async () => undefined },
  'ticket new': { command: NEW, writes: /^tickets\/TKT-[^/]+\.yaml$/, again: [], before: async () => undefined },
  'advance to the writer': { command: ['advance', '--until-blocked'], writes: NOTHING, again: ['no-change'], before: (told) => told.ok(...NEW) },
  'advance through the proof': {
    command: ['advance', '--until-blocked'], writes: NOTHING, again: ['self-review-missing'],
    before: async (told) => { await begun(told); await work(told); },
  },
  'advance to the records': { command: ['advance', '--until-blocked'], writes: RECORDS, again: [], before: attested },
  record: { command: ['record', 'curation', '--memory', 'none'], writes: NOTHING, again: [], before: worked },
  rework: { command: ['rework', '--reason', 'Another word.'], writes: NOTHING, again: ['nothing-to-rework'], before: worked },
  abort: { command: ['abort'], writes: NOTHING, again: ['nothing-to-abort'], before: unpushed },
  deliver: { command: ['deliver'], writes: RECORDS, again: [], before: curated },
  'deliver with hooks': { command: ['deliver'], writes: RECORDS, again: [], before: hooked },
  'deliver signed': { command: ['deliver'], writes: RECORDS, again: [], before: signing },
  'deliver with a note': { command: ['deliver'], writes: RECORDS, again: [], before: noting },
} satisfies Record<string, Omit<Scene, 'name'>>;

export type SceneName = keyof typeof SCENES;

/** A scene that was set up, and can be copied. */
export interface Stage {
  scene: Scene;
  /** A copy of everything, remote and all. */
  copy(): Promise<Place>;
  strike(place: Place): Promise<void>;
}

/** Sets a scene up by the real program, in a repository as dirty as a working day. */
export async function stageOf(name: SceneName): Promise<Stage> {
  const scene: Scene = { name, ...SCENES[name] };
  const shop = await workshop({ ...TRACKED, 'greeting.txt': 'old\n', 'gone.txt': 'here\n' });
  await run('sh', ['-c', 'rm -f .git/hooks/*.sample ../remote.git/hooks/*.sample'], { cwd: shop.root });
  // A relative push URL keeps the copies apart: each has its own remote beside it.
  await shop.git('remote', 'set-url', 'origin', '../remote.git');
  const ok: Told['ok'] = async (...words) => {
    const { exit, stdout } = await runCheaply(shop, [...words, '--json']);
    if (exit !== 0) throw new Error(`cxw ${words.join(' ')}: ${stdout}`);
    return JSON.parse(stdout);
  };
  if (name !== 'init') {
    await ok(...SCENES.init.command);
    await shop.git('add', '--all');
    await shop.git('commit', '--quiet', '--message', 'Set up cxw');
    await shop.git('push', '--quiet');
  }
  await makeDirty(shop);
  await scene.before({ ...shop, ok });
  for (const repository of [shop.root, shop.remote]) await shop.git('-C', repository, 'repack', '-a', '-d', '--quiet');
  await rm(join(shop.remote, 'hooks/pre-receive'), { force: true });

  let copies = 0;
  return {
    scene,
    copy: async () => {
      const folder = join(shop.folder, `copy-${++copies}`);
      await mkdir(join(folder, 'tmp'), { recursive: true });
      await run('cp', ['-a', shop.root, shop.remote, shop.env['HOME']!, folder], {});
      return { folder, root: join(folder, 'repo'), remote: join(folder, 'remote.git'), env: { ...shop.env, HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp') } };
    },
    strike: (place) => rm(place.folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Opens the world around a place, as the command line does. */
export const enter = ({ root, env }: Place): Promise<World> =>
  openWorld({ cwd: root, env, signal: new AbortController().signal, command: 'cxw', tell: () => undefined, streams: { stdin: nobody(), stderr: {} } });

/** Carries a command line out in a world that is given, and answers as the program would. */
export async function carryOut(world: World, words: readonly string[]): Promise<Ran> {
  let outcome: Outcome | undefined;
  let as: string | undefined;
  const program = surface({ asked: (options) => { as = options.as; }, printed: () => undefined, alone: () => Promise.reject(new Error('needs no world')), inWorld: async (load, run) => { outcome = await run(await load(), world, { as, fromRoot: (written) => written, env: {}, signal: new AbortController().signal }); } });
  const told = async (): Promise<Answer> => {
    try {
      await program.parseAsync(spread(words, commandMeant(program, words).shape), { from: 'user' });
      return answerOf(outcome!);
    } catch (error) {
      if (!(error instanceof WorldError)) throw error;
      return failureAnswer('cxw', error.exit, error.problem);
    }
  };
  const answer = await told();
  return { exit: answer.exit, stdout: jsonOf(answer), stderr: '' };
}

/** A branch of a repository with ref files, read without a process. */
export const tipOf = async (gitDirectory: string, ref = 'heads/main'): Promise<string> =>
  (await readFile(join(gitDirectory, 'refs', ref), 'utf8')).trim();
