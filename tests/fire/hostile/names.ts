const byCode = (...bytes: number[]) => Buffer.from(bytes);

/** Names that other tools take for options, patterns, words of a shell, several names, other names, or nothing. As bytes, for not all are text. */
export const HOSTILE_NAMES: Buffer[] = [
  // Options and words of commands
  '-A', '-', '--', '--all', '--amend', '-rf', '--json', '--help', '-C', '--file=x', '--no-input', '--pathspec-from-file=x', '@', 'HEAD', '--output=x', 'none',
  // Pathspec magic and patterns
  ':(top)x', ':!x', ':^x', ':(glob)**', ':(literal)x', '*', '?', '[a-z]', '{a,b}', '**', '!x', '#x', '~', '~root', '=ls',
  // A shell's own
  '$(touch witness)', '`touch witness`', '$HOME', ';touch witness', '| cat', '&& x', '> x', "it's", 'quo"te', '%s%n', '${IFS}', 'back\\slash', '\\',
  // Spaces, lines, escapes
  ' ', ' x', 'x ', 'a  b', 'tab\there', 'new\nline', 'end\n', '\n', 'cr\r', '\x1b[31mred', '\x1b]0;title\x07', '\x7f', 'bell\x07', 'F1 note x: y',
  // What cannot be seen, or turns around
  'a\u202eb.txt', 'a\u2066b', 'zero\u200bwidth', 'join\u200der', '\ufeffbom', 'soft\u00adhyphen', 'c1\u009bx', 'tag\u{e0041}', 'line\u2028x', '\u3164',
  // Look-alikes and twins
  'ü.txt', 'u\u0308.txt', 'Twin', 'TWIN', 'Аda', 'git~2', '.gitx', 'x.git', '..x', '...', 'a..b', '.', 
  // What other systems reserve
  'con', 'NUL.txt', 'a:b', 'dot.', 'aux.c', 'lpt1', 'x<y>', '🎉.txt', 'ﬀ', 'عربي', `long${'x'.repeat(251)}`, 'ß'.repeat(127),
].filter((name) => name !== '.').map((name) => Buffer.from(name)).concat([
  // What is no text
  byCode(0xff), byCode(0x66, 0xff, 0xfe), byCode(0x78, 0xc3), byCode(0xed, 0xa0, 0x80), byCode(0xc0, 0xaf), byCode(0xf4, 0x90, 0x80, 0x80), byCode(0x0a, 0xff, 0x1b, 0x22, 0x27, 0x5c),
]);

/** Spellings of a git directory, of leaving, and of nothing. */
export const REFUSED_NAMES: Buffer[] = [
  '.git', '.GIT', '.git/x', 'a/.git', '.git ', '.git.', '.git. .', 'git~1', 'GIT~1', '.git::$DATA', '.g\u200cit', '.gi\u202et', '.git\\x', 'a\\.git',
  '..', '../x', 'a/../..', '/', '/x', './.', 'a//b', 'a/', 'a/./b', 'C:\\x', 'c:/x', '',
].map((name) => Buffer.from(name));
