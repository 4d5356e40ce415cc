import { handedOn } from '../../domain/agents.js';
import { EVIDENCE_TRAILER, TICKET_TRAILER } from '../../domain/verification/trailers.js';

/** Where the configuration of a person and of a machine lies. Whoever lacks one of these reads other settings than we do. */
export const CONFIGURED_BY = ['HOME', 'XDG_CONFIG_HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'] as const;

/** What a git child may inherit. Everything else, every GIT_* among it, stays behind. */
const INHERITED = [
  ...CONFIGURED_BY,
  'PATH', 'USER', 'LOGNAME', 'TMPDIR', 'TZ', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR', 'GNUPGHOME', 'GPG_TTY', 'GPG_AGENT_INFO',
  'SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'KRB5CCNAME',
  'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY',
  'SSL_CERT_FILE', 'SSL_CERT_DIR',
  // A person's own way to their remote: needed for deploy keys.
  'GIT_SSH_COMMAND', 'GIT_SSH',
  'GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL',
] as const;

/** Variables by which git tells its own children where they are. With one of them set we are inside a git command. */
export const INSIDE_GIT = ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_NAMESPACE', 'GIT_PREFIX'] as const;

/** The environment of every git child, built from nothing. */
export function gitEnvironment(ambient: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = ambient[name];
    if (value !== undefined) kept[name] = value;
  }
  return {
    ...kept,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
    GIT_NO_LAZY_FETCH: '1',
    GIT_EDITOR: ':',
    GIT_SEQUENCE_EDITOR: ':',
    GIT_PAGER: 'cat',
    ...handedOn(ambient),
  };
}

/** Messages are read alike everywhere: what is a comment, a trailer or a letter is not for one machine's settings to say. */
export const MESSAGE_SETTINGS = [
  'core.commentChar=#', 'trailer.separators=:', ...[TICKET_TRAILER, EVIDENCE_TRAILER].map((key) => `trailer.${key}.key=${key}`),
  'i18n.commitEncoding=UTF-8', 'i18n.logOutputEncoding=UTF-8',
];

/**
 * A file counts as unchanged only while all that git remembers of its looks is the same: size and time of writing can be
 * set by anybody, the time of the last change of state cannot.
 */
const LOOKS_IN_FULL = ['-c', 'core.trustctime=true', '-c', 'core.checkStat=default'] as const;

/** Options of every git call, before the command: the repository's own settings may not run programs, hide names or look away. */
export const GIT_OPTIONS = [
  '--no-replace-objects',
  '-c', 'core.fsmonitor=false',
  '-c', 'core.untrackedCache=false',
  ...LOOKS_IN_FULL,
  '-c', 'core.fsync=all',
  '-c', 'core.protectNTFS=true',
  '-c', 'core.protectHFS=true',
  '-c', 'core.quotePath=true',
  '-c', 'safe.bareRepository=explicit',
  ...MESSAGE_SETTINGS.flatMap((setting) => ['-c', setting]),
  '-c', 'advice.detachedHead=false',
  '-c', 'gc.auto=0',
  '-c', 'maintenance.auto=false',
] as const;
