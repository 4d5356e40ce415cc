/** A thread that helps to judge tickets. */
import { openDocuments } from '../documents.js';
import { openFiles } from '../files.js';
import { help } from '../threads.js';
import type { Case } from './index.js';
import type { Judgement } from './judgement.js';
import { judgeCase } from './threads.js';

void help<Case, Judgement | undefined>((root) => {
  const files = openFiles(root);
  const desk = { files, documents: openDocuments(files) };
  return (one) => judgeCase(desk, one);
});
