import { subjects } from '../domain/codes/pages/index.js';
import type { Page } from '../domain/codes/pages/page.js';
import { bytesOfPath, parsePath } from '../domain/paths.js';
import type { Place, Problem } from '../domain/problem.js';
import { visible, visibleJson } from './escape.js';

const pages: Record<string, Page<unknown> | undefined> = Object.assign({}, ...Object.values(subjects));

/**
 * Problems as SARIF 2.1.0, for services that show them beside the code. The rules are the codes that occur, each with
 * its page; the folder that paths start from is the root of the repository.
 */
export function sarifOf(problems: readonly Problem[], version: string): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  return `${visibleJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cxw', semanticVersion: version, rules: codes.map(rule) } },
      columnKind: 'unicodeCodePoints',
      results: problems.map((problem) => ({
        ruleId: problem.code,
        ruleIndex: codes.indexOf(problem.code),
        level: problem.severity,
        message: { text: messageOf(problem) },
        locations: problem.place === undefined ? [] : [locationOf(problem.place)],
      })),
    }],
  })}\n`;
}

function rule(code: string): object {
  const page = pages[code];
  if (page === undefined) return { id: code };
  return { id: code, shortDescription: { text: page.title }, fullDescription: { text: page.cause }, help: { text: page.fix } };
}

const messageOf = ({ message, commands }: Problem): string => [visible(message), ...commands.slice(0, 1).map((command) => visible(command))].join('\n');

function locationOf({ file, line, column, endLine, endColumn }: Place): object {
  const region = line === undefined ? undefined : { startLine: line, startColumn: column, endLine, endColumn };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' }, region } };
}

/** A path as a reference to it: byte for byte, for names need not be text. */
function uriOf(shown: string): string {
  const parsed = parsePath(shown);
  const bytes = parsed.ok ? bytesOfPath(parsed.path) : new TextEncoder().encode(shown);
  return [...bytes].map((byte) => (PLAIN.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');
}

const PLAIN = /[A-Za-z0-9\-._~/]/;
