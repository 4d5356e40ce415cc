import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localLinks } from '../../../src/domain/documents/links.js';
import { wordsShown } from '../../../src/domain/documents/markdown.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import { archiveOf, COMPLETED_MAX, PROGRESS_INDEX } from '../../../src/domain/progress/places.js';
import { planProgress, type KnownTicket, type ProgressPages } from '../../../src/domain/progress/plan.js';
import { progressProblems } from '../../../src/domain/progress/problems.js';
import { COMPLETED, IN_PROGRESS, rowsOf } from '../../../src/domain/progress/tables.js';
import fc from '../../support/property.js';

const template = readFileSync(resolve(import.meta.dirname, '../../../templates/packs/loop/docs/progress/index.md'), 'utf8');
const completed = (ticket: string, date: string, hasReview = false): KnownTicket => ({ ticket, title: `Title of ${ticket} | x`, stand: { completed: date }, hasReview });
const running = (ticket: string, state = 'writer_assigned'): KnownTicket => ({ ticket, title: 'Runs', stand: { state }, hasReview: false });

/** The pages after a plan. */
function after({ index, archive }: ProgressPages, known: readonly KnownTicket[]): ProgressPages {
  const { pages } = planProgress({ index, archive }, known);
  const next = new Map(archive);
  for (const { path, text } of pages) if (path !== PROGRESS_INDEX) next.set(path, text);
  return { index: pages.find(({ path }) => path === PROGRESS_INDEX)?.text ?? index, archive: next };
}
const EMPTY: ProgressPages = { index: template, archive: new Map() };
const tickets = (text: string, which: typeof COMPLETED | typeof IN_PROGRESS = COMPLETED) => rowsOf(text, which).map(({ ticket }) => ticket);

