import type { Chain, ChainStage } from '../../verbs/family/chain.js';
import { visible } from '../escape.js';
import type { View } from './view.js';

/** Branches of the tree, where more than ASCII can be shown and where not. */
const TREE = { unicode: { fork: '├─', last: '└─', on: '│ ' }, plain: { fork: '|-', last: '`-', on: '| ' } };

/** The children of a parent as a tree, stage by stage. */
export function chainText({ stages, done, children }: Chain, { paint: { marks, strong }, unicode }: View): string[] {
  const tree = unicode ? TREE.unicode : TREE.plain;
  const lines = stages.flatMap(({ stage, exitGate, children: members }, at) => {
    const isLast = at === stages.length - 1;
    if (stage === undefined) return members.map((child, index) => `${isLast && index === members.length - 1 ? tree.last : tree.fork} ${childWords(child, marks)}`);
    return [
      `${isLast ? tree.last : tree.fork} ${strong(visible(stage))}  ${visible(exitGate ?? '')}`,
      ...members.map((child, index) => `${isLast ? '  ' : tree.on} ${index === members.length - 1 ? tree.last : tree.fork} ${childWords(child, marks)}`),
    ];
  });
  return [`${done} of ${children} children done`, ...lines];
}

function childWords({ ticket, how, state, title, reason, after }: ChainStage['children'][number], marks: View['paint']['marks']): string {
  const stand = how === 'open' ? state ?? 'not begun' : how === 'no-change' ? 'needed no change' : how;
  const mark = { 'done': marks.good, 'no-change': marks.good, 'deferred': marks.held, 'abandoned': marks.bad, 'missing': marks.bad, 'open': marks.open }[how];
  const why = reason === undefined ? '' : `: ${reason}`;
  const waits = after === undefined || how === 'done' ? '' : `, after ${after.join(', ')}`;
  return `${mark} ${visible(`${ticket}  ${stand}${why}${waits}${title === undefined ? '' : `  ${title}`}`)}`;
}
