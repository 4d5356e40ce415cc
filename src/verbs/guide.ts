import { isTopic, TOPICS, type Topic } from '../domain/guide.js';
import { nearest } from '../domain/nearest.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse } from '../domain/problem.js';
import type { Assets } from '../world/assets.js';

export type Guide = { topic: Topic; text: string } | { topics: { topic: Topic; says: string }[] };

/** One page of guidance, as it ships with the program; without a topic, lists them. */
export async function guide(assets: Pick<Assets, 'guide'>, written: string | undefined): Promise<Outcome<Guide | object>> {
  if (written === undefined) return done('guide', { topics: Object.entries(TOPICS).map(([topic, says]) => ({ topic, says })) }, ['cxw guide start']);
  const topic = written.trim().toLowerCase();
  if (isTopic(topic)) return done('guide', { topic, text: await assets.guide(topic) });
  return no('refused', 'guide', {}, [refuse('unknown-topic', { written, topics: Object.keys(TOPICS), near: nearest(topic, Object.keys(TOPICS))[0] })]);
}
