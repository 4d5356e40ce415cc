import { asWritten, sh } from '../shellLine.js';
import { entry, listed } from './entry.js';

/** How a command itself can be misused, end early, or fail through our own fault. */
export const cliCodes = () => ({
  'wrong-usage': entry<{ said: string; command: string }>({
    says: ({ said }) => said,
    commands: ({ command }) => [sh`${asWritten(command)} --help`],
  }),
  'unknown-code': entry<{ written: string; near?: string }>({
    says: ({ written, near }) => `There is no code "${written}"${near === undefined ? '' : `; did you mean ${near}?`}.`,
    commands: ({ near }) => [near === undefined ? 'cxw explain' : sh`cxw explain ${near}`],
  }),
  'unknown-schema': entry<{ written: string; names: string[]; near?: string }>({
    says: ({ written, names, near }) =>
      `There is no schema "${written}"; ${near === undefined ? `there are ${listed(names, 60)}` : `did you mean ${near}?`}.`,
    commands: ({ near }) => [near === undefined ? 'cxw schema' : sh`cxw schema ${near}`],
  }),
  'unknown-role': entry<{ written: string; roles: string[]; near?: string }>({
    says: ({ written, roles, near }) => `There is no role "${written}"${near === undefined ? '; there' : `; did you mean ${near}? There`} are ${listed(roles, roles.length)}.`,
    commands: ({ near }) => [sh`cxw brief ${near ?? 'writer'}`],
  }),
  'unknown-topic': entry<{ written: string; topics: string[]; near?: string }>({
    says: ({ written, topics, near }) =>
      `There is no guide to "${written}"; ${near === undefined ? `there are ${listed(topics, 60)}` : `did you mean ${near}?`}.`,
    commands: ({ near }) => [near === undefined ? 'cxw guide' : sh`cxw guide ${near}`],
  }),
  'unknown-entry': entry<{ written: string; entries: string[]; near?: string }>({
    says: ({ written, entries, near }) => `No session begins with "${written}"${near === undefined ? '; there' : `; did you mean ${near}? There`} are ${listed(entries, entries.length)}.`,
    commands: ({ near }) => [sh`cxw brief --start ${near ?? 'single-ticket'}`],
  }),
  'interrupted': entry<{ signal: string; command: string }>({
    says: ({ signal }) => `Interrupted (${signal}). State saved: what was recorded stands, and no program that cxw started is left running.`,
    commands: ({ command }) => [command],
  }),
  'internal-error': entry<{ message: string }>({
    says: ({ message }) => `This is a bug in cxw: ${message}`,
    commands: () => ['cxw status'],
  }),
});
