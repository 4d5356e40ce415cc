/** A thread that helps to judge tickets. It hands back everything at once, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDocuments } from '../documents.js';
import { openFiles } from '../files.js';
import { batches, judgeCase, type Judged, type Share } from './threads.js';

async function help({ root, cases, next }: Share): Promise<Judged> {
  const files = openFiles(root);
  const desk = { files, documents: openDocuments(files) };
  const judged: Judged = [];
  for (const [from, to] of batches(next, cases.length)) {
    for (let at = from; at < to; at++) {
      try {
        judged.push([at, await judgeCase(desk, cases[at]!)]);
      } catch {
        // Whoever asked tries again, and comes upon the same trouble where it can be told.
      }
    }
  }
  return judged;
}

void help(workerData as Share).then((judged) => parentPort!.postMessage(judged));
