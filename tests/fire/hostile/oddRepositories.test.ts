import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDirty, snapshot, TRACKED } from '../../support/dirt.js';
import { GREETER, story, type Story } from '../../support/story.js';
import { run } from '../../support/workshop.js';

const config = (...pairs: [string, string][]) => async (told: Story): Promise<void> => {
  for (const [key, value] of pairs) await told.git('config', '--add', key, value);
};
const hook = (name: string, script: string) => async (told: Story): Promise<void> => {
  const file = join(told.root, '.git/hooks', name);
  await mkdir(join(told.root, '.git/hooks'), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
};

const shell = (told: Story, script: string): Promise<unknown> => run('sh', ['-ec', script], { cwd: told.folder, env: told.env });

/** The same files in another repository of this shape, which `script` makes beside it as `new`, with `remote.git` for its remote. */
const remade = (script: string) => async (told: Story): Promise<void> => {
  const { exit, stderr } = await run('sh', ['-ec', `${script}\nrm -rf repo/.git; mv new/.git repo/.git; rm -rf new`], { cwd: told.folder, env: told.env });
  expect(exit, stderr).toBe(0);
  await told.git('status');
};

/** Repositories that are set up unlike most, and in which a ticket is delivered all the same. */
const DELIVERED: [string, (told: Story) => Promise<void>][] = [
  ['colours and pagers for everything', config(['color.ui', 'always'], ['core.pager', 'false'], ['pager.status', 'true'], ['pager.ls-files', 'true'])],
  ['paths shown relative, untracked files not shown', config(['status.relativePaths', 'true'], ['status.showUntrackedFiles', 'no'], ['status.short', 'true'], ['status.branch', 'true'])],
  ['differences that look otherwise', config(['diff.noprefix', 'true'], ['diff.mnemonicPrefix', 'true'], ['diff.renames', 'copies'], ['diff.external', 'false'], ['diff.orderFile', 'package.json'], ['diff.ignoreSubmodules', 'all'], ['diff.algorithm', 'patience'], ['core.quotePath', 'false'])],
  ['abbreviated names', config(['core.abbrev', '4'], ['log.abbrevCommit', 'true'], ['log.showSignature', 'true'], ['format.pretty', 'oneline'], ['log.decorate', 'full'])],
  ['messages in another encoding', config(['i18n.commitEncoding', 'ISO-8859-1'], ['i18n.logOutputEncoding', 'ISO-8859-1'])],
  ['another character for comments, and verbatim clean-up', config(['core.commentChar', ';'], ['commit.cleanup', 'scissors'], ['commit.verbose', 'true'], ['commit.template', 'nowhere'])],
  ['hash marks cleaned away', config(['commit.cleanup', 'strip'], ['core.commentChar', 'C'])],
  ['pushing that follows tags and means nothing by itself', async (told) => {
    await told.git('tag', '--annotate', '--message', 'one', 'v1');
    await config(['push.followTags', 'true'], ['push.default', 'nothing'], ['push.recurseSubmodules', 'on-demand'], ['push.autoSetupRemote', 'true'])(told);
  }],
  ['trailers of its own kind', config(['trailer.separators', '=%'], ['trailer.Cxw-Ticket.key', 'Other='], ['trailer.ifexists', 'replace'])],
  ['an index of version 4, an untracked cache and a split index', async (told) => {
    await told.git('update-index', '--index-version', '4');
    await config(['core.untrackedCache', 'true'], ['feature.manyFiles', 'true'])(told);
    await told.git('update-index', '--split-index');
  }],
  ['file modes and links that do not count', config(['core.fileMode', 'false'], ['core.symlinks', 'false'])],
  ['names that are not told apart by case', config(['core.ignoreCase', 'true'], ['core.precomposeUnicode', 'true'])],
  ['line endings by configuration', config(['core.autocrlf', 'input'], ['core.safecrlf', 'warn'])],
  ['a worktree configuration of its own', async (told) => {
    await config(['extensions.worktreeConfig', 'true'])(told);
    await told.git('config', '--worktree', 'user.name', 'Ada at work');
  }],
  ['a remote that is a clone with an index', async (told) => { await told.git('-C', told.remote, 'config', 'receive.denyCurrentBranch', 'ignore'); }],
  ['a remote that prunes, mirrors nothing, and has two fetch rules', config(['fetch.prune', 'true'], ['remote.origin.fetch', '+refs/pull/*:refs/remotes/origin/pull/*'], ['remote.origin.tagOpt', '--tags'])],
  ['a remote behind a rewritten URL', async (told) => {
    await told.git('remote', 'set-url', 'origin', 'our:remote.git');
    await config([`url.${told.folder}/.insteadOf`, 'our:'])(told);
  }],
  ['SHA-256 for its hash', remade(`rm -rf remote.git; git init -q --bare --object-format=sha256 -b main remote.git; git init -q --object-format=sha256 -b main new
    cp -R repo/. tree; rm -rf tree/.git; cp -R tree/. new; rm -rf new/tickets/TKT*; cd new; git add --all; git commit -qm First; git remote add origin ../remote.git; git push -qu origin main; cd ..`)],
  ['a history that was cut short', remade('git clone -q --depth 1 "file://$PWD/remote.git" new')],
  ['contents that were not all fetched', remade('git -C remote.git config uploadpack.allowFilter true; git clone -q --filter=blob:none "file://$PWD/remote.git" new')],
  ['its git directory elsewhere', async (told) => { await told.git('init', '--quiet', '--separate-git-dir', '../elsewhere.git'); }],
  ['a bare hub, and the worktree linked to it', async (told) => {
    await shell(told, `git clone -q --bare remote.git hub.git; cd hub.git; git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'; git fetch -q
      git config branch.main.remote origin; git config branch.main.merge refs/heads/main; git worktree add -q --no-checkout ../linked main
      rm -rf ../repo/.git; mv ../linked/.git ../repo/.git; git worktree repair ../repo; cd ../repo; git read-tree HEAD; git update-index -q --refresh || :`);
  }],
  ['a part of the files checked out', async (told) => {
    await told.write('far/away.txt', 'far\n');
    await told.git('add', '--', 'far');
    await told.git('commit', '--quiet', '--message', 'Far');
    await told.git('push', '--quiet');
    await told.git('sparse-checkout', 'set', '--no-cone', '/*', '!/far');
  }],
  ['a submodule, and a repository nobody added', async (told) => {
    await told.git('clone', '--quiet', told.remote, 'nested');
    await told.git('submodule', '--quiet', 'add', told.remote, 'module');
    await told.git('commit', '--quiet', '--message', 'A module');
    await told.git('push', '--quiet');
    await told.write('module/README.md', 'edited in the module\n');
  }],
  ['Windows line endings in the worktree', async (told) => {
    await config(['core.autocrlf', 'true'], ['core.safecrlf', 'false'])(told);
    await told.git('rm', '--quiet', '-r', '--cached', '.');
    await told.git('reset', '--quiet', '--hard');
  }],
  ['a remote on a relative path', async (told) => { await told.git('remote', 'set-url', 'origin', '../remote.git'); }],
  ['maintenance after everything', config(['gc.auto', '1'], ['maintenance.auto', 'true'], ['receive.autogc', 'true'], ['gc.autoDetach', 'true'])],
  ['merges without conflicts remembered, advice off', config(['rerere.enabled', 'true'], ['advice.statusHints', 'false'], ['merge.conflictStyle', 'zdiff3'], ['rebase.autoStash', 'true'], ['pull.rebase', 'true'])],
  ['aliases for every word', config(['alias.status', '!false'], ['alias.push', '!false'], ['alias.commit-tree', '!false'], ['alias.update-ref', '!false'])],
  ['packed refs and everything packed', async (told) => { await told.git('gc', '--quiet', '--prune=now'); await told.git('pack-refs', '--all'); }],
  ['objects that are borrowed', async (told) => {
    await told.git('clone', '--quiet', '--bare', told.remote, '../lender.git');
    await writeFile(join(told.root, '.git/objects/info/alternates'), `${join(told.folder, 'lender.git/objects')}\n`);
    await told.git('repack', '-a', '-d', '-l', '--quiet');
  }],
  ['a branch with a slash and letters of its own', async (told) => {
    await told.git('switch', '--quiet', '--create', 'feature/grüße-🎉');
    await told.git('push', '--quiet', '--set-upstream', 'origin', 'HEAD');
  }],
  ['a branch that is named like a file, and a tag that is named like the branch', async (told) => {
    await told.write('main', 'a file\n');
    await told.git('tag', 'main');
    await told.git('tag', 'HEAD-of-all');
  }],
  ['a remote whose branches and tags are named like each other', async (told) => { await told.git('push', '--quiet', 'origin', 'HEAD:refs/heads/origin', 'HEAD:refs/tags/main', 'HEAD:refs/heads/x/main', 'HEAD:refs/heads/main2'); }],
  ['hooks that are no hooks', async (told) => {
    await hook('pre-commit', 'exit 1')(told);
    await chmod(join(told.root, '.git/hooks/pre-commit'), 0o644);
    await hook('post-checkout', 'exit 1')(told);
    await hook('pre-push.sample', 'exit 1')(told);
  }],
  ['hooks that speak at length, and one that reads', async (told) => {
    await hook('pre-commit', 'yes speak | head -c 300000; cat')(told);
    await hook('pre-push', 'cat > /dev/null; yes speak | head -c 300000')(told);
  }],
  ['an editor, a pager and an askpass that fail', config(['core.editor', 'false'], ['sequence.editor', 'false'], ['core.askPass', 'false'])],
  ['attributes for everything', async (told) => {
    await told.write('.gitattributes', '* text=auto eol=lf\n*.bin binary\n*.js diff=javascript whitespace=trailing-space\n');
    await told.git('add', '--', '.gitattributes');
    await told.git('commit', '--quiet', '--message', 'Attributes');
    await told.git('push', '--quiet');
  }],
  ['ignore rules that hide the workflow\'s own folders from no one', async (told) => { await writeFile(join(told.root, '.git/info/exclude'), '*.log\n!tickets\n'); }],
];

describe('a ticket is delivered, alone and exactly, in a repository with', () => {
  test.each(DELIVERED)('%s', async (_, prepare) => {
    const told = await story({ files: { ...GREETER, ...TRACKED }, scaffold: 'committed', ticket: ['--file', 'greet.js', '--prove', 'node --test greet.test.js', '--why', 'Ein Buchstabe fehlt: grüße 🎉.'] });
    await prepare(told);
    await makeDirty(told);
    const isOurs = (path: string): boolean => path === 'greet.js' || path.startsWith('tickets/');
    const before = await snapshot(told, isOurs);
    const parent = await told.git('rev-parse', 'HEAD');
    await told.ready();

    const { data } = await told.ok('deliver');

    expect(data).toMatchObject({ state: 'done', confirmed: true });
    expect(await told.git('rev-parse', 'HEAD', 'HEAD^')).toBe(`${data.commit}\n${parent}`);
    expect(await told.remoteHead(data.branch.replace('refs/heads/', ''))).toBe(data.commit);
    expect((await told.git('-c', 'core.quotePath=true', 'diff-tree', '-r', '--no-commit-id', '--name-only', '--no-abbrev', data.commit)).split('\n').filter((path) => !isOurs(path))).toEqual([]);
    expect(await snapshot(told, isOurs)).toEqual(before);
    expect(await told.git('cat-file', 'commit', data.commit)).toMatch(/grüße 🎉/);
    expect(await told.git('cat-file', 'commit', data.commit)).not.toMatch(/^encoding /m);
    await told.git('fsck', '--connectivity-only');
    await told.ok('verify', told.ticket, '--delivered');
  });
});
