import type { RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, listed, onTicket, paths } from './entry.js';

const schema = (): string[] => ['cxw schema ticket'];

/** What a ticket that is more than quick must say, and may not do. */
export const largerTicketCodes = () => ({
  'spec-needed': entry<{ ticket: string; findings: string[] }>({
    says: ({ findings }) => `It says no_spec, and a spec must describe this work: ${listed(findings, 10)}.`,
    commands: ({ ticket }) => ['cxw spec new NAME', sh`cxw ticket show ${ticket}`],
  }),
  'expert-unknown': entry<{ profile: string; known: string[]; near?: string }>({
    says: ({ profile, known, near }) => `There is no expert "${profile}"; ${near === undefined ? `there are ${listed(known, known.length)}` : `did you mean ${near}?`}`,
    commands: () => ['cxw validate'],
  }),
  'experts-missing': entry<{ intensity: string }>({
    says: ({ intensity }) => `${intensity} means work with experts, and the ticket names none.`,
    commands: schema,
  }),
  'rounds-unbounded': entry<{ intensity: string }>({
    says: ({ intensity }) => `${intensity} wants a bound: say in max_iterations how many repair rounds there may be.`,
    commands: schema,
  }),
  'product-not-allowed': entry<{ ticket: string; what: string; paths: RepoPath[] }>({
    says: ({ what, paths: some }) => `${what} changes documentation at most, and this is product: ${paths(some)}.`,
    commands: onTicket('ticket show', 'status'),
  }),
  'regression-fails-on-base': entry<{ proof: string }>({
    says: ({ proof }) => `${proof} guards what held before (regression) and must fail there (must_fail_on_base): it cannot do both.`,
    commands: schema,
  }),
  'handoff-missing': entry<{ ticket: string }>({
    says: () => 'The ticket asks for a handoff, and the curation names no next action.',
    commands: ({ ticket }) => [sh`cxw record curation ${ticket} --file FILE`, 'cxw schema record-curation'],
  }),
});
