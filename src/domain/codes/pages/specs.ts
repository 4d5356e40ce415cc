import { ownPath } from '../../paths.js';
import type { specCodes } from '../specs.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

const FILE = ownPath('docs/specs/login/requirements.md');

export const specPages: PagesOf<typeof specCodes> = {
  'spec-field-missing': {
    title: 'The head of a spec lacks a line',
    cause: 'A document of a spec says at its head where it stands: a list item `- Status: proposed`. What is not said is not guessed.',
    fix: 'Write the line under the title.',
    example: { path: FILE, field: 'Status' },
  },
  'spec-table-missing': {
    title: 'A table of a spec is missing',
    cause: 'Requirements, decisions and tasks are rows of tables, so that they can be found, counted and traced.',
    fix: 'Write the table under its heading, as docs/specs/_templates has it.',
    example: { section: 'Requirements' },
  },
  'spec-column-missing': {
    title: 'A table lacks a column',
    cause: 'Columns are found by their headings, in any order; further columns of your own are welcome.',
    fix: 'Add the column, as docs/specs/_templates has it.',
    example: { section: 'Requirements', missing: ['status'], found: ['id', 'requirement'] },
  },
  'spec-row-uneven': {
    title: 'A row has more or fewer cells than its table',
    cause: 'Markdown drops what is too much and leaves out what is missing without a word, so a status can end up as a proof.',
    fix: 'Give the row a cell for each column, empty where there is nothing to say. Write a pipe that belongs to a text as `\\|`.',
    example: { section: 'Requirements', cells: 5, columns: 4 },
  },
  'spec-status-unknown': {
    title: 'No such status',
    cause: 'A spec and everything in it is unknown, proposed, accepted or superseded. One that is superseded says by what: `superseded by REQ-002`.',
    fix: 'Write one of the four.',
    example: { found: 'acepted', allowed: ['unknown', 'proposed', 'accepted', 'superseded'], near: ['accepted'] },
  },
  'spec-choice-unknown': {
    title: 'A cell has none of its words',
    cause: 'Some columns know only a few words, because something hangs on them: a question that blocks the work holds an accepted spec.',
    fix: 'Write one of the words.',
    example: { column: 'blocks the work', found: 'perhaps', allowed: ['yes', 'no'] },
  },
  'spec-id-malformed': {
    title: 'An id of another form',
    cause: 'Ids are how requirements, decisions, tasks and proofs find each other: REQ-001, DEC-001, TASK-001, P1.',
    fix: 'Write it in this form. A number that was given once is not given again.',
    example: { found: 'R1', wants: 'REQ-001' },
  },
  'spec-id-double': {
    title: 'An id stands there twice',
    cause: 'Whatever names the id could mean either.',
    fix: 'Give the later one the next free number.',
    example: { what: 'requirement', id: 'REQ-001' },
  },
  'spec-reference-unknown': {
    title: 'An id that nothing has',
    cause: 'A cell names a requirement, a decision, a task, a proof or a spec that is not there. One of another spec is written `login#REQ-001`.',
    fix: 'Mend the id, or write what is missing.',
    example: { id: 'REQ-004', near: ['REQ-003'] },
  },
  'spec-text-missing': {
    title: 'An accepted requirement says nothing',
    cause: 'What was accepted can be checked only where it says what can be observed.',
    fix: 'Write the sentence, or set its status to proposed.',
    example: { id: 'REQ-001' },
  },
  'spec-unreplaced': {
    title: 'Superseded by nothing',
    cause: 'Whoever meets what is superseded must find what stands in its place. What simply ends is taken out by a delta, under REMOVED.',
    fix: 'Write `superseded by` and the id, or the name of the spec.',
    example: { what: 'requirement', id: 'REQ-001' },
  },
  'spec-question-open': {
    title: 'Accepted, with a question open that blocks',
    cause: 'A question that blocks the work and an accepted requirement contradict each other.',
    fix: 'Answer the question and take it out or write no, or set the status to proposed until then.',
    example: { question: 'Who may log in?', about: ['REQ-001'] },
  },
  'spec-task-cycle': {
    title: 'Tasks wait for each other',
    cause: 'No task of the circle can be the first.',
    fix: 'Take one of the dependencies out.',
    example: { cycle: ['TASK-001', 'TASK-002', 'TASK-001'] },
  },
  'spec-file-missing': {
    title: 'A spec is not whole',
    cause: 'A spec is a folder in docs/specs with requirements.md, design.md and tasks.md. Design and tasks may come later, which is a warning.',
    fix: 'Write the file, as docs/specs/_templates has it.',
    example: { spec: 'login', path: ownPath('docs/specs/login/tasks.md') },
  },
  'spec-clause-order': {
    title: 'The clauses of a requirement stand in an odd order',
    cause: 'Conditions come before what the system shall do: "Where …, while …, when …, the … shall …"; "If …, then the … shall …"; or given, when, then. It is a hint: it stops nothing.',
    fix: 'Put the conditions first, in that order; say one thing in each requirement.',
    example: { id: 'REQ-001', why: 'its "when" stands behind "shall"; conditions come first' },
  },
  'spec-unknown': {
    title: 'No such spec',
    cause: 'A spec is called after its folder in docs/specs.',
    fix: 'Look it up with `cxw spec list`.',
    example: { given: 'logn', near: ['login'] },
  },
  'spec-exists': {
    title: 'There is one already',
    cause: 'A spec or a change is never overwritten.',
    fix: 'Edit the one that is there, or choose another name.',
    example: { path: ownPath('docs/specs/login') },
  },
  'spec-name-unusable': {
    title: 'Not a name for a spec',
    cause: 'The name becomes a folder that people on every system type and link to.',
    fix: 'Use lower-case letters, digits and dashes; `changes` and `archive` are folders of their own.',
    example: { given: 'Log In' },
  },
  'spec-wants-words': {
    title: 'The spec waits for your words',
    cause: 'It was laid down from the templates, with one proposed requirement that says nothing yet.',
    fix: 'Write what is wanted, and who decides what is open.',
    example: { path: FILE },
  },
  'drift-unproved': {
    title: 'Accepted, and proved by nothing',
    cause: 'An accepted requirement says how it is proved: in its row, in the table of proofs of the tasks, or by a ticket whose criteria name it.',
    fix: 'Name the proof, or set the status to proposed until there is one.',
    example: { spec: 'login', id: 'REQ-001' },
  },
  'drift-proof-stale': {
    title: 'Proved as it was then',
    cause: 'Evidence belongs to one exact change. What that change touched was changed again, by work that did not run the same proofs. It is a risk, and stops nothing.',
    fix: 'Let the next ticket that touches these files run the same proof.',
    example: { spec: 'login', id: 'REQ-001', ticket: ID, paths: [ownPath('src/login.ts')] },
  },
  'drift-command-gone': {
    title: 'The proof cannot be run any more',
    cause: 'A requirement was proved by a command that needs a file, or a script of package.json, that was removed since.',
    fix: 'Bring the proof back, or prove the requirement by another ticket.',
    example: { spec: 'login', id: 'REQ-001', ticket: ID, command: 'node --test login.test.js', gone: 'login.test.js' },
  },
  'drift-delta-waiting': {
    title: 'An accepted change is not in the spec',
    cause: 'Who reads the spec reads what was before the change was accepted.',
    fix: 'Apply the change, or take its acceptance back.',
    example: { change: 'two-factor', folder: ownPath('docs/specs/changes/two-factor') },
  },
  'drift-delta-deferred': {
    title: 'An accepted change was put off',
    cause: 'The delta says at its head, as `- Deferred: 2026-11-21, until the new parser is in`, when and why it waits. So the spec is known to be behind, and the verdict is a risk, not a failure.',
    fix: 'Apply it when what it waits for is there.',
    example: { change: 'two-factor', date: '2026-11-21', reason: 'until the new parser is in' },
  },
  'drift-surface-unnamed': {
    title: 'The public surface changed, and no requirement asked for it',
    cause: 'A delivered ticket changed paths that the policy calls a shared contract (the trigger public_api_shared_contract); it carries out no spec, and gives no reason why it needs none.',
    fix: 'Write the requirement, and name the ticket under Trace in that spec.',
    example: { ticket: ID, paths: [ownPath('openapi.yaml')] },
  },
  'drift-spec-elsewhere': {
    title: 'A spec that is not read',
    cause: 'A spec is a folder in docs/specs. Documents elsewhere are locked with the ticket, but not judged.',
    fix: 'Move the spec to docs/specs, where it can be validated, traced and held against the work.',
    example: { ticket: ID, paths: [ownPath('notes/login.md')] },
  },
  'change-unknown': {
    title: 'No such change',
    cause: 'A change that is on its way is a folder in docs/specs/changes with a delta.md. One that was applied lies in docs/specs/archive.',
    fix: 'Look it up with `cxw spec list`.',
    example: { given: 'two-facto', near: ['two-factor'] },
  },
  'change-spec-missing': {
    title: 'A change to no spec',
    cause: 'The head of a delta names the spec that it changes, as `- Spec: login`, or several with commas between.',
    fix: 'Name it there; or give `--spec` when you make the change.',
    example: { change: 'two-factor', specs: ['login', 'logout'], unknown: [] },
  },
  'delta-spec-unclear': {
    title: 'Nobody can tell which spec a row changes',
    cause: 'A change may touch several specs, which its line "- Spec: login, session" names. Then every row says of which one it speaks.',
    fix: 'Write the name of the spec before the requirement, as login#REQ-001.',
    example: { item: 'MOD-001', requirement: 'REQ-001', specs: ['login', 'session'] },
  },
  'delta-deferral-unclear': {
    title: 'Put off, without a date or a reason',
    cause: 'An accepted change that waits makes its spec untrue. Who decides that it waits says since when and why.',
    fix: 'Write `- Deferred: 2026-11-21, until …`, or take the line out.',
    example: { found: 'later' },
  },
  'apply-outside-scope': {
    title: 'A change of specs, in the middle of other work',
    cause: 'One ticket at a time owns the changes of a worktree. What is written beside its scope would be no part of its change, and stop it.',
    fix: 'Apply the change when the ticket is done; or let its scope cover docs/specs, and take that in with `rework --refresh`.',
    example: { change: 'two-factor', ticket: ID, paths: [ownPath('docs/specs/login/requirements.md')] },
  },
  'delta-empty': {
    title: 'A change that changes nothing',
    cause: 'What is to be added, modified, removed or renamed stands as rows in the tables of the delta.',
    fix: 'Write the rows.',
    example: { change: 'two-factor', path: ownPath('docs/specs/changes/two-factor/delta.md') },
  },
  'delta-not-accepted': {
    title: 'A change that nobody has accepted',
    cause: 'A spec takes in what was accepted: the change as a whole, and each of its rows that is not superseded.',
    fix: 'Decide: accept the rows, or mark them as superseded.',
    example: { change: 'two-factor', path: ownPath('docs/specs/changes/two-factor/delta.md'), whys: ['ADD-001 is proposed'] },
  },
  'delta-stale': {
    title: 'The spec is not what the change was written against',
    cause: 'A row says what the requirement said when it was written. Where that text is no longer there, somebody else changed it, and their change would be lost.',
    fix: 'Read what it says now, and write the row anew.',
    example: { change: 'two-factor', item: 'MOD-001', why: 'REQ-001 says something else now: When asked, it shall answer.' },
  },
  'delta-conflict': {
    title: 'Two changes to one requirement',
    cause: 'Whichever is applied second would be written against a text that is gone.',
    fix: 'Join them, or mark the rows of one as superseded.',
    example: { change: 'two-factor', other: 'passkeys', requirement: 'REQ-001' },
  },
  'delta-breaks-spec': {
    title: 'The change would break the spec',
    cause: 'Design, tasks or another spec still name what the change removes, or a row is not as a spec has it.',
    fix: 'Mend the documents that are named first, or the delta; then apply it.',
    example: { change: 'two-factor', problems: ['docs/specs/login/tasks.md:12: There is no REQ-002'] },
  },
  'delta-moved': {
    title: 'A ticket names a delta that was applied',
    cause: 'An applied change is moved to docs/specs/archive, under its date.',
    fix: 'Mend the path in the ticket; `cxw rework --refresh` takes the edit into a run that has begun.',
    example: { ticket: ID, from: ownPath('docs/specs/changes/two-factor/delta.md'), to: ownPath('docs/specs/archive/2026-11-21-two-factor/delta.md') },
  },
};
