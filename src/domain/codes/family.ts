import { sh } from '../shellLine.js';
import { entry, listed } from './entry.js';

const show = (...ids: string[]): string[] => ids.map((id) => sh`cxw ticket show ${id}`);

/** Parents, children, and what comes after what. */
export const familyCodes = () => ({
  'kin-unknown': entry<{ ticket: string; named: string; near: string[] }>({
    says: ({ ticket, named, near }) => `${ticket} names ${named}, and there is no such ticket${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    commands: ({ near }) => [...show(...near.slice(0, 2)), 'cxw ticket list'],
  }),
  'parent-not-orchestrator': entry<{ ticket: string; parent: string }>({
    says: ({ ticket, parent }) => `${ticket} calls ${parent} its parent, and that is no orchestrator ticket.`,
    commands: ({ parent }) => [...show(parent), 'cxw ticket new --orchestrator TITLE --allow GLOB'],
  }),
  'kin-disagree': entry<{ child: string; parent: string; silent: string; other?: string }>({
    says: ({ child, parent, silent, other }) => (silent === parent
      ? `${child} calls ${parent} its parent, and ${parent} does not name it among its children.`
      : `${parent} names ${child} among its children, and ${child} ${other === undefined ? 'names no parent' : `is a child of ${other}`}.`),
    commands: ({ silent, child, parent }) => show(silent, silent === child ? parent : child),
  }),
  'child-orchestrator': entry<{ child: string; parent: string }>({
    says: ({ child, parent }) => `${parent} names ${child} among its children, and ${child} is an orchestrator itself: a chain has one parent.`,
    commands: ({ child, parent }) => show(parent, child),
  }),
  'child-outside-parent': entry<{ child: string; parent: string; patterns: string[]; allowed: string[] }>({
    says: ({ child, parent, patterns, allowed }) => `${child} may change ${listed(patterns)}, and ${parent} allows its children ${listed(allowed)} alone.`,
    commands: ({ parent }) => show(parent),
  }),
  'after-circle': entry<{ ticket: string; circle: string[] }>({
    says: ({ circle }) => `These wait for each other, so none can begin: ${circle.join(' after ')}.`,
    commands: ({ circle }) => show(...new Set(circle)).slice(0, 3),
  }),
  'dependency-not-done': entry<{ ticket: string; waiting: string; stand: string }>({
    says: ({ waiting, stand }) => `It comes after ${waiting}, which is not done: ${stand}.`,
    commands: ({ waiting }) => [sh`cxw status ${waiting}`, sh`cxw brief writer ${waiting}`],
  }),
  'stage-not-open': entry<{ ticket: string; stage: string; exitGate: string; open: string[]; first: string }>({
    says: ({ stage, exitGate, open }) => `Stage ${stage} comes first, and is not through: ${listed(open)}. Its exit gate: ${exitGate}`,
    commands: ({ first }) => [sh`cxw status ${first}`, sh`cxw block ${first} --reason TEXT --release TEXT`],
  }),
  'children-none': entry<{ ticket: string }>({
    says: ({ ticket }) => `${ticket} has no children: an orchestrator's work is done by them.`,
    commands: ({ ticket }) => [sh`cxw ticket new TITLE --parent ${ticket} --allow GLOB`],
  }),
  'children-open': entry<{ ticket: string; open: string[]; first: string }>({
    says: ({ open }) => `Not every child is done, or put off with a reason: ${listed(open, 10)}.`,
    commands: ({ ticket, first }) => [sh`cxw status ${first}`, sh`cxw status ${ticket}`],
  }),
  'final-verifier-missing': entry<{ ticket: string; verifier: string; by: string; digest: string }>({
    says: ({ verifier, by }) => `The final verifier is ${verifier}, and the review is by ${by}.`,
    commands: ({ ticket, verifier, digest }) => [sh`cxw record review ${ticket} --as reviewer:${verifier.replace(/^reviewer:/, '')} --verdict pass --change-set ${digest} --summary TEXT`],
  }),
  'stage-unknown': entry<{ parent: string; stage: string; known: string[] }>({
    says: ({ parent, stage, known }) => `${parent} has no stage ${stage}; ${known.length === 0 ? 'it has none' : `it has ${listed(known)}`}.`,
    commands: ({ parent }) => [sh`cxw ticket show ${parent}`, 'cxw schema ticket'],
  }),
});
