import { showPath, type RepoPath } from '../paths.js';
import { asWritten, sh, type AsWritten } from '../shellLine.js';
import { A, entry, argumentWords, count, fileWords, listed, onTicket, pathWords, paths } from './entry.js';

/** The reviewer says of each inspection that it was carried out. */
export const inspected = (proofs: readonly string[]): AsWritten => asWritten(proofs.map((proof) => sh` --inspected ${proof}`).join(''));

/** The reviewer says of each finding that this change repairs it. */
export const clearing = (findings: readonly string[]): AsWritten => asWritten(findings.map((finding) => sh` --clears ${finding}`).join(''));

/** The curation that names this memory. */
const curating = ({ ticket, memory }: { ticket: string; memory: RepoPath[] }): string[] => [sh`cxw record curation ${ticket} --memory ${memory.length > 0 ? argumentWords(memory) : 'none'}`];

/** Attested documents: reviews, findings, curation. */
export const reviewCodes = () => ({
  'change-set-unnamed': entry<{ record: string; digest: string; ticket: string; role: string }>({
    says: ({ record, digest }) => `${A(record)} must name the change set that was read. The change now is ${digest}.`,
    commands: ({ record, digest, ticket, role }) => [sh`cxw record ${record} ${ticket} --as ${role}:NAME --verdict pass --change-set ${digest} --summary TEXT`],
  }),
  'change-set-differs': entry<{ record: string; named: string; digest: string; ticket: string; role: string }>({
    says: ({ record, named, digest }) => `This ${record} is about ${named}; the change now is ${digest}.`,
    commands: ({ role, ticket }) => [sh`cxw brief ${role} ${ticket}`],
  }),
  'too-early': entry<{ ticket: string; record: string; state: string }>({
    says: ({ record, state }) => `${A(record)} is about a change, and the ticket has not got that far: it stands at ${state}.`,
    commands: ({ ticket }) => [sh`cxw advance ${ticket} --until-blocked`],
  }),
  'too-late': entry<{ ticket: string; record: string; state: string }>({
    says: ({ record, state }) => `${A(record)} cannot be recorded any more: the delivery has begun (${state}).`,
    commands: onTicket('deliver', 'abort'),
  }),
  'self-review-missing': entry<{ ticket: string; digest: string }>({
    says: ({ digest }) => `The writer has not reviewed this change yet: ${digest}.`,
    commands: ({ ticket, digest }) => [sh`cxw record self-review ${ticket} --verdict pass --change-set ${digest} --summary TEXT`],
  }),
  'self-review-failed': entry<{ ticket: string; summary: string }>({
    says: ({ summary }) => `The writer's own verdict is fail: ${summary}`,
    commands: onTicket('rework'),
  }),
  'review-missing': entry<{ ticket: string; digest: string; inspections: string[] }>({
    says: ({ digest }) => `Nobody who did not write this change has reviewed it yet: ${digest}.`,
    commands: ({ ticket, digest, inspections }) => [sh`cxw record review ${ticket} --as reviewer:NAME --verdict pass --change-set ${digest}${inspected(inspections)} --summary TEXT`, sh`cxw brief reviewer ${ticket}`],
  }),
  'expert-missing': entry<{ ticket: string; profile: string; digest: string }>({
    says: ({ profile, digest }) => `The ticket demands the answer of the ${profile} expert, and nobody has given it about this change: ${digest}.`,
    commands: ({ ticket, profile }) => [sh`cxw brief ${profile} ${ticket}`, sh`cxw record expert ${ticket} --as reviewer:NAME --file FILE`],
  }),
  'review-outdated': entry<{ ticket: string; reviewer: string; digest: string; inspections: string[] }>({
    says: ({ reviewer }) => `${reviewer} let this change pass before a refresh locked other words of ticket, specs or policy.`,
    commands: ({ ticket, digest, inspections }) => [sh`cxw brief reviewer ${ticket}`, sh`cxw record review ${ticket} --as reviewer:NAME --verdict pass --change-set ${digest}${inspected(inspections)} --summary TEXT`],
  }),
  'expert-outdated': entry<{ ticket: string; profile: string }>({
    says: ({ profile }) => `The ${profile} expert answered before a refresh locked other words of ticket, specs or policy.`,
    commands: ({ ticket, profile }) => [sh`cxw brief ${profile} ${ticket}`, sh`cxw record expert ${ticket} --as reviewer:NAME --file FILE`],
  }),
  'blocker-for-a-person': entry<{ ticket: string; agent: string; question?: string; by?: string }>({
    says: ({ question, by, agent }) => (question === undefined
      ? `${by ?? 'A person'} stopped this ticket, so a person releases it, and ${agent} is none.`
      : `The decision about this blocker asks a person, and ${agent} is none: ${question}`),
    commands: ({ ticket }) => [sh`cxw unblock ${ticket} --reason TEXT`, sh`cxw abandon ${ticket} --reason TEXT`],
  }),
  'objections-for-a-person': entry<{ ticket: string; objections: string[]; agent: string }>({
    says: ({ objections, agent }) => `A person gives up what somebody objected to, and ${agent} is none. ${objections.join('; ')}`,
    commands: ({ ticket }) => [sh`cxw brief writer ${ticket}`, sh`cxw abandon ${ticket} --reason TEXT`],
  }),
  'blocker-preapproved': entry<{ class: string }>({
    says: ({ class: named }) => `A blocker of class ${named} is a person's to decide: its authorization is user_required.`,
    commands: () => ['cxw schema record-blocker-decision'],
  }),
  'blocker-question-missing': entry<Record<string, never>>({
    says: () => 'The decision leaves it to a person, and asks no question.',
    commands: () => ['cxw schema record-blocker-decision'],
  }),
  'inspection-missing': entry<{ ticket: string; proofs: string[]; digest: string }>({
    says: ({ proofs }) => `The review does not list ${listed(proofs)} as inspected.`,
    commands: ({ ticket, proofs, digest }) => [sh`cxw record review ${ticket} --as reviewer:NAME --verdict pass --change-set ${digest}${inspected(proofs)} --summary TEXT`, sh`cxw brief reviewer ${ticket}`],
  }),
  'review-failed': entry<{ ticket: string; reviewer: string; summary: string }>({
    says: ({ reviewer, summary }) => `${reviewer} says fail: ${summary}`,
    commands: onTicket('rework', 'brief writer'),
  }),
  'repair-due': entry<{ ticket: string; by: string; summary: string; findings: string[] }>({
    says: ({ by, summary, findings }) => `${by} says fail about the change as it still is (${summary}): the files are to be changed first.${findings.length === 0 ? '' : ` Open: ${findings.join('; ')}`}`,
    commands: ({ ticket }) => [sh`cxw brief writer ${ticket}`, sh`cxw advance ${ticket} --until-blocked`],
  }),
  'findings-open': entry<{ ticket: string; findings: string[]; digest: string }>({
    says: ({ findings }) => `${count(findings.length, 'finding')} ${findings.length === 1 ? 'is' : 'are'} open: ${listed(findings)}.`,
    commands: ({ ticket, findings, digest }) => [sh`cxw record review ${ticket} --as reviewer:NAME --verdict pass --change-set ${digest}${clearing(findings.map((finding) => finding.split(' ')[0]!))} --summary TEXT`, sh`cxw rework ${ticket}`],
  }),
  'finding-number-taken': entry<{ ticket: string; findings: { id: string; actual: string }[]; free: string; digest: string }>({
    says: ({ findings, free }) => `${listed(findings.map(({ id, actual }) => `${id} is an open finding already (${actual})`))}. It stays open until a review clears it; another finding needs another number, as ${free}.`,
    commands: ({ ticket, findings, free, digest }) => [
      sh`cxw record review ${ticket} --as reviewer:NAME --verdict fail --change-set ${digest} --finding ${`${free} TEXT`} --summary TEXT`,
      sh`cxw record review ${ticket} --as reviewer:NAME --verdict pass --change-set ${digest} --clears ${findings[0]?.id ?? 'F1'} --summary TEXT`,
    ],
  }),
  'repair-untested': entry<{ ticket: string; findings: string[] }>({
    says: ({ findings }) => `${listed(findings)} ${findings.length === 1 ? 'was' : 'were'} to be repaired with a test, and no test was touched since.`,
    commands: ({ ticket, findings }) => [sh`cxw rework ${ticket}`, sh`cxw waive finding:${findings[0] ?? 'F1'} ${ticket} --reason TEXT`],
  }),
  'rounds-used-up': entry<{ ticket: string; rounds: number }>({
    says: ({ rounds }) => `${count(rounds, 'repair round')} ${rounds === 1 ? 'was' : 'were'} used, and the review still fails: a person must decide.`,
    commands: ({ ticket }) => [sh`cxw unblock ${ticket} --rounds 1 --reason TEXT`, sh`cxw abandon ${ticket} --reason TEXT`],
  }),
  'curation-missing': entry<{ ticket: string }>({
    says: () => 'Nobody has said whether the project memory needs an update after this change.',
    commands: ({ ticket }) => [sh`cxw record curation ${ticket} --memory none`, sh`cxw brief curator ${ticket}`],
  }),
  'memory-elsewhere': entry<{ ticket: string; none: RepoPath[]; product: RepoPath[]; elsewhere: RepoPath[]; memory: RepoPath[] }>({
    says: ({ none, product, elsewhere }) => [
      ...(none.length > 0 ? ['none says that no memory file was updated, so it stands alone.'] : []),
      ...(product.length > 0 ? [`In the scope of the ticket, and delivered as its product: ${paths(product)}.`] : []),
      ...(elsewhere.length > 0 ? [`No memory, whose files are agent/NAME.md: ${paths(elsewhere)}.`] : []),
    ].join(' '),
    commands: curating,
  }),
  'memory-differs': entry<{ ticket: string; missing: RepoPath[]; unchanged: RepoPath[]; memory: RepoPath[] }>({
    says: ({ missing, unchanged }) => [
      ...(missing.length > 0 ? [`Changed, but not named by the curation: ${paths(missing)}.`] : []),
      ...(unchanged.length > 0 ? [`Named by the curation, but no memory that changed: ${paths(unchanged)}.`] : []),
    ].join(' '),
    commands: curating,
  }),
  'memory-dirty': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} had changes before this ticket began; they would be delivered as its memory.`,
    commands: ({ ticket, paths: some }) => [sh`cxw record curation ${ticket} --memory none`, sh`git commit -m 'Update memory' -- ${pathWords(some)}`],
  }),
  'record-place-taken': entry<{ ticket: string; paths: RepoPath[]; copies: string[] }>({
    says: ({ paths: some, copies }) => `${paths(some)} held what was no record of this ticket, and made room for its records. Copies of what was there, told of until they are removed: ${listed(copies)}.`,
    commands: ({ ticket }) => [sh`cxw status ${ticket}`],
  }),
  'record-place-held': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} ${some.length === 1 ? 'stands' : 'stand'} where records of this ticket are written or were, ${some.length === 1 ? 'is' : 'are'} none of them, and could not be copied first; nothing was written.`,
    commands: ({ paths: some }) => [sh`ls -l -- ${fileWords(some)}`],
  }),
  'spec-drift-claimed': entry<{ ticket: string; claimed: string; computed: string; findings: string[] }>({
    says: ({ claimed, computed, findings }) => `The curation says that spec drift is ${claimed}; it is ${computed}: ${listed(findings)}.`,
    commands: ({ ticket, computed }) => [sh`cxw record curation ${ticket} --memory none --spec-drift ${computed}`, sh`cxw spec drift --ticket ${ticket}`],
  }),
  'spec-drift-failed': entry<{ ticket: string; findings: string[] }>({
    says: ({ findings }) => `The specs have drifted from the work: ${listed(findings)}.`,
    commands: onTicket('spec drift --ticket', 'rework'),
  }),
  'draft-left': entry<{ ticket: string; path: RepoPath; command: string }>({
    says: ({ path }) => `The evidence store cannot be written from here, so the document lies as a draft at ${showPath(path)}.`,
    commands: ({ command }) => [command],
  }),
});
