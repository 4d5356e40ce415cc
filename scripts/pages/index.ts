import { codeIndex, codePages } from './codes.js';
import { commandsPage } from './commands.js';
import { exitCodes, facts, json, policy, records, road, ticket } from './formats.js';

/** The reference pages, by their paths below `docs/reference/`. */
export const referencePages = (): Map<string, string> => new Map([
  ['commands.md', commandsPage()],
  ['exit-codes.md', exitCodes()],
  ['road.md', road()],
  ['ticket.md', ticket()],
  ['policy.md', policy()],
  ['records.md', records()],
  ['facts.md', facts()],
  ['json.md', json()],
  ['codes.md', codeIndex()],
  ...codePages().map(([name, text]): [string, string] => [`codes/${name}.md`, text]),
]);
