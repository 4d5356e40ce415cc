// The repositories that are measured, each made with real commands. Remotes are relative, so a copy works like the first.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DELIVERED = ['src/file-1.txt', 'src/file-2.txt', 'src/file-3.txt'];

/** Makes them below `folder`; `program` is the built `cxw`, `env` what every process gets. */
export function repositoriesIn(folder, program, env) {
  /**
   * The data of an answer. Outside the family of whoever measures: under an agent, cxw would rightly take writer and
   * reviewer for one.
   */
  function cxw(cwd, ...args) {
    const orphaned = ['-c', '("$0" "$@") &', process.execPath, program, ...args, '--json'];
    const answer = JSON.parse(spawnSync('sh', orphaned, { cwd, env, encoding: 'utf8' }).stdout);
    if (!answer.ok) throw new Error(`cxw ${args.join(' ')}: ${JSON.stringify(answer.problems)}`);
    return answer.data;
  }
  const git = (cwd, ...args) => {
    const ran = spawnSync('git', args, { cwd, env, encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`git ${args.join(' ')}: ${ran.stderr}`);
  };
  /** Its id. */
  const newTicket = (cwd, title, files) =>
    cxw(cwd, 'ticket', 'new', '--quick', title, ...files.flatMap((file) => ['--file', file]), '--accept', 'The file shall say so.', '--prove', `grep -q . ${files[0]}`, '--plan', 'Say so.', '--why', 'One word.').id;

  /** `name/work` with so many files, pushed to `name/origin.git`. */
  function plain(name, files) {
    const work = join(folder, name, 'work');
    mkdirSync(join(work, 'src'), { recursive: true });
    git(join(folder, name), 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
    git(work, 'init', '--quiet', '--initial-branch=main');
    git(work, 'remote', 'add', 'origin', '../origin.git');
    for (let n = 1; n <= files; n++) {
      const part = n <= 60 ? 'src' : `src/part-${Math.floor(n / 50)}`;
      mkdirSync(join(work, part), { recursive: true });
      writeFileSync(join(work, part, `file-${n}.txt`), `This is file ${n}.\n`.repeat(40));
    }
    commit(work);
    return work;
  }

  /** The same with cxw set up. */
  function fresh(name, files = 60) {
    const work = plain(name, files);
    cxw(work, 'init', '--prove', 'git --version');
    commit(work);
    return work;
  }

  function commit(work) {
    git(work, 'add', '--all');
    // Git would tidy many files in the background, and then refuse to do so when it is told to.
    git(work, '-c', 'gc.auto=0', '-c', 'maintenance.auto=false', 'commit', '--quiet', '--message', 'Set up');
    git(work, 'push', '--quiet', '--set-upstream', 'origin', 'main');
    git(work, 'gc', '--quiet');
  }

  /** Begins the ticket, changes its files, and answers the digest of the change. */
  function change(work, id, files) {
    cxw(work, 'advance', id, '--until-blocked');
    for (const file of files) writeFileSync(join(work, file), 'Something else.\n');
    cxw(work, 'advance', id, '--until-blocked');
    return cxw(work, 'status', id).changeSet;
  }

  return {
    /** 60 files, without cxw. */
    untouched: () => plain('untouched', 60),
    /** One ticket under way among so many files: of one that is not begun, nobody asks what the worktree is like. */
    wide(files) {
      const work = fresh(`wide-${files}`, files);
      change(work, newTicket(work, 'The only one', DELIVERED), DELIVERED);
      return work;
    },
    /** 60 files of one's own, 20 tickets, one of them under way with 200 facts. */
    busy() {
      const work = fresh('busy');
      for (let n = 1; n < 20; n++) newTicket(work, `Change file ${n}`, [`src/file-${n + 20}.txt`]);
      commit(work);
      const id = newTicket(work, 'The one under way', DELIVERED);
      const digest = change(work, id, DELIVERED);
      const facts = readdirSync(join(work, '.git/cxw/tickets', id, 'facts')).length;
      for (let n = facts; n < 200; n++) cxw(work, 'record', 'self-review', id, '--verdict', 'pass', '--change-set', digest, '--summary', `Read it for the ${n}th time.`);
      return work;
    },
    /** One ticket, not begun. */
    single() {
      const work = fresh('single');
      newTicket(work, 'The only one', DELIVERED);
      return work;
    },
    /** A ticket of so many paths, with all its evidence: only the delivery is left. */
    ready(paths) {
      const work = fresh(`ready-${paths}`);
      const files = DELIVERED.slice(0, paths);
      const digest = change(work, newTicket(work, 'Deliver it', files), files);
      cxw(work, 'record', 'self-review', '--verdict', 'pass', '--change-set', digest, '--summary', 'As planned.');
      cxw(work, 'record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', digest, '--summary', 'Read it.');
      cxw(work, 'record', 'curation', '--memory', 'none');
      cxw(work, 'advance', '--until-blocked');
      return work;
    },
    /** A copy of `work` and its remote, with an index that knows its files. */
    copy(work, name) {
      const copied = join(folder, name);
      rmSync(copied, { recursive: true, force: true });
      cpSync(join(work, '..'), copied, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
      spawnSync('git', ['update-index', '-q', '--refresh'], { cwd: join(copied, 'work'), env });
      return join(copied, 'work');
    },
  };
}
