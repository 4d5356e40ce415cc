// Repositories that hold thousands of tickets or facts, made in one go: by files, not by commands.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const name = (number) => `TKT-2026-11-21-number-${String(number).padStart(5, '0')}`;

/** One day ago: no reader need take the files for ones that are still being written. */
const settle = (file) => utimesSync(file, Date.now() / 1000 - 86_400, Date.now() / 1000 - 86_400);

/** A standard ticket of 60 lines, like the ones that people write. */
export function ticketText(number) {
  const criterion = (at) => `  - id: AC-${at}
    given: A reader who opens page ${at} of part ${number}
    when: They follow the link at its end
    then: "They come to the next page, and the way back is shown"
    proofs: [P${at}]
`;
  const proof = (at) => `  - id: P${at}
    run: [npm, test, --, tests/part-${number}/page-${at}.test.ts]
    timeout: 600
`;
  const numbers = [1, 2, 3, 4];
  return `# yaml-language-server: $schema=../.cxw/schemas/ticket.json
schema_version: 3
id: ${name(number)}
class: standard
title: Link the pages of part ${number} with each other
kind: feature
scope:
  allowed:
    - src/part-${number}/**
    - tests/part-${number}/*.test.ts
  forbidden:
    - src/part-${number}/generated/**
plan:
  - Read how the pages are put together, and where the links stand.
  - Write the links, and a test for each page.
  - Look at them in a browser.
specs:
  mode: no_spec
  reason: The pages and their order are described in the handbook already.
decisions:
  locked:
    - { id: DEC-1, text: Links are relative. }
stop_conditions:
  - A page is found that nobody can place.
acceptance:
${numbers.map(criterion).join('')}proof:
${numbers.map(proof).join('')}`;
}

/** Makes a repository at `folder` that is set up and has so many tickets, none begun. Answers their ids. */
export function repositoryOf(count, { folder, program, env }) {
  const git = (...args) => execFileSync('git', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  mkdirSync(join(folder, 'src'), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  for (let at = 1; at <= 60; at++) writeFileSync(join(folder, `src/file-${at}.txt`), `This is file ${at}.\n`.repeat(40));
  execFileSync(process.execPath, [program, 'init', '--delivery', 'commit', '--prove', 'git --version'], { cwd: folder, env, stdio: 'ignore' });
  const ids = Array.from({ length: count }, (_, at) => name(at + 1));
  for (const [at, id] of ids.entries()) {
    const file = join(folder, `tickets/${id}.yaml`);
    writeFileSync(file, ticketText(at + 1));
    settle(file);
  }
  git('add', '--all');
  git('-c', 'maintenance.auto=false', 'commit', '--quiet', '--message', 'Set up');
  git('gc', '--quiet');
  git('status', '--porcelain');
  return ids;
}

const LEDGER_FACTS = 10_000;

/** Makes a repository with so many facts in sealed ledgers, ten thousand in each. */
export function sealedRepository(count, { folder, program, env }) {
  for (const id of repositoryOf(Math.ceil(count / LEDGER_FACTS), { folder, program, env })) {
    mkdirSync(join(folder, 'tickets/records', id), { recursive: true });
    writeFileSync(join(folder, 'tickets/records', id, 'ledger.jsonl'), sealedLedger(id, Math.min(count, LEDGER_FACTS)));
  }
}

/** A chain of attestations, like those that a ticket gathers; all facts of a size. */
function sealedLedger(ticket, count) {
  const lines = [];
  const digest = (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  let prev = digest(`cxw:${ticket}`);
  for (let seq = 1; seq <= count; seq++) {
    const changeSet = { digest: digest(`change ${seq}`), base: '0123456789abcdef0123456789abcdef01234567' };
    const document = { change_set: changeSet.digest, verdict: 'pass', summary: `Read all of it, for the ${seq}th time.`, risks: [] };
    const fact = { v: 1, seq, prev, at: '2026-11-21T12:00:00.000Z', ticket, by: { role: 'writer', name: 'Ada' }, origin: { seen: 'self-declared' }, kind: 'recorded', record: 'self-review', document, changeSet, digest: digest(document.summary) };
    lines.push(`${JSON.stringify(fact)}\n`);
    prev = digest(lines.at(-1));
  }
  return lines.join('');
}

/**
 * Makes a repository with one ticket, and with so many uncommitted files that are nobody's but a person's own. Answers
 * what puts the ticket back to where its baseline is taken next.
 */
export function dirtyRepository(count, { folder, program, env }) {
  repositoryOf(1, { folder, program, env });
  for (let at = 0; at < count; at++) {
    const below = join(folder, 'mine', String(Math.floor(at / 100)));
    if (at % 100 === 0) mkdirSync(below, { recursive: true });
    writeFileSync(join(below, `file-${at}.txt`), `File ${at}, as it is today.\n`.repeat(40));
  }
  execFileSync(process.execPath, [program, 'advance'], { cwd: folder, env, stdio: 'ignore' });
  const [live, before] = [join(folder, '.git/cxw'), join(folder, '.git/cxw-before')];
  cpSync(live, before, { recursive: true });
  return () => {
    rmSync(live, { recursive: true, force: true });
    cpSync(before, live, { recursive: true });
  };
}
