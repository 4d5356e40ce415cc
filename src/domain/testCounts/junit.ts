import { addCounts, NO_TESTS, numberIn, type Count } from './count.js';

/**
 * JUnit XML: its test cases, or where none are listed the numbers of its outermost suites. The text is a stranger's, so
 * it is scanned once from left to right: no entity is expanded, nothing nested is built, and what is not well formed
 * ends the scan. Nothing when it holds no suite.
 */
export function readJUnit(xml: string): Count | undefined {
  const cases: Count[] = [];
  const suites: Count[] = [];
  let depth = 0;
  let open: Count | undefined;
  for (const tag of tagsOf(xml)) {
    switch (tag.name) {
      case 'testsuites':
      case 'testsuite':
        if (!tag.isEnd && depth === 0) suites.push(countOfSuite(tag.attributes));
        if (tag.isEnd) depth = Math.max(0, depth - 1);
        else if (!tag.isEmpty) depth += 1;
        break;
      case 'testcase':
        if (tag.isEnd) open = undefined;
        else cases.push(open = { ...NO_TESTS, passed: 1 });
        if (tag.isEmpty) open = undefined;
        break;
      case 'failure':
      case 'error':
        if (!tag.isEnd && open !== undefined) Object.assign(open, NO_TESTS, { failed: 1 });
        break;
      case 'skipped':
        if (!tag.isEnd && open?.passed === 1) Object.assign(open, NO_TESTS, { skipped: 1 });
        break;
    }
  }
  return suites.length === 0 ? undefined : addCounts(cases.length > 0 ? cases : suites);
}

function countOfSuite(attributes: string): Count {
  const read = (name: string): number => numberIn(new RegExp(`(?:^|\\s)${name}\\s*=\\s*["'](\\d{1,12})["']`).exec(attributes)?.[1]);
  const failed = read('failures') + read('errors');
  const skipped = read('skipped') + read('disabled');
  return { passed: Math.max(0, read('tests') - failed - skipped), failed, skipped };
}

interface Tag {
  name: string;
  attributes: string;
  /** `</name>` */
  isEnd: boolean;
  /** `<name/>` */
  isEmpty: boolean;
}

/** What is skipped whole, and where it ends. */
const SKIPPED = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>'], ['<!', '>']] as const;
const LONGEST_NAME = 40;

function* tagsOf(xml: string): Generator<Tag> {
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const skipped = SKIPPED.find(([start]) => xml.startsWith(start, at));
    if (skipped !== undefined) {
      const end = xml.indexOf(skipped[1], at + skipped[0].length);
      if (end < 0) return;
      at = end + skipped[1].length;
      continue;
    }
    const end = endOfTag(xml, at + 1);
    if (end < 0) return;
    const isEnd = xml[at + 1] === '/';
    const isEmpty = xml[end - 1] === '/';
    const start = at + (isEnd ? 2 : 1);
    const name = /^[A-Za-z_][\w.-]*/.exec(xml.slice(start, start + LONGEST_NAME))?.[0];
    if (name !== undefined) yield { name, attributes: xml.slice(start + name.length, isEmpty ? end - 1 : end), isEnd, isEmpty };
    at = end + 1;
  }
}

/** The `>` that ends the tag: not one within quotes. */
function endOfTag(xml: string, start: number): number {
  let quote = '';
  for (let at = start; at < xml.length; at++) {
    const character = xml[at]!;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}
