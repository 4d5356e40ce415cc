import { createHash } from 'node:crypto';
import type { ChangedPath, Digest } from '../../src/domain/changeSet.js';
import type { Draft, Evidence, Fact } from '../../src/domain/facts.js';
import { policySchema, type Policy } from '../../src/domain/policy.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { proofCommand } from '../../src/domain/proofs.js';
import { ticketSchema, type Ticket } from '../../src/domain/ticket.js';

export const TICKET = 'TKT-2026-11-21-greet';

export const sha256 = (bytes: Uint8Array | string): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A quick ticket as a document, and what reading it gives. JSON is YAML too. */
export const ticketDocument = (changes: Partial<Record<string, unknown>> = {}): { text: string; content: Ticket } => {
  const written = {
    schema_version: 3, id: TICKET, class: 'quick', title: 'Greet the reader', kind: 'small-feature', why_quick: 'One file.',
    scope: { files: ['greeting.txt'] },
    plan: ['Write the greeting.'],
    acceptance: [{ id: 'AC-1', text: 'The greeting is there.', proofs: ['P1'] }],
    proof: [{ id: 'P1', run: ['grep', 'hello', 'greeting.txt'] }],
    ...changes,
  };
  return { text: `${JSON.stringify(written, null, 2)}\n`, content: ticketSchema.parse(written) };
};

export const policyDocument = (changes: Record<string, unknown> = {}): { text: string; content: Policy } => {
  const written = { schema_version: 1, delivery: { mode: 'commit-push' }, ...changes };
  return { text: `${JSON.stringify(written, null, 2)}\n`, content: policySchema.parse(written) };
};

export interface Life {
  ticket: ReturnType<typeof ticketDocument>;
  policy: ReturnType<typeof policyDocument>;
  base: string;
  product: ChangedPath[];
  changeSet: Digest;
  memory: ChangedPath[];
  records: Evidence<'context_curated'>['records'];
}

const id = (letter: string): string => letter.repeat(40);

/** A life without a repository. */
export const aLife = (changes: Partial<Life> = {}): Life => ({
  ticket: ticketDocument(), policy: policyDocument(), base: id('b'),
  product: [{ path: 'greeting.txt' as RepoPath, oldMode: '000000', newMode: '100644', oldId: id('0'), newId: id('c') }],
  changeSet: sha256('a change'), memory: [], records: [],
  ...changes,
});

const writer = { role: 'writer', name: 'Ada' } as const;
const reviewer = { role: 'reviewer', name: 'Kim' } as const;
const origin = { seen: 'self-declared' } as const;
const own = { by: writer, origin };

export type Body = Draft;

