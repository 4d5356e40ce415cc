import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { literalGlob } from '../domain/globText.js';
import type { RepoPath } from '../domain/paths.js';
import type { QuickTicket, TicketId } from '../domain/ticket.js';
import { yamlScalar } from '../domain/yamlText.js';

/** The folder of the spec that a ticket carries out, or why it needs none. */
export type SpecOrReason = { spec: RepoPath } | { reason: string };

/** Changes a ticket's text where it must be changed, and leaves every other character: words, comments, order. */
export interface TicketRewriter {
  /** The text of a quick ticket, as one of a standard ticket: its files become its scope, and its reason gives way to what it says of specs. */
  asStandard(text: string, ticket: QuickTicket, specs: SpecOrReason): Promise<string>;
  /** The text of an orchestrator ticket with one child more, in one of its stages if one is named. */
  withChild(text: string, child: TicketId, stage: string | undefined): Promise<string>;
}

/** One piece of the text to be replaced, by character offsets. */
interface Edit {
  from: number;
  to: number;
  text: string;
}

export const openTicketRewriter = (): TicketRewriter => ({
  withChild: async (text, child, stage) => (await import('./childRewriter.js')).withChild(text, child, stage),
  async asStandard(text, ticket, specs) {
    const [{ parse, parseDocument }, { ticketSchema }, { specFields }] = await Promise.all([import('yaml'), import('../domain/ticket.js'), import('../domain/ticketText.js')]);
    const contents = parseDocument(text, { version: '1.2' }).contents as YAMLMap;
    const rewritten = applied(text, [classEdit(contents), ...scopeEdits(contents, ticket), specsEdit(contents, 'spec' in specs ? specFields(specs.spec) : [['mode', 'no_spec'], ['reason', yamlScalar(specs.reason)]], text)]);
    ticketSchema.parse(parse(rewritten, { version: '1.2' }));
    return rewritten;
  },
});

function classEdit(contents: YAMLMap): Edit {
  return { ...rangeOf(pairAt(contents, 'class').value), text: 'standard' };
}

/** Files become patterns that match them and nothing else: in a pattern some characters must be escaped. */
function scopeEdits(contents: YAMLMap, ticket: QuickTicket): Edit[] {
  const files = pairAt(pairAt(contents, 'scope').value as YAMLMap, 'files');
  const patterns = (files.value as YAMLSeq<Scalar>).items.flatMap((item, at) => {
    const pattern = literalGlob(ticket.scope.files[at]!);
    return pattern === item.value ? [] : [{ ...rangeOf(item), text: yamlScalar(pattern) }];
  });
  return [{ ...rangeOf(files.key), text: 'allowed' }, ...patterns];
}

function specsEdit(contents: YAMLMap, fields: readonly (readonly [string, string])[], text: string): Edit {
  const pair = pairAt(contents, 'why_quick');
  const { from } = rangeOf(pair.key);
  const { to } = rangeOf(pair.value);
  const written = fields.map(([key, value]) => `${key}: ${value}`);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const specs = contents.flow ? `specs: { ${written.join(', ')} }` : [...remarksOn(pair), 'specs:', ...written.map((line) => `  ${line}`)].join(eol);
  // A block scalar's range takes its last newline along.
  return { from, to, text: text.slice(from, to).endsWith('\n') ? specs + eol : specs };
}

/** Remarks between a key and the words of its value go with what is replaced, so they are written anew, before it. */
function remarksOn({ value }: Pair<Node, Node>): string[] {
  const inside = isBlock(value) ? value.comment : undefined;
  return [value?.commentBefore, inside].flatMap((remark) => remark?.split('\n').map((line) => `#${line.trimEnd()}`) ?? []);
}

const isBlock = (value: Node | null): value is Scalar => value !== null && 'type' in value && /^BLOCK_/.test(String(value.type));

/** The text was read as a valid ticket, so its keys are there, and plain. */
function pairAt(map: YAMLMap, key: string): Pair<Node, Node> {
  const pair = (map.items as Pair<Scalar, Node>[]).find((item) => item.key.value === key);
  if (pair === undefined) throw new Error(`a ticket that was read has ${key}`);
  return pair as Pair<Node, Node>;
}

function rangeOf(node: Node | null): { from: number; to: number } {
  if (!node?.range) throw new Error('a node of a text that was read has its range');
  return { from: node.range[0], to: node.range[1] };
}

const applied = (text: string, edits: Edit[]): string =>
  [...edits].sort((a, b) => b.from - a.from).reduce((done, edit) => done.slice(0, edit.from) + edit.text + done.slice(edit.to), text);
