import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { TicketId } from '../domain/ticket.js';

/** The text of an orchestrator ticket with one child more, at the end of its children and of one stage's. Every other character stays. */
export async function withChild(text: string, child: TicketId, stage: string | undefined): Promise<string> {
  const [{ parse, parseDocument }, { ticketSchema }] = await Promise.all([import('yaml'), import('../domain/ticket.js')]);
  const contents = parseDocument(text, { version: '1.2' }).contents as YAMLMap;
  const stages = stage === undefined ? [] : (valueAt(contents, 'stages') as YAMLSeq<YAMLMap>).items.filter((item) => item.get('id') === stage);
  const lists = [contents, ...stages].map((map) => valueAt(map, 'children') as YAMLSeq<Scalar>);
  const rewritten = lists.sort((a, b) => b.range![0] - a.range![0]).reduce((done, list) => appended(done, list, child), text);
  ticketSchema.parse(parse(rewritten, { version: '1.2' }));
  return rewritten;
}

/** The text was read as a valid ticket, so the key is there. */
function valueAt(map: YAMLMap, key: string): Node {
  return (map.items as Pair<Scalar, Node>[]).find((item) => item.key.value === key)!.value!;
}

function appended(text: string, list: YAMLSeq<Scalar>, child: TicketId): string {
  const last = list.items.at(-1);
  if (list.flow === true) {
    const at = last === undefined ? list.range![0] + 1 : last.range![1];
    return `${text.slice(0, at)}${last === undefined ? '' : ', '}${child}${text.slice(at)}`;
  }
  const [start, end] = [text.lastIndexOf('\n', last!.range![0]) + 1, text.indexOf('\n', last!.range![1])];
  const lead = text.slice(start, last!.range![0]);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  // Whatever stands behind the last name on its line, as a remark, stays there.
  const at = end < 0 ? text.length : end - (text[end - 1] === '\r' ? 1 : 0);
  return `${text.slice(0, at)}${eol}${lead}${child}${text.slice(at)}`;
}
