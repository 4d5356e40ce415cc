import type { Answer } from '../answer.js';
import { visibleCommand } from '../escape.js';
import { genericText } from './generic.js';
import { lastWays, problemLines } from './problems.js';
import type { TextMaker, View } from './view.js';

/** The words of each command, loaded when it answers. */
const MAKERS: Record<string, () => Promise<TextMaker<never>>> = {
  help: async () => (await import('./plain.js')).helpText,
  version: async () => (await import('./plain.js')).versionText,
  init: async () => (await import('./setUp.js')).initText,
  'ticket new': async () => (await import('./tickets.js')).ticketNewText,
  'ticket list': async () => (await import('./tickets.js')).ticketListText,
  'ticket show': async () => (await import('./tickets.js')).ticketShowText,
  'ticket import': async () => (await import('./tickets.js')).ticketImportText,
  'ticket escalate': async () => (await import('./tickets.js')).escalateText,
  'adr new': async () => (await import('./decisions.js')).adrText,
  'adr supersede': async () => (await import('./decisions.js')).adrText,
  'adr accept': async () => (await import('./decisions.js')).adrText,
  'adr deprecate': async () => (await import('./decisions.js')).adrText,
  'adr list': async () => (await import('./decisions.js')).adrListText,
  'adr index': async () => (await import('./decisions.js')).adrIndexText,
  'spec new': async () => (await import('./specs.js')).specNewText,
  'spec list': async () => (await import('./specs.js')).specListText,
  'spec apply': async () => (await import('./specs.js')).specApplyText,
  'spec drift': async () => (await import('./specs.js')).specDriftText,
  'spec trace': async () => (await import('./specs.js')).specTraceText,
  'review write': async () => (await import('./reviews.js')).reviewWriteText,
  'progress update': async () => (await import('./reviews.js')).progressText,
  'review fix': async () => (await import('./reviews.js')).reviewFixText,
  learn: async () => (await import('./reviews.js')).learnText,
  upgrade: async () => (await import('./setUp.js')).upgradeText,
  uninstall: async () => (await import('./setUp.js')).uninstallText,
  status: async () => (await import('./status.js')).statusText,
  validate: async () => (await import('./validate.js')).validateText,
  brief: async () => (await import('./brief.js')).briefText,
  advance: async () => (await import('./advance.js')).advanceText,
  record: async () => (await import('./record.js')).recordText,
  rework: async () => (await import('./ways.js')).reworkText,
  block: async () => (await import('./ways.js')).blockText,
  unblock: async () => (await import('./ways.js')).unblockText,
  abandon: async () => (await import('./ways.js')).abandonText,
  waive: async () => (await import('./ways.js')).waiveText,
  unlock: async () => (await import('./ways.js')).unlockText,
  deliver: async () => (await import('./deliver.js')).deliverText,
  abort: async () => (await import('./deliver.js')).abortText,
  log: async () => (await import('./log.js')).logText,
  verify: async () => (await import('./verify.js')).verifyText,
  explain: async () => (await import('./explain.js')).explainText,
  guide: async () => (await import('./guide.js')).guideText,
  doctor: async () => (await import('./doctor.js')).doctorText,
  completion: async () => (await import('./completion.js')).completionText,
  schema: async () => (await import('./plain.js')).schemaText,
};

/** An answer as text: what the command has to say, every problem, and at last the one thing to do now. */
export async function textOf(answer: Answer, view: View): Promise<string> {
  const maker = await (MAKERS[answer.command]?.() ?? genericText);
  const said = Object.keys(answer.data).length === 0 ? [] : maker(answer.data as never, { ...view, done: answer.exit === 0 });
  const blocks = [said, problemLines(answer, view), nextLines(answer, view)].filter((block) => block.length > 0);
  return blocks.map((block) => `${block.join('\n')}\n`).join('\n');
}

function nextLines(answer: Answer, { paint }: View): string[] {
  return lastWays(answer).map((command, at) => `${at === 0 ? paint.strong('Next') : '    '}   ${visibleCommand(command)}`);
}
