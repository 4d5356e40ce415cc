import type { RepoPath } from '../paths.js';
import { entry, listed, paths, refresh } from './entry.js';

/** Guidance packs: each by itself, and what they say together. */
export const steeringCodes = () => ({
  'front-matter-missing': entry<{ fault: 'missing' | 'open' }>({
    says: ({ fault }) => (fault === 'missing'
      ? 'The document does not begin with front matter: its first line must be ---.'
      : 'The front matter that begins here is never closed by a line ---.'),
    commands: () => ['cxw schema steering'],
  }),
  'steering-name': entry<{ id: string; file: string }>({
    says: ({ id, file }) => `The pack calls itself "${id}", and its file is called ${file}; it should be ${id}.md.`,
    commands: () => ['cxw validate docs/steering'],
  }),
  'steering-mode': entry<{ mode: string; need: string }>({
    says: ({ mode, need }) => `A pack of mode ${mode} is never loaded without inclusion.${need}.`,
    commands: () => ['cxw schema steering'],
  }),
  'steering-rule-twice': entry<{ key: string }>({
    says: ({ key }) => `The rule ${key} is set twice in this pack.`,
    commands: () => ['cxw validate docs/steering'],
  }),
  'steering-conflict': entry<{ key: string; sides: string[] }>({
    says: ({ key, sides }) => `The packs disagree about ${key}: ${listed(sides)}.`,
    commands: () => ['cxw validate docs/steering'],
  }),
  'steering-undecided': entry<{ ticket: string; key: string; sides: string[] }>({
    says: ({ key, sides }) => `Packs that this ticket is worked by disagree about ${key}, and no locked decision names it: ${listed(sides)}.`,
    commands: ({ ticket }) => [refresh(ticket), 'cxw validate docs/steering'],
  }),
  'steering-unreadable': entry<{ paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} cannot be read as ${some.length === 1 ? 'a guidance pack' : 'guidance packs'}, so nobody knows what this ticket is to be worked by.`,
    commands: () => ['cxw validate docs/steering'],
  }),
});
