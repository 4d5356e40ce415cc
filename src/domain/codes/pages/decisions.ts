import type { RepoPath } from '../../paths.js';
import type { decisionCodes } from '../decisions.js';
import type { PagesOf } from './page.js';

const RECORD = 'docs/decisions/0002-keep-facts-in-files.md' as RepoPath;

export const decisionPages: PagesOf<typeof decisionCodes> = {
  'adr-malformed': {
    title: 'A record lacks its heading or a field',
    cause: 'A record begins with `# ADR-0002: what was decided` and lines for Date, Status, Origin and Tags. Index, briefs and links are made from them.',
    fix: 'Write what the message names.',
    example: { what: 'Date', why: 'must look like 2026-11-21' },
  },
  'adr-name-malformed': {
    title: 'The name of a file is almost that of a record',
    cause: 'A file in docs/decisions whose name begins with a digit is meant to be a record, and its number is read from its name.',
    fix: 'Rename it, as `0002-keep-facts-in-files.md`.',
    example: { path: 'docs/decisions/2-keep facts.md' as RepoPath },
  },
  'adr-status-unknown': {
    title: 'A record has a status that nobody knows',
    cause: 'Only accepted records bind work, so the word must be one of four.',
    fix: 'Write Draft, Accepted, Revised or Deprecated; and `cxw adr index`.',
    example: { found: 'Acepted', near: ['Accepted'] },
  },
  'adr-number-twice': {
    title: 'Two records have one number',
    cause: 'Each was written on a branch of its own, and the branches have been merged.',
    fix: 'Rename the younger one, change its heading to the new number, and the links to it. Then `cxw adr index`.',
    example: { number: '0002', others: ['docs/decisions/0002-use-git.md' as RepoPath], path: RECORD, free: '0003' },
  },
  'adr-number-gap': {
    title: 'A number is missing',
    cause: 'A record was deleted or renamed. What was decided once stays readable, even when it holds no more.',
    fix: 'Bring the file back from the commit that took it away, and mark it Deprecated or supersede it.',
    example: { missing: ['0002'] },
  },
  'adr-link-missing': {
    title: 'A record links to one that is not there',
    cause: 'Revises and Revised by name records of this folder.',
    fix: 'Correct the link.',
    example: { record: 'ADR-0002', field: 'Revises', target: 'ADR-0001' },
  },
  'adr-link-one-way': {
    title: 'One record revises another that does not know of it',
    cause: 'Whoever reads the old record must see that it holds no more, and where to read on.',
    fix: 'Add the line to the other record. `cxw adr supersede` writes both.',
    example: { record: 'ADR-0002', field: 'Revises', target: 'ADR-0001', back: 'Revised by', line: '- Revised by: [ADR-0002](0002-keep-facts-in-files.md)', path: 'docs/decisions/0001-use-git.md' as RepoPath },
  },
  'adr-revised-alone': {
    title: 'A revised record without a successor',
    cause: 'Revised means that another record took its place. One that simply holds no more is Deprecated.',
    fix: 'Write the record that took its place, or say Deprecated.',
    example: { record: 'ADR-0002' },
  },
  'adr-unwritten': {
    title: 'An accepted record that says nothing',
    cause: 'Problem, Decision or Consequences is empty, or still holds the words of the template. Nobody can follow it.',
    fix: 'Write the sections that the message names.',
    example: { record: 'ADR-0002', path: RECORD, sections: ['Decision', 'Consequences'], status: 'Draft' },
  },
  'adr-index-missing': {
    title: 'There is no index of the records',
    cause: 'Readers choose by the index, so that nobody has to read every record.',
    fix: 'Let `cxw adr index` write it.',
    example: { path: 'docs/decisions/index.md' as RepoPath },
  },
  'adr-not-indexed': {
    title: 'A record is not in the index',
    cause: 'It was written by hand, or the index was not merged with it.',
    fix: 'Let `cxw adr index` add it.',
    example: { record: 'ADR-0002', path: RECORD },
  },
  'adr-index-extra': {
    title: 'A line of the index leads to no record',
    cause: 'The record was deleted or renamed, or the line stands there twice.',
    fix: 'Bring the record back; only a line that was a mistake is taken out by hand.',
    example: { row: '[0002](0002-keep-facts-in-files.md)' },
  },
  'adr-index-differs': {
    title: 'The index says something else than the record',
    cause: 'One of the two was edited alone. The record counts.',
    fix: 'Let `cxw adr index` write the line anew.',
    example: { record: 'ADR-0002', differences: ['the status is Accepted'] },
  },
  'adr-unknown': {
    title: 'No such record',
    cause: 'A record is named by its number, as 2, 0002 or ADR-0002.',
    fix: 'Look it up with `cxw adr list`.',
    example: { given: '7', last: 2 },
  },
  'adr-value-invalid': {
    title: 'A record cannot be made from this value',
    cause: 'The value would make a record that cxw itself refuses to read.',
    fix: 'Give another value.',
    example: { flag: '--tag', given: 'Data Base', why: 'a tag is a word of lower-case letters, digits and hyphens' },
  },
  'adr-template-unusable': {
    title: 'No record can be made from the template',
    cause: 'The template in docs/decisions was edited so that heading or fields would not be found, as behind a comment that is never closed.',
    fix: 'Mend the template, or remove it: cxw then takes its own.',
    example: { path: 'docs/decisions/_template.md' as RepoPath, why: 'Date is missing.' },
  },
  'adr-settled': {
    title: 'The status of a record does not go back',
    cause: 'A draft is accepted, an accepted record is superseded or deprecated. What was revised or deprecated stays so.',
    fix: 'Write a new record.',
    example: { record: 'ADR-0002', status: 'Deprecated', wanted: 'Accepted' },
  },
  'adr-revises-settled': {
    title: 'What it revises holds no more',
    cause: 'A record takes the place of one that holds or is still a draft. This one was revised by another, or deprecated, since the draft was begun.',
    fix: 'Link to the record that holds now, or take the line "Revises" out.',
    example: { record: 'ADR-0007', path: 'docs/decisions/0007-use-postgres.md' as RepoPath, old: 'ADR-0003', status: 'Deprecated' },
  },
  'link-broken': {
    title: 'A link leads nowhere',
    cause: 'The file was moved, renamed or never written. A fresh session that follows the link finds nothing.',
    fix: 'Correct the link, or write what it names.',
    example: { target: '../specs/greeting/design.md', why: 'leads to docs/specs/greeting/design.md, which is not there' },
  },
};
