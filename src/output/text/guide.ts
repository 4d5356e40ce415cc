import type { Guide } from '../../verbs/guide.js';
import { visibleBlock } from '../escape.js';
import { columns, type TextMaker } from './view.js';

export const guideText: TextMaker<Guide> = (answer) =>
  'topics' in answer ? columns(answer.topics.map(({ topic, says }) => [topic, says])) : visibleBlock(answer.text).trimEnd().split('\n');
