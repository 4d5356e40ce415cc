import { ownPath } from '../paths.js';
import type { Prompt } from '../rendering.js';
import type { ScaffoldFile } from '../scaffold.js';
import { clientDescription, clientName, instructionsOf } from './instructions.js';

/**
 * A role for Codex. Its reader is strict: with a key that it does not know, it skips the role. The sandbox is a wish:
 * a sub-agent gets the one that the session around it has.
 */
export const codexRole = (prompt: Prompt): ScaffoldFile => ({
  path: ownPath(`.codex/agents/${clientName(prompt)}.toml`),
  pack: 'codex',
  text: `name = ${JSON.stringify(clientName(prompt))}
description = ${JSON.stringify(clientDescription(prompt))}
${prompt.writes ? '' : 'sandbox_mode = "read-only"\n'}developer_instructions = '''
${literal(instructionsOf(prompt))}'''
`,
});

/** A literal string of TOML means exactly what it says, and cannot say its own end. */
function literal(text: string): string {
  if (text.includes("'''")) throw new Error('a prompt holds three quotes in a row, which end a string of TOML');
  return text;
}
