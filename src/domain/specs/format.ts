/** The states of a spec and of everything in it. */
export const SPEC_STATUSES = ['unknown', 'proposed', 'accepted', 'superseded'] as const;
export type SpecStatus = (typeof SPEC_STATUSES)[number];

/** What an id begins with, by what it names. Proofs are called as in tickets. */
export type Prefix = 'REQ' | 'DEC' | 'TASK' | 'ADD' | 'MOD' | 'REM' | 'REN' | 'P';

/** What a cell holds. */
export type ColumnKind =
  | { is: 'id'; prefix: Prefix }
  | { is: 'status' }
  /** Ids of other rows, anywhere in the text. Where one must be there, `REQ-001` stands alone. */
  | { is: 'references'; to: readonly Prefix[]; free?: true }
  | { is: 'choice'; of: readonly string[] }
  | { is: 'text' };

export interface Column {
  name: string;
  /** How it may be called too, in lower case. */
  also?: readonly string[];
  kind: ColumnKind;
  /** The table may lack it. */
  optional?: true;
}

export interface TableFormat {
  section: string;
  also?: readonly string[];
  /** What a row is called. */
  what: string;
  columns: readonly Column[];
  /** The document may lack it. */
  optional?: true;
}

export interface DocumentFormat {
  /** What the id of the whole begins with, before a date and a name. */
  prefix: string;
  /** How its id is called at the head of the document. */
  idField: string;
  tables: Readonly<Record<string, TableFormat>>;
}

const text: ColumnKind = { is: 'text' };
const requirements: Column = { name: 'requirements', also: ['requirement ids', 'requirement id'], kind: { is: 'references', to: ['REQ'] } };
const status: Column = { name: 'status', kind: { is: 'status' } };
const id = (prefix: Prefix, ...also: string[]): Column => ({ name: 'id', also, kind: { is: 'id', prefix } });
const proof: Column = { name: 'how it is proved', also: ['proof target', 'proof'], kind: { is: 'references', to: ['P'], free: true } };
const about = (name: string, ...also: string[]): Column => ({ name, also, kind: text });
/** The requirement that an item of a delta is about; whether the spec has it is asked when it is applied. */
const subject: Column = { name: 'requirement', also: ['requirement id'], kind: { is: 'references', to: ['REQ'] } };

/** The three files of a spec and a delta: the one list of what they hold. */
export const FORMATS = {
  requirements: {
    prefix: 'REQSET', idField: 'Spec ID',
    tables: {
      requirements: { section: 'Requirements', what: 'requirement', columns: [id('REQ', 'requirement id'), status, about('requirement', 'text'), { ...about('acceptance', 'acceptance criteria', 'acceptance criterion'), optional: true }, proof] },
      questions: {
        section: 'Open questions', also: ['ambiguity log', 'ambiguities'], what: 'question', optional: true,
        columns: [about('question'), about('how it is handled until it is answered', 'current handling', 'handling'), about('who decides', 'owner'), { name: 'blocks the work', also: ['blocks implementation', 'blocks', 'blocks implementation yes/no'], kind: { is: 'choice', of: ['yes', 'no'] } }],
      },
      trace: {
        section: 'Trace', also: ['traceability'], what: 'line', optional: true,
        columns: [{ ...requirements, name: 'requirement' }, { name: 'design', also: ['design section'], kind: { is: 'references', to: ['DEC'], free: true } }, { name: 'task', also: ['tasks'], kind: { is: 'references', to: ['TASK'] } }, about('ticket', 'tickets'), about('evidence')],
      },
    },
  },
  design: {
    prefix: 'DES', idField: 'Design ID',
    tables: {
      decisions: { section: 'Decisions', what: 'decision', columns: [id('DEC'), status, about('decision'), about('why, and what was left aside', 'rationale', 'why'), requirements] },
      files: {
        section: 'Files', also: ['impacted files'], what: 'file', optional: true,
        columns: [about('path'), { name: 'change', also: ['create, edit, remove, or only check'], kind: { is: 'choice', of: ['create', 'edit', 'remove', 'verify', 'check'] } }, requirements, { name: 'tasks', also: ['task ids'], kind: { is: 'references', to: ['TASK'] } }],
      },
      failures: { section: 'When it fails', also: ['failure modes'], what: 'failure', optional: true, columns: [about('failure'), about('what happens then', 'handling'), about('how that is proved', 'proof')] },
      tests: { section: 'Tests', also: ['test strategy'], what: 'test', optional: true, columns: [{ ...requirements, name: 'requirement', also: ['requirements', 'requirement id'] }, about('test'), about('remarks', 'notes')] },
    },
  },
  tasks: {
    prefix: 'TASKSET', idField: 'Task Set ID',
    tables: {
      tasks: {
        section: 'Tasks', also: ['task list'], what: 'task',
        columns: [id('TASK'), status, { name: 'depends on', kind: { is: 'references', to: ['TASK'] } }, about('role', 'owner role'), about('files it may change', 'allowed files', 'files'), requirements, { ...proof, name: 'proof', also: ['how it is proved'] }],
      },
      proofs: { section: 'Proofs', also: ['proof map'], what: 'proof', optional: true, columns: [id('P', 'proof item', 'proof'), { ...requirements, name: 'covers' }, about('command')] },
    },
  },
  delta: {
    prefix: 'DELTA', idField: 'Delta ID',
    tables: {
      added: { section: 'ADDED', what: 'addition', optional: true, columns: [id('ADD'), status, subject, about('text', 'behaviour', 'behavior'), proof] },
      modified: { section: 'MODIFIED', what: 'modification', optional: true, columns: [id('MOD'), status, subject, about('it says now', 'before', 'from'), about('it will say', 'after', 'to'), { ...proof, optional: true }] },
      removed: { section: 'REMOVED', what: 'removal', optional: true, columns: [id('REM'), status, subject, about('it says now', 'before', 'from'), about('why', 'reason')] },
      renamed: { section: 'RENAMED', what: 'renaming', optional: true, columns: [id('REN'), status, subject, { ...subject, name: 'new id', also: ['to'] }, about('why', 'reason')] },
    },
  },
} as const satisfies Record<string, DocumentFormat>;

export type DocumentKind = keyof typeof FORMATS;
export type TableName<K extends DocumentKind> = keyof (typeof FORMATS)[K]['tables'] & string;
