/** Fills `{{name}}` in a text of ours. A name without a value is our own mistake. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the text asks for {{${name}}}, which nobody gave`);
    return value;
  });
}

const VARIABLE = /\{\{(\w+)\}\}/g;

export interface Prompt {
  /** Who it speaks to. */
  role: string;
  /** Two or three words for people, and a sentence. */
  title: string;
  description: string;
  /** The values that it needs: exactly those that its text asks for. */
  variables: string[];
  /** Whether the role changes files; one that does not gets a read-only sandbox. */
  writes: boolean;
  body: string;
}

const PROMPT = /^---\nrole: ([\w-]+)\ntitle: (.+)\ndescription: (.+)\nvariables: \[([\w, ]*)\]\nwrites: (yes|no)\n---\n\n([^]+)$/;

/** Reads a role prompt: its front matter, then the text. Whatever is wrong with it is our own mistake. */
export function parsePrompt(text: string): Prompt {
  const parts = PROMPT.exec(text);
  if (parts === null) throw new Error('a prompt begins with front matter: role, title, description, variables, writes');
  const [, role, title, description, listed, writes, body] = parts as unknown as string[];
  const variables = listed!.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const used = new Set([...body!.matchAll(VARIABLE)].map((found) => found[1]!));
  const missing = [...used].filter((name) => !variables.includes(name));
  const unused = variables.filter((name) => !used.has(name));
  if (missing.length > 0) throw new Error(`the prompt of ${role} asks for ${missing.join(', ')}, which its front matter does not list`);
  if (unused.length > 0) throw new Error(`the prompt of ${role} lists ${unused.join(', ')}, which its text does not ask for`);
  return { role: role!, title: title!, description: description!, variables, writes: writes === 'yes', body: body! };
}

const ENTRY = /^---\nentry: ([\w-]+)\ntitle: (.+)\n---\n\n([^]+)$/;

/** Reads the words that begin a session: their title and their text. */
export function parseEntry(text: string): { entry: string; title: string; body: string } {
  const parts = ENTRY.exec(text);
  if (parts === null) throw new Error('an entry begins with front matter: entry, title');
  const [, entry, title, body] = parts as unknown as string[];
  return { entry: entry!, title: title!, body: body! };
}
