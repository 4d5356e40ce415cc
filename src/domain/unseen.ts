/** Most text is no more than this. It is asked first: Unicode's classes of characters take longer to build than a short command. */
const PLAIN = /^[\t\n\x20-\x7e]*$/;

/** Whether a text is one line that is shown as it stands, one column a character. */
export const isPlainLine = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/**
 * Characters that a reader cannot see or that turn text around: controls but tab and newline, half characters, line and
 * paragraph separators, direction marks, and what Unicode says may be left out when text is shown. Not those that
 * choose how the character before them looks: they are part of it.
 */
const unseen = (): RegExp => /(?![\t\n\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Whether a text holds a character that a reader does not see. Tabs and newlines are seen. */
export const holdsUnseen = (text: string): boolean => !PLAIN.test(text) && unseen().test(text);

/** The text with every such character shown in another way. */
export const unseenShown = (text: string, shown: (character: string) => string): string =>
  (PLAIN.test(text) ? text : text.replace(unseen(), shown));

/** Whether a text is one line, of at most so many characters, all of which a reader sees. */
export const isSeenLine = (text: string, most: number): boolean =>
  text.trim() !== '' && text.length <= most && !/[\t\n]/.test(text) && !holdsUnseen(text);
