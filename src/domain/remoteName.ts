/** A remote's name as a policy can hold it. */
export const REMOTE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}$/;
