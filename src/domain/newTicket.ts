import { splitCommandLine } from './commandLine.js';
import { compileGlobs, globFault } from './globs.js';
import { literalGlob } from './globText.js';
import { nearest } from './nearest.js';
import { chainOf, type ChainWords } from './newChain.js';
import { largerOf, quickFaults, type LargerWords } from './newLarger.js';
import { hasLostBytes, parseArgument, shellWord, type RepoPath } from './paths.js';
import type { Policy } from './policy.js';
import { granted, refuse, refused, type Refusal, type Verdict } from './problem.js';
import { UNKNOWN } from './stack.js';
import { KINDS, TICKET_ID, TICKET_ID_MAX, type WorkKind } from './ticket.js';
import type { NewProof, NewTicket } from './ticketText.js';
import { isVagueReason } from './vagueReason.js';

/** What a person said on the command line, as they wrote it. */
export interface TicketWords extends LargerWords, ChainWords {
  quick: boolean;
  /** A parent, whose work its children do. */
  orchestrator?: boolean;
  title: string;
  /** Exact paths, plain or C-quoted, relative to the repository's root. */
  files: string[];
  /** Patterns. */
  allow: string[];
  accept: string[];
  prove: string[];
  plan: string[];
  kind?: string;
  id?: string;
  /** Why it is quick; for a larger ticket, why it needs no spec. */
  why?: string;
}

const INSPECTION = 'Read the change as a whole: it says what the title asks for, truly and clearly, and nothing else changed.';

/** Makes a ticket of the words, or says everything that is wrong with them. Nothing is looked at but the policy. */
export function newTicket(words: TicketWords, policy: Policy): Verdict<NewTicket> {
  const faults: Refusal[] = [];
  const line = (flag: string, text: string, most: number): string => {
    const squeezed = text.replace(/\s+/g, ' ').trim();
    const why = lineFault(squeezed, most);
    if (why !== undefined) faults.push(refuse('ticket-value-invalid', { flag, given: squeezed, why }));
    return squeezed;
  };
  const files = words.files.flatMap((written) => {
    const parsed = parseArgument(written.replace(/^(\.\/)+/, ''));
    if (parsed.ok) return [parsed.path];
    faults.push(refuse('path-unusable', { written, fault: parsed.fault }));
    return [];
  });

  const title = line('TITLE', words.title, 120);
  const why = words.why === undefined ? undefined : line('--why', words.why, 4000);
  const plan = words.plan.map((text) => line('--plan', text, 4000));
  const accept = words.accept.map((text) => line('--accept', text, 4000));
  const more = largerOf(words, line, faults);
  const proofs = words.prove.map((text) => proofOf(line('--prove', text, 4096)));
  if (why !== undefined && !words.quick && isVagueReason(why)) faults.push(refuse('ticket-value-invalid', { flag: '--why', given: why, why: 'it gives no reason why there is no spec' }));
  const chain = chainOf(words, line, faults);
  if (words.quick) faults.push(...quickFaults(words));
  faults.push(...words.prove.flatMap(commandFault), ...kindFaults(words.kind), ...idFaults(words.id), ...globFaults(words.allow), ...scopeFaults(words));
  if (faults.length > 0) return refused(faults);

  const paths = [...new Set(files)];
  const isDocs = words.allow.length === 0 && paths.every(compileGlobs(policy.docs));
  const enough = proofs.length > 0 ? proofs : knownProofs(policy, isDocs);
  if (enough.length === 0) return refused([refuse('ticket-without-proof', { command: commandFor(words) })]);
  return granted({
    title, why, plan, accept, proofs: enough, more, chain,
    kind: words.kind as WorkKind | undefined ?? (isDocs ? 'documentation' : words.quick ? 'small-feature' : 'feature'),
    scope: words.quick ? { class: 'quick', files: paths } : { class: words.orchestrator === true ? 'orchestrator' : 'standard', allowed: [...new Set([...paths.map(literalGlob), ...words.allow])] },
  });
}

/** What the policy knows how to run; for documentation alone a reviewer's eyes will do. */
function knownProofs(policy: Policy, isDocs: boolean): NewProof[] {
  if (policy.stack.test !== UNKNOWN) return [proofOf(policy.stack.test)];
  return isDocs ? [{ how: 'inspect', text: INSPECTION }] : [];
}

