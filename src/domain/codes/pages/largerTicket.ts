import type { RepoPath } from '../../paths.js';
import type { largerTicketCodes } from '../largerTicket.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const largerTicketPages: PagesOf<typeof largerTicketCodes> = {
  'spec-needed': {
    title: 'The work needs a spec',
    cause: 'A standard ticket goes without a spec only where nothing changes that one would describe. Its patterns or the files that really changed show security, data, dependencies or a shared contract, or the ticket itself declares a trigger. Documentation and tests do not count. The patterns stand in the policy under `triggers`, else they are built in.',
    fix: 'Write requirements, design and tasks (`cxw spec new` lays them out), and name them under `specs` with `mode: full_sdd`; or leave those files to a ticket of their own.',
    example: { ticket: ID, findings: ['dependencies: package.json matches **/package.json'] },
  },
  'expert-unknown': {
    title: 'No such expert',
    cause: 'An expert is one of seven profiles, each with a brief of its own.',
    fix: 'Name one of them; what it is asked beyond that stands under `why`.',
    example: { profile: 'securty', known: ['architecture', 'test', 'security'], near: 'security' },
  },
  'experts-missing': {
    title: 'Work with experts names no expert',
    cause: 'The intensities `expert_supported` and `bounded_expert_rounds` mean that experts look at the work.',
    fix: 'Name them under `experts`, each with a reason; or take another intensity.',
    example: { intensity: 'expert_supported' },
  },
  'rounds-unbounded': {
    title: 'Bounded rounds without a bound',
    cause: 'The intensity `bounded_expert_rounds` promises an end: after so many repair rounds a person decides.',
    fix: 'Write `max_iterations`, from 1 to 5. It never grants more rounds than the policy.',
    example: { intensity: 'bounded_expert_rounds' },
  },
  'product-not-allowed': {
    title: 'A ticket that writes no product changes some',
    cause: 'Research ends with a report, and an orchestrator leaves the work to its children. Both may change what the docs patterns of the policy match, and nothing else.',
    fix: 'Take the change back, or do it in a ticket of its own.',
    example: { ticket: ID, what: 'Research', paths: ['src/greet.ts' as RepoPath] },
  },
  'regression-fails-on-base': {
    title: 'A proof must hold before and fail before',
    cause: 'A regression proof guards what held before the change. `must_fail_on_base` demands of the same proof that it fails there.',
    fix: 'Take one of the two out.',
    example: { proof: 'P2' },
  },
  'handoff-missing': {
    title: 'The handoff names no next action',
    cause: 'The ticket says under `handoff` what whoever comes after must be told.',
    fix: 'Record a curation with `next`: the exact next action.',
    example: { ticket: ID },
  },
};
