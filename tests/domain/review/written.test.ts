import { describe, expect, test } from 'vitest';
import { ownPath, pathFromBytes, type RepoPath } from '../../../src/domain/paths.js';
import { deniedWords, isReviewable, type ReviewedRun } from '../../../src/domain/review/facts.js';
import { reviewProblems } from '../../../src/domain/review/judging.js';
import { REVIEW_LINES, SECTIONS } from '../../../src/domain/review/places.js';
import { reviewWordsSchema } from '../../../src/domain/review/words.js';
import { writtenReview } from '../../../src/domain/review/written.js';
import { fold } from '../../../src/domain/run.js';
import fc from '../../support/property.js';
import { aLife, chained, lifeOf, TICKET, ticketDocument, type Life } from '../../support/sealed.js';

function runOf(changes: Partial<Life> = {}): ReviewedRun {
  const run = fold(TICKET, chained(lifeOf(aLife(changes))).facts);
  if (!isReviewable(run)) throw new Error('it has no change');
  return run;
}
const words = (said: Record<string, unknown> = {}) => reviewWordsSchema.parse(said);
const entry = (path: RepoPath) => ({ path, oldMode: '000000', newMode: '100644', oldId: '0'.repeat(40), newId: 'c'.repeat(40) });
const codes = (run: ReviewedRun, text: string, hasRecord = false): string[] => reviewProblems({ run, text, hasRecord }).map(({ code }) => code);

describe('a review', () => {
  const run = runOf();
  const said = words({
    summary: 'It greets.\nKindly.', decisions: [{ what: 'Plain text', why: 'Everybody reads it', rejected: '<b>HTML</b>' }], excerpts: [{ path: 'greeting.txt', lines: '1', why: 'The greeting' }],
    conformance: [{ criterion: 'AC-1', holds: 'partly', note: 'not in Welsh' }], deviations: ['No Welsh'], open_questions: ['Which languages?'], test_gaps: ['Welsh'], updates: [{ file: 'docs/architecture.md', change: 'name the file' }],
  });
  const text = writtenReview(run, said);

  test('has eight sections, the facts of the ledger, and the words', () => {
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(SECTIONS.map((title, at) => `${at + 1}. ${title}`));
    expect(text).toContain('| `greeting.txt` | new | code |');
    expect(text).toContain('| AC-1 | The greeting is there. | P1 unmeasured | partly: not in Welsh |');
    expect(text).toContain('| P1 | `grep hello greeting.txt` | unmeasured | – |');
    expect(text).toContain('- **Plain text**: Everybody reads it Set aside: \\<b\\>HTML\\</b\\>');
    expect(text).toContain('- Reviewed: pass by reviewer:Kim; 0 findings cleared, 0 open');
    expect(codes(run, text)).toEqual([]);
  });

  test('without words says None where there is nothing, and is still right', () => {
    const bare = writtenReview(run, words());
    expect(bare).toContain('> It greets.');
    expect(bare.match(/None/g)!.length).toBeGreaterThanOrEqual(6);
    expect(codes(run, bare)).toEqual([]);
  });

  test('whatever was changed and said, is short enough, holds every file, and nothing is wrong with it', () => {
    const name = fc.oneof(fc.constantFrom('a.ts', 'tests/a.test.ts', '"quoted".md', 'pi|pe', 'tick`s', 'back\\|slash', ' blank ', 'new\nline', '-x', '<!--', '```').map((path) => path as RepoPath),
      fc.uint8Array({ minLength: 1, maxLength: 8 }).filter((bytes) => !bytes.includes(0) && !bytes.includes(47)).map(pathFromBytes));
    const line = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((one) => one.trim() !== '');
    const list = (most: number) => fc.array(line, { maxLength: most });
    fc.assert(fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 300 }), list(15), list(15), fc.integer({ min: 1, max: 60 }), (paths, deviations, questions, criteria) => {
      const ids = Array.from({ length: criteria }, (_, at) => at + 1);
      const ticket = ticketDocument({
        acceptance: ids.map((at) => ({ id: `AC-${at}`, text: 'It holds.', proofs: [`P${Math.min(at, 50)}`] })),
        proof: ids.slice(0, 50).map((at) => ({ id: `P${at}`, run: 'true' })),
      });
      const many = runOf({ product: paths.map(entry), ticket });
      const written = writtenReview(many, words({
        deviations, open_questions: questions, test_gaps: questions, summary: deviations.join('\n') || 'x',
        decisions: deviations.map((what) => ({ what, why: what })), updates: questions.map((change) => ({ file: 'a.md', change })),
      }));
      expect(written.split('\n').length - 1).toBeLessThanOrEqual(REVIEW_LINES);
      expect(reviewProblems({ run: many, text: written, hasRecord: false })).toEqual([]);
    }));
  });

  test.each([
    ['a file left out', (it: string) => it.replace(/^\| `greeting.txt`.*\n/m, ''), ['review-file-missing']],
    ['another file', (it: string) => it.replace('`greeting.txt` |', '`greeting.txt`, `other.txt` |'), ['review-file-added']],
    ['a file by another name', (it: string) => it.replace('| `greeting.txt` |', '| greetings.txt |'), ['review-file-missing', 'review-file-added']],
    ['the same file without ticks', (it: string) => it.replace('| `greeting.txt` |', '| greeting.txt |'), []],
    ['a proof that went better', (it: string) => it.replace('| unmeasured |', '| passed |'), ['review-proof-differs']],
    ['a proof that there is not', (it: string) => it.replace('| P1 | `', '| P2 | `'), ['review-proof-differs']],
    ['a section taken out', (it: string) => it.replace('## 6. Open questions\n\n- Which languages?\n\n', ''), ['review-section-missing']],
    ['an empty section', (it: string) => it.replace('- Which languages?\n', ''), ['review-section-missing']],
    ['sections in another order', (it: string) => it.replace('## 3. Decisions', '## X').replace('## 4. Critical excerpts', '## 3. Decisions').replace('## X', '## 4. Critical excerpts'), ['review-section-missing']],
    ['a decision without a record', (it: string) => it.replace('required: no', 'required: yes'), ['review-adr-missing']],
    ['no answer about decisions', (it: string) => it.replace('New ADR required: no', ''), ['review-section-missing']],
    ['too many lines', (it: string) => it + '\n- more'.repeat(150), ['review-too-long']],
  ])('%s is told', (_, edit, expected) => expect(codes(run, edit(text))).toEqual(expected));

  test('a decision with its record is as it must be; places are exact', () => {
    const yes = text.replace('required: no', 'required: yes');
    expect(codes(run, yes, true)).toEqual([]);
    const wrong = text.replace('| `greeting.txt` |', '| `greetings.txt` |');
    expect(reviewProblems({ run, text: wrong, hasRecord: false }).map(({ place }) => [place?.line, place?.column])).toEqual([[12, 1], [16, 3]]);
  });
});

test('words that the facts deny are refused, each by its field', () => {
  const waived = chained(lifeOf(aLife()).filter((body) => !(body.kind === 'entered' && body.state === 'focused_tests_passed'))).facts;
  const run = fold(TICKET, waived) as ReviewedRun;
  const denied = deniedWords(run, words({ conformance: [{ criterion: 'AC-1', holds: 'yes' }, { criterion: 'AC-9', holds: 'no' }], excerpts: [{ path: ownPath('other.txt'), why: 'x' }] }));
  expect(denied.map(({ facts }) => facts['field'])).toEqual(['conformance[0]', 'conformance[1]', 'excerpts[0]']);
});
