import { run } from '../../support/workshop.js';
import type { Place } from '../../support/here.js';
import { carryOut, enter } from '../../support/scenes.js';
import { Killed, mortal } from '../../support/mortal.js';
import type { World } from '../../../src/world/index.js';
import fc from '../../support/property.js';

/** Files that tickets are about, files that are the person's own, and what may be written into either. */
export const SCOPE = ['greeting.txt', 'src/b.txt', 'ü.txt', '-A'] as const;
export const OWN = ['README.md', 'mine.txt', 'notes/*.txt', 'src/c.txt'] as const;
const PATHS = [...SCOPE, ...OWN];
const CONTENTS = ['one\n', 'two\r\n', '', 'no newline', '\u0000bytes', '#!/bin/sh\n'];

const HOOKS = {
  passes: 'exit 0',
  rejects: 'echo no >&2; exit 1',
  'adds everything': 'git add -A',
  'writes beside': 'echo hooked >> hooked.log',
};

/** Something that the person at the repository does. What git refuses them is refused. */
export type UserAct =
  | { does: 'write'; path: string; content: string }
  | { does: 'remove' | 'stage' | 'unstage' | 'toggle mode' | 'commit'; path: string }
  | { does: 'push' | 'switch away' | 'come back' | 'push from elsewhere' | 'integrate' | 'unhook' | 'nest' }
  | { does: 'hook'; kind: keyof typeof HOOKS };

/**
 * Something that cxw is asked to do. `killedAt`: the call to the world at which it is killed, if it gets there;
 * `killedAfter`: the same, named by a call and how often it was made.
 */
export interface CxwAct {
  does: 'cxw';
  words: readonly string[];
  killedAt?: number;
  killedAfter?: { call: string; times: number };
}

export type Act = UserAct | CxwAct;

const path = fc.constantFrom(...PATHS);
const userAct: fc.Arbitrary<UserAct> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('write' as const), path, content: fc.constantFrom(...CONTENTS) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('remove' as const, 'stage' as const, 'stage' as const, 'unstage' as const, 'toggle mode' as const, 'commit' as const), path }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('push' as const, 'switch away' as const, 'come back' as const, 'come back' as const, 'push from elsewhere' as const, 'integrate' as const, 'unhook' as const, 'nest' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('hook' as const), kind: fc.constantFrom(...Object.keys(HOOKS) as (keyof typeof HOOKS)[]) }) },
);

const newTicket = fc.subarray([...SCOPE], { minLength: 1, maxLength: 3 }).map((files) =>
  ['ticket', 'new', '--quick', 'Greet', ...files.map((file) => `--file=${file}`), '--accept', 'It greets.', '--prove', 'grep -q . .cxw/policy.yaml', '--plan', 'Greet.', '--why', 'One word.']);

/** `DIGEST` stands for the digest of the change that is under way. */
export const ATTESTED = ['--verdict', 'pass', '--change-set', 'DIGEST', '--summary', 'As planned.'];
const words: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 2, arbitrary: newTicket },
  { weight: 6, arbitrary: fc.constantFrom(['advance', '--until-blocked'], ['advance', '--until-blocked', '--adopt'], ['advance']) },
  { weight: 6, arbitrary: fc.constantFrom(['record', 'self-review', ...ATTESTED], ['record', 'review', '--as', 'reviewer:kim', ...ATTESTED], ['record', 'curation', '--memory', 'none']) },
  { weight: 1, arbitrary: fc.constant(['record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', 'DIGEST', '--summary', 'No.', '--finding', 'F1 major it is wrong']) },
  { weight: 5, arbitrary: fc.constantFrom(['deliver'], ['deliver'], ['deliver', '--dry-run']) },
  { weight: 3, arbitrary: fc.constantFrom(['rework', '--reason', 'Again.'], ['rework', '--refresh', '--reason', 'Anew.', '--as', 'human:ada'], ['abort'], ['abandon', '--reason', 'Enough.'], ['block', '--reason', 'Ask.', '--release', 'An answer.'], ['unblock'], ['status'], ['validate'], ['log']) },
);

const cxwAct: fc.Arbitrary<CxwAct> = fc.record({ does: fc.constant('cxw' as const), words, killedAt: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 6, nil: undefined }) });

export const ask = (...asked: string[]): CxwAct => ({ does: 'cxw', words: asked });

/** The road of one ticket, as it is when nothing comes between. */
const ROAD: Act[] = [
  ask('ticket', 'new', '--quick', 'Greet', '--file', 'greeting.txt', '--file', 'src/b.txt', '--accept', 'It greets.', '--prove', 'grep -q . .cxw/policy.yaml', '--plan', 'Greet.', '--why', 'One word.'),
  ask('advance', '--until-blocked'),
  { does: 'write', path: 'greeting.txt', content: 'hello\n' },
  ask('advance', '--until-blocked'),
  ask('record', 'self-review', ...ATTESTED),
  ask('record', 'review', '--as', 'reviewer:kim', ...ATTESTED),
  ask('record', 'curation', '--memory', 'none'),
  ask('deliver'),
];

const chance: fc.Arbitrary<Act[]> = fc.oneof(
  { weight: 18, arbitrary: fc.constant<Act[]>([]) },
  { weight: 3, arbitrary: userAct.map((act): Act[] => [act]) },
  { weight: 3, arbitrary: cxwAct.map((act): Act[] => [act]) },
  { weight: 1, arbitrary: fc.array(fc.oneof(userAct, cxwAct), { maxLength: 3 }) },
);

