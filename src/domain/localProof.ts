import { splitCommandLine } from './commandLine.js';
import type { Proof } from './ticket.js';

/** Programs whose only work is to reach another machine. */
const REMOTE = new Set(['curl', 'wget', 'ssh', 'scp', 'sftp', 'ftp', 'rsync', 'nc', 'ncat', 'netcat', 'telnet', 'http', 'https', 'ping', 'dig', 'nslookup', 'kubectl', 'aws', 'gcloud', 'az']);
/** Programs that start the one that follows. */
const STARTERS = new Set(['env', 'command', 'exec', 'nice', 'time', 'nohup', 'sudo']);
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** Whether a proof is a command that can show something on this machine alone. What a script does inside is not guessed. */
export function isLocal({ run, shell }: Proof): boolean {
  if (shell !== undefined) return !shell.split(/[;&|\n()]+/).some((command) => isRemote(command.trim().split(/\s+/)));
  if (run === undefined) return false;
  if (typeof run !== 'string') return !isRemote(run);
  const split = splitCommandLine(run);
  return split.ok && !isRemote(split.words);
}

function isRemote(words: readonly string[]): boolean {
  const program = words.find((word) => !ASSIGNMENT.test(word) && !STARTERS.has(word)) ?? '';
  return REMOTE.has(program.slice(program.lastIndexOf('/') + 1));
}
