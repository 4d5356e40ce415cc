import { VERSION } from '../domain/version.js';
import type { Answer } from '../output/answer.js';
import type { Run } from './cxw.js';

/** Endings whose words are an answer; all others are talk, and go to stderr. */
const ANSWERS = new Set([0, 3, 4, 5]);

/** Columns of a line where the stream has none of its own, and at most. */
const WIDTH = 100;

/** Writes the answer in the form that was asked for. Answers its exit code. */
export async function present(run: Run, found: Answer): Promise<number> {
  const { io, asked } = run;
  const answer = isAsWritten(run, found) ? found : (await import('./standpoint.js')).answerFrom(run, found);
  if (asked.json === true) io.stdout.write((await import('../output/json.js')).jsonOf(answer));
  else if (asked.format === 'github' && ANSWERS.has(answer.exit)) io.stdout.write((await import('../output/github.js')).githubOf(answer.problems));
  else if (asked.format === 'sarif' && ANSWERS.has(answer.exit)) io.stdout.write((await import('../output/sarif.js')).sarifOf(answer.problems, VERSION));
  else await presentText(run, answer);
  return answer.exit;
}

/** Whether commands work as rules write them, for the root of a whole checkout: whether it is whole matters where one stages. */
const isAsWritten = ({ io, asked, world }: Run, { next, problems }: Answer): boolean =>
  asked.directory === undefined && (world === undefined || (io.cwd === world.places.root && ![next, ...problems.map(({ commands }) => commands)].flat().some((command) => command.startsWith('git add '))));

async function presentText({ io, asked, world }: Run, answer: Answer): Promise<void> {
  const { openPaint, showsUnicode, wantsColour } = await import('../output/paint.js');
  const { textOf } = await import('../output/text/index.js');
  const stream = ANSWERS.has(answer.exit) ? io.stdout : io.stderr;
  const agent = world?.session.agent;
  const colour = wantsColour({ flag: asked.color, env: io.env, terminal: stream.isTTY === true, agent });
  const unicode = showsUnicode(io.env);
  const width = Math.min(stream.columns ?? WIDTH, WIDTH);
  stream.write(await textOf(answer, { paint: await openPaint({ colour, unicode }), unicode, width, agent: agent !== undefined }));
}
