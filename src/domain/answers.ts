import * as z from 'zod';
import { DELIVERY_MODES } from './policy.js';
import { RECORD_KINDS } from './recordKinds.js';
import { STATES } from './road.js';
import { ENTRIES, ROLES } from './roles.js';
import { DRIFT_VERDICTS } from './specs/verdict.js';
import { storedTicketSchema } from './storedTicket.js';

/** What each command says in the `data` of its answer, by the command's name. Only ever added to within a version. */

const text = z.string();
const texts = z.array(text);
const count = z.int().min(0);
const state = z.enum(STATES).optional();
const ticket = text.optional();
const said = text.optional();
const list = texts.optional();
const flag = z.boolean().optional();
const ticketClass = z.enum(['quick', 'standard', 'orchestrator']).optional();
const changeSet = text.optional().meta({ description: 'Digest of the change.' });

const entered = z.array(z.enum(STATES)).meta({ description: 'States entered by this command, in order.' });

const board = z.array(z.object({
  ticket: text,
  state: z.enum([...STATES, 'not begun', 'abandoned', 'no change', 'unreadable', 'delivered', 'committed', 'damaged']),
  title: said,
  claim: z.boolean().meta({ description: 'It holds the writer claim of this worktree.' }),
}));

const chain = z.object({
  stages: z.array(z.object({
    stage: said, exitGate: said,
    children: z.array(z.object({
      ticket: text, how: z.enum(['done', 'no-change', 'deferred', 'abandoned', 'open', 'missing']), title: said, state, reason: said, after: list,
    })),
  })),
  done: count, children: count, due: ticket,
}).meta({ description: 'Below an orchestrator: its children as they stand, stage by stage.' });

const status = z.object({
  ticket, title: said, class: said, state,
  completed: z.array(z.enum(STATES)),
  following: state,
  writer: said, changeSet,
  changed: list,
  stale: texts.meta({ description: 'Files that differ from what the evidence is for.' }),
  rounds: count.optional(),
  openFindings: list,
  proofs: z.array(z.object({ proof: text, how: text, failures: count, runs: count })).optional(),
  blocked: z.object({ reason: text, release: text }).optional(),
  waived: list,
  delivery: z.object({ mode: text, branch: text, commit: said, prepared: said, pushed: z.boolean(), confirmed: z.boolean() }).optional(),
  ended: said,
  parent: said,
  chain: chain.optional(),
  tickets: board.optional(),
  siblings: said,
});

const blocking = z.object({ ticket, state, reason: said, release: said, roundsLeft: count.optional() });

const files = z.array(z.object({ path: text, action: text, why: said }));

const verified = z.object({
  ticket: text, commit: text, seal: said, changeSet,
  evidence: z.enum(['consistent', 'proved again', 'broken']),
  delivered: z.enum(['yes', 'no', 'unknown']),
  integrated: text,
  changed: list,
  waived: z.array(z.object({ what: text, by: text, reason: text })).optional(),
  rerun: z.array(z.object({ proof: text, verdict: text, duration: z.number().optional() })).optional(),
  note: z.enum(['agrees', 'differs', 'unreadable']).optional(),
  deliveredAt: said,
});

const decision = z.object({
  number: count.optional(), path: said, title: said, status: said, tags: list, dryRun: flag,
  files: z.array(z.object({ path: text, action: text })).optional(),
});

const explainedCode = z.object({
  code: text, subject: text, title: text, cause: text, fix: text,
  example: z.object({ message: text, commands: texts }),
});

