import type { Completion } from '../../verbs/completion.js';
import { visible } from '../escape.js';
import type { TextMaker } from './view.js';

/** Read by a shell: the script alone, or one word a line, with what it is for where the shell shows that. */
export const completionText: TextMaker<Completion> = (answer) => {
  if ('script' in answer) return answer.script.trimEnd().split('\n');
  return answer.words.map(({ word, says }) => (answer.shell === 'bash' || says === '' ? visible(word) : `${visible(word)}\t${visible(says)}`));
};