/** The drafts of an ordinary life, up to the repair loop, then the curation. Proofs that inspect are left to the review. */
export function lifeOf(life: Life): Body[] {
  const { ticket, policy, changeSet, base } = life;
  const attested = { changeSet: { digest: changeSet, base }, digest: sha256('a document') };
  const runs = ticket.content.proof.filter((proof) => proof.inspect === undefined);
  const bodies: Body[] = [
    { kind: 'entered', ...own, state: 'source_lock_validated', evidence: {
      ticket: { path: `tickets/${ticket.content.id}.yaml` as RepoPath, digest: sha256(ticket.text), ...ticket },
      policy: { path: '.cxw/policy.yaml' as RepoPath, digest: sha256(policy.text), ...policy }, specs: [] } },
    { kind: 'entered', ...own, state: 'repository_discovered', evidence: {
      branch: 'refs/heads/main', head: base, objectFormat: 'sha1', mode: 'commit-push',
      target: { remote: 'origin', ref: 'refs/heads/main', url: 'https://example.org/repo.git' }, remoteTip: base,
      fingerprints: { hooks: sha256('h'), filters: sha256('f'), attributes: sha256('a'), agents: sha256('g'), config: sha256('c') },
      baseline: { digest: sha256('b'), dirty: 0, staged: 0, untracked: 0, hidden: 0, ignored: 0, copied: 0, notCopied: 0 }, adopted: [], git: '2.47.0' } },
    { kind: 'entered', ...own, state: 'plan_recorded', evidence: { source: 'ticket' } },
    { kind: 'entered', ...own, state: 'repository_ticket_recorded', evidence: { path: `tickets/${ticket.content.id}.yaml` as RepoPath, digest: sha256(ticket.text) } },
    { kind: 'entered', ...own, state: 'writer_assigned', evidence: { writer } },
    { kind: 'entered', ...own, state: 'implementation_complete', evidence: { changeSet: { digest: changeSet, base, entries: life.product }, changes: 'derived', hook: 'none', sensitive: [] } },
    ...runs.map((proof): Body => ({
      kind: 'proof-ran', ...own, proof: proof.id, changeSet, ...commandOf(proof),
      verdict: 'passed', exit: 0, duration: 12, polluted: 0, log: { name: `${proof.id}.txt`, digest: sha256('hello\n'), bytes: 6, cut: false, redacted: 0 } })),
    { kind: 'entered', ...own, state: 'focused_tests_passed', evidence: { changeSet, proofs: [
      ...runs.map((proof, at) => ({ proof: proof.id, run: 7 + at, how: 'unmeasured' as const, failures: 0, runs: 1 })),
      ...ticket.content.proof.filter((proof) => proof.inspect !== undefined).map((proof) => ({ proof: proof.id, how: 'inspection' as const, failures: 0, runs: 0 }))] } },
  ];
  const after = bodies.length;
  return [
    ...bodies,
    { kind: 'recorded', ...own, ...attested, record: 'self-review', document: { change_set: changeSet, verdict: 'pass', summary: 'It greets.', risks: [] } },
    { kind: 'entered', ...own, state: 'self_review_complete', evidence: { changeSet, record: after + 1 } },
    { kind: 'recorded', by: reviewer, origin, ...attested, record: 'review', document: { change_set: changeSet, verdict: 'pass', summary: 'Read it.', findings: [], clears: [],
      inspected: ticket.content.proof.filter((proof) => proof.inspect !== undefined).map((proof) => proof.id) } },
    { kind: 'entered', ...own, state: 'independent_review_complete', evidence: { changeSet, record: after + 3 } },
    { kind: 'entered', ...own, state: 'repair_loop_complete_or_not_needed', evidence: { changeSet, rounds: 0, cleared: [] } },
    { kind: 'recorded', ...own, ...attested, record: 'curation', document: { memory: life.memory.length === 0 ? 'none' : life.memory.map((entry) => entry.path), durable_facts: [], risks: [] } },
    { kind: 'entered', ...own, state: 'context_curated', evidence: { changeSet, record: after + 6, memory: life.memory, records: life.records } },
  ];
}

function commandOf(proof: Ticket['proof'][number]): { definition: Digest; argv: string[] } {
  const command = proofCommand(proof);
  if (!command.ok) throw new Error(`${proof.id} is no command`);
  return { definition: sha256(command.value.definition), argv: [...command.value.argv] };
}

/** Publishes drafts as the ledger does: numbered, dated, each naming the digest of the one before. */
export function chained(bodies: readonly Body[], ticket = TICKET): { facts: Fact[]; lines: Buffer[] } {
  const facts: Fact[] = [];
  const lines: Buffer[] = [];
  let prev = sha256(`cxw:${ticket}`);
  bodies.forEach((body, at) => {
    const when = new Date(Date.UTC(2026, 10, 21, 8, 0, at)).toISOString();
    const fact = { v: 1, seq: at + 1, prev, at: when, ticket, ...body } as Fact;
    const line = Buffer.from(`${JSON.stringify(fact)}\n`);
    facts.push(fact);
    lines.push(line);
    prev = sha256(line);
  });
  return { facts, lines };
}
