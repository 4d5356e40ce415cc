/** A remote's name as a policy can hold it. */
export const REMOTE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}$/;

/** Whether it is a URL or a path, which git takes wherever it takes a remote: `git push --set-upstream URL` writes it down as the remote of the branch. */
export const isAddress = (remote: string): boolean => /^[./~]|:/.test(remote);
