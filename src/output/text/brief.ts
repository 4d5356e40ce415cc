import type { BriefData } from '../../verbs/brief.js';
import { visible, visibleBlock } from '../escape.js';
import type { TextMaker } from './view.js';

/** A brief is bounded already, and a reviewer must see all of it. */
const WHOLE = 4 * 1024 * 1024;

/** The brief itself, ready to be pasted. */
export const briefText: TextMaker<BriefData> = ({ text, lines, bytes, tokensEstimated, leftOut }) => (text === undefined ? [] : [
  ...visibleBlock(text.trimEnd(), WHOLE).split('\n'),
  '',
  `Size: ${lines} lines, ${bytes} bytes, about ${tokensEstimated} tokens (an estimate: 4 bytes each)`,
  ...(leftOut?.length ? [`Left out: ${visible(leftOut.join('; '))}`] : []),
]);
