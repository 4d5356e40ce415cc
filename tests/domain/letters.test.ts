import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseActor } from '../../src/domain/actors.js';
import { lettersPattern } from '../../src/domain/letters.js';
import { holdsUnseen, unseenShown } from '../../src/domain/unseen.js';

const ascii = fc.string({ unit: 'binary-ascii', maxLength: 40 });
const anything = fc.oneof(ascii, fc.string({ unit: 'binary', maxLength: 20 }));

describe('a pattern about letters', () => {
  const SOURCE = "^[\\p{L}\\p{N}][^<>\\p{C}]*|[^\\p{L}\\p{N} ._@+'-]";

  test('finds in any text what Unicode\'s own classes find, without building them for ASCII', () => {
    const pattern = lettersPattern(SOURCE, 'g');
    fc.assert(fc.property(anything, (text) => {
      expect([...text.matchAll(pattern(text))].map(({ 0: found, index }) => [found, index]))
        .toEqual([...text.matchAll(new RegExp(SOURCE, 'gu'))].map(({ 0: found, index }) => [found, index]));
    }), { numRuns: 2000 });
  });

  test.each(['writer:Łukasz', 'reviewer:李雷', 'human:kim-2', 'planner:Zoë O\'Brien'])('names %s', (written) => {
    expect(parseActor(written)).toBeDefined();
  });

  test.each(['writer:<b>', 'writer:', 'writer:-kim', 'writer:a\u202eb'])('does not name %j', (written) => {
    expect(parseActor(written)).toBeUndefined();
  });
});

describe('characters that cannot be seen', () => {
  const UNSEEN = /(?![\t\n\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

  test('are found and shown in plain text as in any other', () => {
    fc.assert(fc.property(anything, (text) => {
      const found = text.match(UNSEEN) ?? [];
      expect(holdsUnseen(text)).toBe(found.length > 0);
      expect(unseenShown(text, (character) => `<${character}>`)).toBe(text.replace(UNSEEN, '<$&>'));
    }), { numRuns: 2000 });
  });
});
