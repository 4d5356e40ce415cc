import { sh } from '../shellLine.js';
import { entry, listed } from './entry.js';

const LACKS = {
  dialect: 'is no ticket of the old template: schema_version 2 with a ticket: block, or schema_version 1 with acceptance_criteria',
  title: 'has no title',
  scope: 'names nothing that the work may change',
  proof: 'holds no command that proves the work, and the policy does not know how to test',
};

/** Taking over tickets of the old template. */
export const importCodes = () => ({
  'import-lacks': entry<{ file: string; lack: keyof typeof LACKS }>({
    says: ({ file, lack }) => `${file} ${LACKS[lack]}.`,
    commands: ({ file, lack }) => [lack === 'proof' ? sh`cxw ticket import ${file} --prove COMMAND` : 'cxw ticket new TITLE --allow GLOB'],
  }),
  'import-unfit': entry<{ file: string; whys: string[] }>({
    says: ({ file, whys }) => `${file} cannot be taken over as it is: ${listed(whys)}`,
    commands: () => ['cxw schema ticket'],
  }),
});