export const answerSchemas = {
  init: z.object({
    version: text, dryRun: z.boolean(),
    files: z.array(z.object({ path: text, pack: said, action: text, why: said })),
    packs: z.array(z.object({ name: text, brings: text })),
    detected: z.object({
      branch: said, remote: said, upstream: said, delivery: text,
    }).catchall(z.unknown()).optional(),
    unknown: z.array(z.object({ what: text, why: text })),
  }),
  uninstall: z.object({ dryRun: z.boolean(), purged: z.boolean(), files }),
  upgrade: z.object({ version: text, dryRun: z.boolean(), files }),
  'ticket new': z.object({
    id: said, path: said, class: ticketClass, lines: count.optional(), wants: z.array(count).optional(),
    parent: z.object({ path: text, diff: text }).optional(), dryRun: z.literal(true).optional(), text: said,
  }),
  'ticket list': z.object({
    tickets: z.array(z.object({
      id: text, path: text, title: said, class: ticketClass, state: said, end: said, broken: count.optional(),
    })),
  }),
  'ticket show': z.object({
    id: said, path: said, ticket: storedTicketSchema.optional(), text: said,
    findings: z.array(z.object({ trigger: text, why: text })).optional(),
    state: said, end: said,
  }),
  'ticket import': z.object({
    tickets: z.array(z.object({
      from: text, id: text, path: text, class: text, dialect: text,
      changed: z.array(z.object({ field: text, why: text })), dropped: z.array(z.object({ field: text, why: text })), text: said,
    })),
    dryRun: flag,
  }),
  'ticket escalate': z.object({ ticket, path: said, dryRun: flag, diff: said }),
  'adr new': decision,
  'adr supersede': decision,
  'adr accept': decision,
  'adr deprecate': decision,
  'adr list': z.object({
    decisions: z.array(z.object({ number: count, path: text, title: text, status: text, date: text, tags: texts, revisedBy: z.array(count).optional() })),
    broken: count.optional().meta({ description: 'How many records could not be read.' }),
  }),
  'adr index': z.object({ path: text, dryRun: z.boolean(), diff: said }),
  'spec new': z.object({ name: said, files: list }),
  'spec list': z.object({
    specs: z.array(z.object({
      name: text, path: text, title: said, requirements: said, design: said, tasks: said, broken: count.optional(),
      counts: z.object({ requirements: count, accepted: count, decisions: count, tasks: count, questions: count }),
    })),
    changes: z.array(z.object({ id: text, path: text, title: said, status: said, spec: said, items: count })),
  }),
  'spec apply': z.object({ change: said, spec: said, specs: list, dryRun: flag, files: z.array(z.object({ path: text, diff: text })).optional(), archive: said }),
  'spec drift': z.object({
    verdict: z.enum(DRIFT_VERDICTS).optional(), specs: list,
    findings: z.array(z.object({ code: text, severity: z.enum(['error', 'warning', 'note']), message: text, file: said, line: count.optional() })).optional(),
  }),
  'spec trace': z.object({
    specs: z.array(z.object({
      name: text, title: said, status: said,
      requirements: z.array(z.object({
        id: text, status: said, text, design: texts, tasks: texts, proofs: texts,
        tickets: z.array(z.object({ ticket: text, state: text, proofs: z.array(z.object({ id: text, command: text, how: said })), commit: said })),
      })),
    })).optional(),
  }),
  'review write': z.object({
    ticket, path: said, lines: count.optional(), dryRun: flag,
    diff: said.meta({ description: 'What changes in a review that stands already.' }), text: said.meta({ description: 'The review, where it is only shown.' }),
  }),
  'review fix': z.object({
    ticket, points: z.array(z.object({ class: text, because: text, route: text, text, path: said })).optional(),
  }),
  learn: z.object({
    ticket, written: z.array(z.object({ path: text, line: text })).optional(), known: list,
    worth: flag.meta({ description: 'Whether planning, reviewing and learning apart pays for this ticket.' }), reasons: list, against: list,
  }),
  'progress update': z.object({ dryRun: z.boolean(), files: texts, completed: texts, archived: texts }),
  validate: z.object({
    checked: z.object({ tickets: count, policies: count, records: count, ledgers: count, pages: count, steering: count, specs: count, laidDown: count }).optional(),
    errors: count.optional(),
    warnings: count.optional(),
  }),
  status,
  brief: z.object({
    ticket, role: z.enum(ROLES).optional(), writes: flag, changeSet, text: said,
    lines: count.optional(), bytes: count.optional(),
    tokensEstimated: count.optional().meta({ description: 'An estimate: one token for four bytes.' }),
    leftOut: list,
    start: z.enum(ENTRIES).optional(),
    capsule: z.object({ mayChange: texts, mayNotChange: texts, read: texts, due: texts }).optional()
      .meta({ description: 'The assignment in lists, for a client that starts the session.' }),
  }),
  log: z.object({
    ticket, source: z.enum(['live', 'sealed']).optional(),
    entries: z.array(z.object({ seq: count, at: text, by: text, agent: said, kind: z.enum(['step', 'waiver', 'turn']), says: text })),
    noted: z.object({ at: text, says: text }).optional().meta({ description: 'What the note of the delivery says, where it agrees with the commit.' }),
  }),
  advance: z.object({ ticket, from: state, state, entered, wouldEnter: state, changeSet, mine: list, waived: list }),
  record: z.object({
    ticket, record: z.enum(RECORD_KINDS), by: said, seen: said, state, changeSet, verdict: said, openFindings: list,
    draft: said.meta({ description: 'Where the document waits, when the evidence store cannot be written from here.' }),
  }),
  deliver: z.object({
    ticket, state, mode: z.enum(DELIVERY_MODES).optional(), commit: said, branch: said,
    target: z.object({ remote: text, ref: text, url: text }).optional(),
    confirmed: flag, confirmedAt: said, head: said, superseded: said, note: said, already: flag, wouldDeliver: list,
    entered: entered.optional(), wouldEnter: state, by: said,
  }),
  verify: z.object({ tickets: z.array(verified), unticketed: z.array(z.object({ commit: text, subject: text })) }),
  rework: z.object({ ticket, from: state, state, rounds: count.optional(), changed: list }),
  block: blocking,
  unblock: blocking,
  abort: z.object({ ticket, state, undone: said, restored: count.optional(), movedTo: said, holdsWork: flag }),
  abandon: z.object({ ticket, how: z.enum(['abandoned', 'no-change']).optional(), left: list, records: list, overwritten: z.array(z.object({ path: text, copy: text, bringBack: text })).optional(), setAside: said }),
  waive: z.object({ ticket, what: said, reason: said }),
  unlock: z.object({ cleared: z.boolean(), owner: z.object({ pid: count, command: text, seconds: z.number(), state: text }).optional(), setAside: said, claimed: said }),
  explain: z.object({ code: explainedCode.optional(), codes: z.array(explainedCode.pick({ code: true, subject: true, title: true })).optional() }),
  schema: z.object({ name: said, schema: z.record(text, z.unknown()).optional(), names: list }),
  guide: z.object({ topic: said, text: said, topics: z.array(z.object({ topic: text, says: text })).optional() }),
  doctor: z.object({
    checks: z.array(z.object({
      id: text, kind: z.enum(['machine', 'repository', 'gate']), ok: z.boolean(), detail: text, fix: said.meta({ description: 'The command that mends it.' }),
    })),
  }),
  completion: z.object({
    shell: text,
    script: said,
    words: z.array(z.object({ word: text, says: text })).optional().meta({ description: 'What may stand last in the line that was given.' }),
  }),
  help: z.object({ help: text }),
  version: z.object({ version: text }),
} satisfies Record<string, z.ZodObject>;

export type AnsweredCommand = keyof typeof answerSchemas;