/** A line that only a shell understands is given to one; any other is split into words. */
function proofOf(text: string): NewProof {
  return { how: splitCommandLine(text).ok ? 'run' : 'shell', text };
}

/** What neither we nor a shell could run. */
function commandFault(text: string): Refusal[] {
  const line = splitCommandLine(text);
  if (line.ok || (line.fault !== 'unclosed-quote' && line.fault !== 'dangling-backslash')) return [];
  const why = line.fault === 'unclosed-quote' ? `the quote at column ${line.column} is not closed` : 'it ends with a backslash';
  return [refuse('ticket-value-invalid', { flag: '--prove', given: text, why })];
}

function lineFault(text: string, most: number): string | undefined {
  if (text === '') return 'it is empty';
  if (text.length > most) return `it is longer than ${most} characters`;
  return /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text) ? 'it holds a character that cannot be seen' : undefined;
}

function kindFaults(kind: string | undefined): Refusal[] {
  if (kind === undefined || KINDS.some((known) => known === kind)) return [];
  const near = nearest(kind, KINDS)[0];
  return [refuse('ticket-value-invalid', { flag: '--kind', given: kind, why: near === undefined ? `a kind is one of ${KINDS.join(', ')}` : `perhaps ${near} was meant` })];
}

const idFaults = (id: string | undefined): Refusal[] =>
  (id === undefined || (TICKET_ID.test(id) && id.length <= TICKET_ID_MAX) ? [] : [refuse('ticket-value-invalid', { flag: '--id', given: id, why: 'it must look like TKT-2026-11-21-fix-typo' })]);

const globFaults = (patterns: readonly string[]): Refusal[] => patterns.flatMap((given) => {
  const why = (hasLostBytes(given) ? 'bytes that are no UTF-8 are lost in an argument; a ? stands for any of them' : undefined) ?? globFault(given) ?? lineFault(given, 512);
  return why === undefined ? [] : [refuse('ticket-value-invalid', { flag: '--allow', given, why })];
});

function scopeFaults(words: TicketWords): Refusal[] {
  const { quick, title, files, allow } = words;
  if (quick && allow.length > 0) return [refuse('ticket-value-invalid', { flag: '--allow', given: allow[0]!, why: 'a quick ticket names exact files with --file' })];
  return files.length + allow.length === 0 ? [refuse('ticket-scope-missing', { quick, command: commandFor({ ...words, title: title.trim() || 'TITLE' }) })] : [];
}

const listOf = (given: string | undefined): string[] => (given === undefined ? [] : [given]);

/** The command line that says these words, but with the scope of a larger ticket when `allow` is given. */
export function commandFor(words: TicketWords, allow?: readonly RepoPath[]): string {
  const flags = (flag: string, texts: readonly string[]): string[] => texts.flatMap((text) => [flag, shellWord(text)]);
  return [
    'cxw ticket new', ...(words.quick && allow === undefined ? ['--quick'] : []), ...(words.orchestrator === true ? ['--orchestrator'] : []), shellWord(words.title),
    ...(allow === undefined ? flags('--file', words.files) : flags('--allow', allow.map(literalGlob))), ...flags('--allow', words.allow),
    ...flags('--accept', words.accept), ...flags('--prove', words.prove), ...flags('--plan', words.plan),
    ...flags('--spec', listOf(words.spec)), ...flags('--intensity', listOf(words.intensity)), ...flags('--max-iterations', listOf(words.maxIterations)), ...flags('--steering', words.steering ?? []),
    ...flags('--expert', words.expert ?? []), ...flags('--open-decision', words.openDecision ?? []),
    ...flags('--parent', listOf(words.parent)), ...flags('--stage', listOf(words.stage)), ...flags('--after', words.after ?? []), ...flags('--final-verifier', listOf(words.finalVerifier)),
    ...flags('--kind', listOf(words.kind)), ...flags('--id', listOf(words.id)),
    ...flags('--why', words.why === undefined || allow !== undefined ? [] : [words.why]),
  ].join(' ');
}
