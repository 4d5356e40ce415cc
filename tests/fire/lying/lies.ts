import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { kept } from '../../support/kept.js';
import { story, type Story } from '../../support/story.js';

const execute = promisify(execFile);

/** A shell script by the name of what it stands in for: a hook of the server, its service, or a command of git. */
export type Lies = Record<string, string>;

/** A ticket with all its evidence, whose server and whose git can be made to lie. */
export interface LyingWorld extends Story {
  base: string;
  /** Hooks of the server. */
  hooks(lies: Lies): Promise<void>;
  /** Services of the server: `git-receive-pack`, `git-upload-pack`; with `.later` behind it, from the first push on. */
  services(lies: Lies): Promise<void>;
  /** Commands of the git that is found first. */
  programs(lies: Lies): Promise<void>;
  /** From now on everybody says what is. */
  truth(): Promise<void>;
}

/** Stands in for ssh: runs the service that is asked for on the repository next door, unless a lie stands in for it. */
const SSH = `#!/bin/sh
service=\${2%% *}
[ -e "../lies/$service" ] && exec sh "../lies/$service"
git "\${service#git-}" ../remote.git
status=$?
[ "$service" = git-receive-pack ] && for later in ../lies/*.later; do [ -e "$later" ] && mv "$later" "\${later%.later}"; done
exit $status
`;

/** Stands in for git: becomes the real one, unless there is a lie for the command. */
const shim = (folder: string, real: string): string => `#!/bin/sh
real='${real}' folder='${folder}'
for word; do
  [ -e "$folder/lies/$word" ] && . "$folder/lies/$word"
  case $word in -*|*=*) ;; *) break ;; esac
done
exec "$real" "$@"
`;

const ready = kept(async () => {
  const told = await story({ init: ['--delivery', 'commit-push'] });
  await writeFile(join(told.folder, 'ssh'), SSH);
  await mkdir(join(told.folder, 'lies'));
  await rm(join(told.remote, 'hooks'), { recursive: true });
  await mkdir(join(told.remote, 'hooks'));
  await told.git('remote', 'set-url', 'origin', 'ssh://server/remote.git');
  await told.git('config', 'ssh.variant', 'simple');
  throughSsh(told);
  await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace(/^delivery:\n/m, 'delivery:\n  timeout: 5\n'));
  await told.ready();
  await told.ok('advance', '--until-blocked');
  return told;
});

const throughSsh = ({ folder, programEnv }: Story): void => { programEnv['GIT_SSH_COMMAND'] = `sh '${join(folder, 'ssh')}'`; };

/** A copy of one world that is made once: everything up to the delivery is there. */
export async function lyingWorld(): Promise<LyingWorld> {
  const told = await ready();
  throughSsh(told);
  const lies = join(told.folder, 'lies');
  const real = (await execute('sh', ['-c', 'command -v git'], { env: told.env })).stdout.trim();
  const lay = async (at: string, scripts: Lies): Promise<void> => {
    for (const [name, script] of Object.entries(scripts)) {
      await writeFile(join(at, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(at, name), 0o755);
    }
  };
  return {
    ...told,
    base: await told.git('rev-parse', 'HEAD'),
    hooks: (scripts) => lay(join(told.remote, 'hooks'), scripts),
    services: (scripts) => lay(lies, scripts),
    programs: async (scripts) => {
      await lay(lies, scripts);
      await mkdir(join(told.folder, 'bin'));
      await writeFile(join(told.folder, 'bin/git'), shim(told.folder, real));
      await chmod(join(told.folder, 'bin/git'), 0o755);
      told.programEnv['PATH'] = `${join(told.folder, 'bin')}:${told.env['PATH']}`;
    },
    truth: async () => {
      for (const place of [lies, join(told.remote, 'hooks')]) {
        for (const name of await readdir(place)) await rm(join(place, name));
      }
      delete told.programEnv['PATH'];
    },
  };
}

/** No byte of an answer may reach into the terminal that shows it. */
export const INERT = /^[\n\x20-\x7e\u00a0-\uffff]*$/u;

/** How a delivery ends. `done`: it found out that the commit had arrived. */
export type Ending = { code: string; exit: number } | 'done';

/** It says what happened, claims nothing, and names a way on. */
export function refusedAs(ends: Exclude<Ending, 'done'>, exit: number, answer: any): void {
  expect({ code: answer.code, exit }, JSON.stringify(answer)).toEqual(ends);
  expect(answer.data.confirmed).not.toBe(true);
  expect(answer.data.state).not.toBe('done');
  expect(answer.next.length).toBeGreaterThan(0);
}

/** The remote has exactly one commit for the ticket, HEAD is the remote's, and nothing is broken. */
export async function deliveredOnce(told: LyingWorld, answer: { state?: string; commit?: string; confirmed?: boolean }): Promise<void> {
  expect(answer).toMatchObject({ state: 'done', confirmed: true });
  const main = await told.git('-C', told.remote, 'rev-parse', 'refs/heads/main');
  const ours = await told.git('-C', told.remote, 'log', '--format=%H', `--grep=Cxw-Ticket: ${told.ticket}`, `${told.base}..${main}`);
  expect(ours).toBe(answer.commit);
  expect(await told.git('log', '--format=%H', `--grep=Cxw-Ticket: ${told.ticket}`, `${told.base}..main`)).toBe(ours);
  await told.git('fsck', '--strict', '--no-dangling');
}