describe('the index', () => {
  test('lists what runs and what was completed, newest first, and leaves the rest of the page', () => {
    const pages = after(EMPTY, [completed('T-1', '2026-01-02'), completed('T-2', '2026-03-04', true), running('T-3')]);
    expect(tickets(pages.index)).toEqual(['T-2', 'T-1']);
    expect(tickets(pages.index, IN_PROGRESS)).toEqual(['T-3']);
    expect(pages.index).toContain('| T-2 | Title of T-2 \\| x | 2026-03-04 | [review](../review/T-2.md) |');
    expect(pages.index).toContain('At most ten rows');
    expect(planProgress(pages, [completed('T-1', '2026-01-02'), completed('T-2', '2026-03-04', true), running('T-3')]).pages).toEqual([]);
  });

  test('on the eleventh the oldest five move to the archive of their quarters', () => {
    const ten = Array.from({ length: 10 }, (_, at) => completed(`T-${at}`, `2026-${String(at + 1).padStart(2, '0')}-01`));
    const full = after(EMPTY, ten);
    expect([tickets(full.index).length, full.archive.size]).toEqual([10, 0]);
    const plan = planProgress(full, [...ten, completed('T-10', '2026-11-01')]);
    expect(plan.archived).toEqual(['T-4', 'T-3', 'T-2', 'T-1', 'T-0']);
    expect(plan.pages.map(({ path }) => path)).toEqual(['docs/progress/archive/2026-Q1.md', 'docs/progress/archive/2026-Q2.md', PROGRESS_INDEX]);
    const pages = after(full, [...ten, completed('T-10', '2026-11-01')]);
    expect(tickets(pages.index)).toEqual(['T-10', 'T-9', 'T-8', 'T-7', 'T-6', 'T-5']);
    expect(tickets(pages.archive.get('docs/progress/archive/2026-Q1.md' as RepoPath)!)).toEqual(['T-2', 'T-1', 'T-0']);
    expect(planProgress(pages, [...ten, completed('T-10', '2026-11-01')]).pages).toEqual([]);
  });

  test('keeps what no ledger here knows: rows of other machines, and rows with a date of their own kind', () => {
    const index = template.replace('| ticket | title | state |\n|---|---|---|\n', '| ticket | title | state |\n|---|---|---|\n| T-far | Elsewhere | planned |\n| T-1 | Runs | old |\n')
      .replace('| review |\n|---|---|---|---|\n', '| review |\n|---|---|---|---|\n| T-old | Before cxw | last spring | – |\n');
    const pages = after({ index, archive: new Map() }, [completed('T-1', '2026-01-01')]);
    expect(tickets(pages.index, IN_PROGRESS)).toEqual(['T-far']);
    expect(tickets(pages.index)).toEqual(['T-1', 'T-old']);
  });

  test('gets its tables where a page has none', () => {
    const pages = after({ index: '# Ours\r\n\r\nwords\r\n', archive: new Map() }, [running('T-1')]);
    expect(pages.index).toBe('# Ours\r\n\r\nwords\r\n\r\n## In progress\r\n\r\n| ticket | title | state |\r\n|---|---|---|\r\n| T-1 | Runs | writer_assigned |\r\n\r\n## Completed\r\n\r\n| ticket | title | completed | review |\r\n|---|---|---|---|\r\n');
  });

  test('however many are completed in whatever order, every one is listed once, never more than ten in the index, and nothing is wrong', () => {
    const day = fc.integer({ min: 0, max: 700 }).map((days) => new Date(Date.UTC(2025, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(fc.property(fc.array(fc.array(day, { maxLength: 14 }), { maxLength: 5 }), (batches) => {
      let pages = EMPTY;
      const all: KnownTicket[] = [];
      for (const [batch, days] of batches.entries()) {
        all.push(...days.map((date, at) => completed(`T-${batch}-${at}`, date)));
        pages = after(pages, all);
        expect(tickets(pages.index).length).toBeLessThanOrEqual(COMPLETED_MAX);
      }
      const listed = [...tickets(pages.index), ...[...pages.archive.values()].flatMap((text) => tickets(text))];
      expect(listed.sort()).toEqual(all.map(({ ticket }) => ticket).sort());
      expect([...pages.archive].every(([path, text]) => rowsOf(text, COMPLETED).every(({ cells }) => archiveOf(cells[2]!) === path))).toBe(true);
      expect(progressProblems({ index: pages.index, archive: [...pages.archive.values()], sealed: new Set(all.map(({ ticket }) => ticket)) })).toEqual([]);
    }));
  });
});

test('what was written by hand against the records is told at its row', () => {
  const index = after(EMPTY, [running('T-1'), completed('T-1', '2026-01-01'), completed('T-2', '2026-01-01')]).index;
  const told = progressProblems({ index, archive: [], sealed: new Set(['T-1', 'T-3']) }).map(({ code, place, severity }) => [code, place?.line, severity]);
  expect(told).toEqual([['progress-unproved', 15, 'error'], ['progress-twice', 9, 'error'], ['progress-behind', undefined, 'warning']]);
  const eleven = index.replace('|---|---|---|---|\n', `|---|---|---|---|\n${Array.from({ length: 9 }, (_, at) => `| T-1${at} | t | 2026-01-01 | – |\n`).join('')}`);
  expect(progressProblems({ index: eleven, archive: [], sealed: new Set() })[0]).toMatchObject({ code: 'progress-too-long', facts: { rows: 11 } });
});

const HOSTILE = ['[x](y)', 'a](b', '<img src=x onerror=alert(1)>', '<!-- gone', 'tail \\', '`code` | *bold* & ~~not~~', '[x]: y', 'back \\| bar'];

test('a title is shown as it is said: no link, no HTML, no comment comes of it, however often the page is written', () => {
  const known = HOSTILE.flatMap((title, at): KnownTicket[] => [{ ...completed(`T-1${at}`, '2026-01-02'), title }, { ...running(`T-2${at}`), title }]);
  const pages = after(EMPTY, known);
  expect(localLinks(PROGRESS_INDEX, pages.index).map(({ target }) => target)).toEqual(localLinks(PROGRESS_INDEX, template).map(({ target }) => target));
  expect(pages.index).not.toMatch(/(?<!\\)<(img|!-- gone)/);
  expect(rowsOf(pages.index, COMPLETED).map(({ cells }) => wordsShown(cells[1]!)).sort()).toEqual([...HOSTILE].sort());
  expect(after(pages, known)).toEqual(pages);
});
