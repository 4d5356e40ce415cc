/**
 * Characters that a reader cannot see or that turn text around: controls but tab and newline, half characters, line and
 * paragraph separators, direction marks, and what Unicode says may be left out when text is shown. Not those that
 * choose how the character before them looks: they are part of it.
 */
export const UNSEEN = /(?![\t\n\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Whether a text is one line, of at most so many characters, all of which a reader sees. */
export const isSeenLine = (text: string, most: number): boolean =>
  text.trim() !== '' && text.length <= most && !/[\t\n]/.test(text) && text.search(UNSEEN) < 0;
