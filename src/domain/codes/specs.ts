import { showPath, type RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, count, listed, onTicket, pathWords, paths } from './entry.js';

const again = (): string[] => ['cxw validate docs/specs'];
const meant = (near: readonly string[]): string => (near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`);

/** Specs: what can be wrong in one, and making and finding them. */
export const specCodes = () => ({
  'spec-field-missing': entry<{ path: RepoPath; field: string }>({
    says: ({ path, field }) => `${showPath(path)} has no line "- ${field}: …" under its title.`,
    commands: again,
  }),
  'spec-table-missing': entry<{ section: string }>({
    says: ({ section }) => `There is no table under the heading "## ${section}".`,
    commands: again,
  }),
  'spec-column-missing': entry<{ section: string; missing: string[]; found: string[] }>({
    says: ({ section, missing, found }) => `The table under ${section} has no column ${listed(missing)}; its columns are ${listed(found, 10)}.`,
    commands: again,
  }),
  'spec-row-uneven': entry<{ section: string; cells: number; columns: number }>({
    says: ({ section, cells, columns }) => `A row under ${section} has ${count(cells, 'cell')}, and the table has ${count(columns, 'column')}. A pipe in a text is written \\|.`,
    commands: again,
  }),
  'spec-status-unknown': entry<{ found: string; allowed: string[]; near: string[] }>({
    says: ({ found, allowed, near }) => (near.length > 0 ? `${found} is not a status${meant(near)}` : `${found === '' ? 'Nothing' : found} is not a status; known are ${listed(allowed)}. One that is superseded says by what: superseded by REQ-002.`),
    commands: again,
  }),
  'spec-choice-unknown': entry<{ column: string; found: string; allowed: string[] }>({
    says: ({ column, found, allowed }) => `${column} is ${found === '' ? 'empty' : found}, and may be ${listed(allowed, 10)}.`,
    commands: again,
  }),
  'spec-id-malformed': entry<{ found: string; wants: string }>({
    says: ({ found, wants }) => `${found === '' ? 'An empty cell' : found} is no id; it must look like ${wants}.`,
    commands: again,
  }),
  'spec-id-double': entry<{ what: string; id: string }>({
    says: ({ what, id }) => `There is another ${what} ${id} before this one.`,
    commands: again,
  }),
  'spec-reference-unknown': entry<{ id: string; near: string[] }>({
    says: ({ id, near }) => `There is no ${id}${meant(near)}`,
    commands: again,
  }),
  'spec-text-missing': entry<{ id: string }>({
    says: ({ id }) => `${id} is accepted, and says nothing.`,
    commands: again,
  }),
  'spec-unreplaced': entry<{ what: string; id: string }>({
    says: ({ what, id }) => `The ${what} ${id} is superseded, and nothing says by what.`,
    commands: again,
  }),
  'spec-question-open': entry<{ question: string; about: string[] }>({
    says: ({ question, about }) => `${about.length === 0 ? 'The spec is' : `${listed(about)} ${about.length === 1 ? 'is' : 'are'}`} accepted while a question that blocks the work is open: ${question}`,
    commands: again,
  }),
  'spec-task-cycle': entry<{ cycle: string[] }>({
    says: ({ cycle }) => `Tasks wait for each other: ${listed(cycle, 20)}.`,
    commands: again,
  }),
  'spec-file-missing': entry<{ spec: string; path: RepoPath }>({
    says: ({ spec, path }) => `The spec ${spec} has no ${showPath(path)}.`,
    commands: ({ path }) => [sh`git log -- ${path}`],
  }),
  'spec-clause-order': entry<{ id: string; why: string }>({
    says: ({ id, why }) => `${id}: ${why}.`,
    commands: again,
  }),
  'spec-unknown': entry<{ given: string; near: string[] }>({
    says: ({ given, near }) => `No spec in docs/specs is called ${given}${meant(near)}`,
    commands: ({ given, near }) => [...near.map((name) => sh`cxw spec trace ${name}`), ...(near.length === 0 ? [sh`cxw spec new ${given}`] : []), 'cxw spec list'],
  }),
  'spec-exists': entry<{ path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} is there already; nothing was written.`,
    commands: () => ['cxw spec list'],
  }),
  'spec-name-unusable': entry<{ given: string }>({
    says: ({ given }) => `${given === '' ? 'An empty text' : given} cannot be the name of a spec or a change: it is a folder of lower-case letters, digits and dashes.`,
    commands: () => ['cxw spec new --help'],
  }),
  'spec-wants-words': entry<{ path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} is valid, but says nothing yet: begin with what is wanted.`,
    commands: ({ path }) => [sh`cxw validate ${path}`],
  }),
  'drift-unproved': entry<{ spec: string; id: string }>({
    says: ({ spec, id }) => `${id} of ${spec} is accepted, and nothing proves it.`,
    commands: ({ spec }) => [sh`cxw spec trace ${spec}`],
  }),
  'drift-proof-stale': entry<{ spec: string; id: string; ticket: string; paths: RepoPath[] }>({
    says: ({ spec, id, ticket, paths: some }) => `${id} of ${spec} was proved by ${ticket}; since then ${paths(some)} changed.`,
    commands: ({ spec, paths: some }) => [sh`git log --oneline -3 -- ${pathWords(some.slice(0, 5))}`, sh`cxw spec trace ${spec}`],
  }),
  'drift-command-gone': entry<{ spec: string; id: string; ticket: string; command: string; gone: string }>({
    says: ({ spec, id, ticket, command, gone }) => `${id} of ${spec} was proved by ${ticket} with ${command}, and ${gone} is gone.`,
    commands: ({ spec }) => [sh`cxw spec trace ${spec}`],
  }),
  'drift-delta-waiting': entry<{ change: string; folder: RepoPath }>({
    says: ({ change, folder }) => `The change ${change} is accepted, and the spec does not say it yet: ${showPath(folder)}.`,
    commands: ({ change }) => [sh`cxw spec apply ${change} --dry-run`],
  }),
  'drift-delta-deferred': entry<{ change: string; date: string; reason: string }>({
    says: ({ change, date, reason }) => `The change ${change} is accepted and was put off on ${date}: ${reason.replace(/[.]$/, '')}.`,
    commands: ({ change }) => [sh`cxw spec apply ${change} --dry-run`],
  }),
  'drift-surface-unnamed': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ ticket, paths: some }) => `${ticket} changed what others rely on, and no requirement asked for it: ${paths(some)}.`,
    commands: onTicket('ticket show'),
  }),
  'drift-spec-elsewhere': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ ticket, paths: some }) => `${ticket} carries out ${paths(some)}, of which nothing can be said: only specs in docs/specs are read.`,
    commands: () => ['cxw spec list'],
  }),
  'change-unknown': entry<{ given: string; near: string[] }>({
    says: ({ given, near }) => `No change in docs/specs/changes is called ${given}${meant(near)}`,
    commands: ({ near }) => [...near.map((id) => sh`cxw spec apply ${id} --dry-run`), 'cxw spec list'],
  }),
  'change-spec-missing': entry<{ change: string; specs: string[]; unknown: string[] }>({
    says: ({ change, specs, unknown }) => `The change ${change} ${unknown.length === 0 ? 'does not name a spec that it changes' : `names ${listed(unknown)}, and there is no such spec`}; there ${specs.length === 0 ? 'is none' : `are ${listed(specs, 10)}`}.`,
    commands: () => ['cxw spec list'],
  }),
  'delta-spec-unclear': entry<{ item: string; requirement: string; specs: string[] }>({
    says: ({ item, requirement, specs }) => `${item} is about ${requirement}, and the change names ${listed(specs, 10)} at its head: say which of them has it, as ${specs[0]}#REQ-001.`,
    commands: again,
  }),
  'delta-deferral-unclear': entry<{ found: string }>({
    says: ({ found }) => `"Deferred: ${found}" does not say when it was put off and why, as 2026-11-21, until the new parser is in.`,
    commands: again,
  }),
  'apply-outside-scope': entry<{ change: string; ticket: string; paths: RepoPath[] }>({
    says: ({ change, ticket, paths: some }) => `${ticket} owns the changes in this worktree, and ${change} would write what its scope does not cover: ${paths(some)}.`,
    commands: ({ change, ticket }) => [sh`cxw ticket show ${ticket}`, sh`cxw status ${ticket}`, sh`cxw spec apply ${change} --dry-run`],
  }),
  'delta-empty': entry<{ change: string; path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} changes nothing: its tables are empty.`,
    commands: ({ path }) => [sh`cxw validate ${path}`],
  }),
  'delta-not-accepted': entry<{ change: string; path: RepoPath; whys: string[] }>({
    says: ({ change, whys }) => `${change} cannot be applied: ${listed(whys, 10)}.`,
    commands: ({ path }) => [sh`cxw validate ${path}`],
  }),
  'delta-stale': entry<{ change: string; item: string; why: string }>({
    says: ({ change, item, why }) => `${item} of ${change} was written against another text: ${why.replace(/[.]$/, '')}.`,
    commands: () => ['cxw spec list'],
  }),
  'delta-conflict': entry<{ change: string; other: string; requirement: string }>({
    says: ({ change, other, requirement }) => (change === other ? `${change} changes ${requirement} in two ways.` : `${change} and ${other} both change ${requirement}.`),
    commands: () => ['cxw spec list'],
  }),
  'delta-breaks-spec': entry<{ change: string; problems: string[] }>({
    says: ({ change, problems }) => `With ${change} in it, the spec would not be valid: ${listed(problems, 10)}.`,
    commands: ({ change }) => [sh`cxw spec apply ${change} --dry-run`],
  }),
  'delta-moved': entry<{ ticket: string; from: RepoPath; to: RepoPath }>({
    says: ({ ticket, from, to }) => `${ticket} names ${showPath(from)}, which lies at ${showPath(to)} now.`,
    commands: onTicket('ticket show'),
  }),
});
