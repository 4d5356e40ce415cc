import { ownPath } from '../paths.js';
import type { Prompt } from '../rendering.js';
import type { ScaffoldFile } from '../scaffold.js';
import { yamlScalar } from '../yamlText.js';
import { clientDescription, clientName, instructionsOf } from './instructions.js';

/** What a role may use that changes no file. A shell is among it: a brief is printed by a command. */
const READING = 'Read, Grep, Glob, Bash';

/** A role for Claude Code. */
export const claudeRole = (prompt: Prompt): ScaffoldFile => ({
  path: ownPath(`.claude/agents/${clientName(prompt)}.md`),
  pack: 'claude',
  text: `---
name: ${clientName(prompt)}
description: ${yamlScalar(clientDescription(prompt))}
${prompt.writes ? '' : `tools: ${READING}\n`}---

${instructionsOf(prompt)}`,
});
