import { SECRET_SHAPES, URL_QUERY, URL_USER } from '../secrets.js';

/** A text with every sign of its secrets covered, so that its lines and columns still count. */
export const covered = (text: string): string => [...SECRET_SHAPES, URL_USER, URL_QUERY].reduce((shown, shape) => shown.replace(shape, (all: string, start: unknown) => {
  const open = typeof start === 'string' ? start : '';
  return open + all.slice(open.length).replace(/[^\r\n]/gu, '*');
}), text);
