import type { Answer } from '../output/answer.js';
import type { Run } from './cxw.js';

/** Endings whose words are an answer; all others are talk, and go to stderr. */
const ANSWERS = new Set([0, 3, 4, 5]);

/** Writes the answer in the form that was asked for. Answers its exit code. */
export async function present(run: Run, answer: Answer): Promise<number> {
  const { io, asked } = run;
  if (asked.json === true) io.stdout.write((await import('../output/json.js')).jsonOf(answer));
  else await presentText(run, answer);
  return answer.exit;
}

async function presentText({ io, asked, world }: Run, answer: Answer): Promise<void> {
  const { openPaint, showsUnicode, wantsColour } = await import('../output/paint.js');
  const { textOf } = await import('../output/text/index.js');
  const stream = ANSWERS.has(answer.exit) ? io.stdout : io.stderr;
  const agent = world?.session.agent;
  const colour = wantsColour({ flag: asked.color, env: io.env, terminal: stream.isTTY === true, agent });
  stream.write(await textOf(answer, { paint: openPaint({ colour, unicode: showsUnicode(io.env) }), agent: agent !== undefined }));
}
