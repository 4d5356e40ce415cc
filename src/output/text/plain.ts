import type { SchemaAnswer } from '../../verbs/schema.js';
import { visible, visibleBlock } from '../escape.js';
import type { TextMaker } from './view.js';

export const helpText: TextMaker<{ help: string }> = ({ help }) => visibleBlock(help.trimEnd()).split('\n');

export const versionText: TextMaker<{ version: string }> = ({ version }) => [visible(version)];

/** A schema is printed alone, so that it can be sent to a file. */
export const schemaText: TextMaker<SchemaAnswer> = (answer) =>
  'names' in answer ? answer.names : JSON.stringify(answer.schema, null, 2).split('\n');