/** A step of the road: as it is, killed on its way and asked again, or left out. */
const stepOf = (act: Act): fc.Arbitrary<Act[]> => fc.oneof(
  { weight: 12, arbitrary: fc.constant<Act[]>([act]) },
  { weight: 1, arbitrary: fc.constant<Act[]>([]) },
  ...(act.does === 'cxw' ? [{ weight: 3, arbitrary: fc.integer({ min: 1, max: 80 }).map((killedAt): Act[] => [{ ...act, killedAt }, act]) }] : []),
);

const road: fc.Arbitrary<Act[]> = fc.tuple(...ROAD.flatMap((act) => [chance, stepOf(act)])).map((stretches) => stretches.flat());

/** A day at the repository: the roads of one or two tickets, and whatever comes between. */
export const anyDay: fc.Arbitrary<Act[]> = fc.oneof({ weight: 2, arbitrary: road }, { weight: 1, arbitrary: fc.tuple(road, road).map((both) => both.flat()) });

/** Lets the person do it; whether git let them is git's business. */
export async function userDoes(place: Place, act: UserAct): Promise<void> {
  const script = scriptOf(act);
  await run('sh', ['-c', script], { cwd: place.root, env: place.env });
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function scriptOf(act: UserAct): string {
  switch (act.does) {
    case 'write': return `mkdir -p "$(dirname ./${quoted(act.path)})" && printf %b ${quoted(escaped(act.content))} > ./${quoted(act.path)}`;
    case 'remove': return `rm -f ./${quoted(act.path)}`;
    case 'stage': return `git --literal-pathspecs add -- ${quoted(act.path)}`;
    case 'unstage': return `git --literal-pathspecs reset --quiet -- ${quoted(act.path)}`;
    case 'toggle mode': return `test -x ./${quoted(act.path)} && chmod -x ./${quoted(act.path)} || chmod +x ./${quoted(act.path)}`;
    case 'commit': return `git --literal-pathspecs commit --quiet --no-verify --only --message Mine -- ${quoted(act.path)}`;
    case 'push': return 'git push --quiet origin HEAD';
    case 'switch away': return 'git switch --quiet --create "topic-$$"';
    case 'come back': return 'git switch --quiet main';
    case 'push from elsewhere': return 'git clone --quiet "$(git remote get-url origin)" ../elsewhere && cd ../elsewhere && echo "$$" >> elsewhere.txt && git add . && git commit --quiet -m Elsewhere && git push --quiet origin HEAD; rm -rf ../elsewhere';
    case 'integrate': return 'git pull --quiet --ff-only || git -c rebase.autoStash=false pull --quiet --rebase || git rebase --abort';
    case 'hook': return `printf '#!/bin/sh\\n%s\\n' ${quoted(HOOKS[act.kind])} > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit`;
    case 'unhook': return 'rm -f .git/hooks/pre-commit';
    case 'nest': return 'git init --quiet nested && echo own > nested/own.txt';
  }
}

const escaped = (content: string): string => content.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\u0000', '\\0000');

/** What a command of cxw answered; nothing when it was killed. */
export interface Answered {
  exit: number;
  answer?: { ok: boolean; code?: string; data: Record<string, unknown>; problems: { code: string; message: string }[]; next: string[] };
}

/** Asks cxw, outside of every agent's family: what is tested here is the repository, not who speaks. */
export async function cxwDoes(place: Place, { words: asked, killedAt, killedAfter }: CxwAct): Promise<Answered> {
  const world = await aPersonsWorld(place);
  const spoken = await Promise.all(asked.map(async (word) => (word === 'DIGEST' ? await digestOf(place) : word)));
  try {
    const at = killedAfter === undefined ? killedAt : await numberOf(place, spoken, killedAfter);
    const { exit, stdout } = await carryOut(at === undefined ? world : mortal(world, { at, blow: 'dies after' }).world, spoken);
    return { exit, answer: JSON.parse(stdout) as Answered['answer'] };
  } catch (error) {
    if (error instanceof Killed) return { exit: 137 };
    throw error;
  }
}

/** The number of a call, found by carrying the same out in a copy. */
async function numberOf(place: Place, words: readonly string[], { call, times }: NonNullable<CxwAct['killedAfter']>): Promise<number> {
  const copy = `${place.folder}-rehearsal`;
  await run('cp', ['-a', place.folder, copy], {});
  const { world, calls } = mortal(await aPersonsWorld({ ...place, root: place.root.replace(place.folder, copy) }));
  await carryOut(world, words);
  await run('rm', ['-rf', copy], {});
  return calls.flatMap((name, at) => (name === call ? [at + 1] : []))[times - 1]!;
}

async function aPersonsWorld(place: Place): Promise<World> {
  const world = await enter(place);
  return { ...world, session: { terminal: true, origin: async () => ({ seen: 'self-declared' as const }) } };
}

async function digestOf(place: Place): Promise<string> {
  const { stdout } = await carryOut(await aPersonsWorld(place), ['status']);
  return (JSON.parse(stdout) as { data: { changeSet?: string } }).data.changeSet ?? `sha256:${'0'.repeat(64)}`;
}
