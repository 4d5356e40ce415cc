import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workshop } from '../support/workshop.js';

test('inside a git directory, and in a bare repository, nobody is told to make another repository', async () => {
  const { root, remote, cxwWith } = await workshop();
  for (const cwd of [join(root, '.git'), remote]) {
    const answer = JSON.parse((await cxwWith({ cwd }, 'status', '--json')).stdout);
    expect(answer).toMatchObject({ ok: false, exit: 6, code: 'not-a-repository', next: ['cxw -C FOLDER status'] });
    expect(answer.problems[0].message).toMatch(/: that is a git directory, and no place to work in\.$/);
  }
});

test('a shell that exports where git is to work is told how to stop that', async () => {
  const { root, cxwWith } = await workshop();
  const answer = JSON.parse((await cxwWith({ env: { GIT_DIR: join(root, '.git') } }, 'status', '--json')).stdout);
  expect(answer).toMatchObject({ ok: false, exit: 6, code: 'inside-a-hook', next: ['unset GIT_DIR', 'cxw status'] });
});
